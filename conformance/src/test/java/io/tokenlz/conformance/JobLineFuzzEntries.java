package io.tokenlz.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenlz.frames.ByteDamage;
import io.tokenlz.frames.FuzzEntries;
import io.tokenlz.frames.FuzzEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Lines of the job protocol: each is answered with a line that is a JSON object, and with the same one when asked again. */
public final class JobLineFuzzEntries implements FuzzEntries {
    /** The stream of FORMAT.md, section 11. */
    private static final String WRITTEN = "544c5a810005010380ea07247d4b9f09d2c00300040909ac02c610b2d011c51e"
            + "110c03014068aa02040320190402ed8d46d3c9220232fe25";

    private static final List<String> JOBS = List.of(
            "{'id':1,'kind':'encode','config':{'initial_vocab_size':64,'max_codebook_size':32,'max_subtokens':4,"
                    + "'pad_token_id':0,'disabled_ids':[3]},'ids':[1,2,1,2,3,1,2,1]}",
            "{'id':'a','kind':'decode','replay':'base','config':{'initial_vocab_size':10,'max_codebook_size':20,"
                    + "'max_subtokens':4},'ids':[1,2,10,2,12,14]}",
            "{'id':null,'kind':'meta-encode','config':{'vocab_size':100,'form':'nested'},"
                    + "'ids':[1,2,3,4,5,6,7,8,0,1,2,3,4,5,6,7,8]}",
            "{'kind':'meta-decode','config':{'vocab_size':100},'ids':[100,102,1,2,3,101,102,0,102]}",
            "{'id':2,'kind':'wire-write','config':{'vocab_size':300,'window':10},'ids':[1,2,3,1,2,3],'flushes':[2]}",
            "{'id':3,'kind':'wire-read','bytes':'544c5a810003010164da4fa7410007c00201021098c9034ea2d2dc'}",
            "{'id':4,'kind':'wire-read','bytes':'" + WRITTEN + "'}");

    private final ObjectMapper json = new ObjectMapper();

    @Override
    public List<FuzzEntry> entries() {
        return List.of(new FuzzEntry("job-line", 1000, () -> JobLineFuzzEntries::input, () -> this::check));
    }

    private static byte[] job(Random random) {
        return job(JOBS.get(random.nextInt(JOBS.size()))).getBytes(StandardCharsets.UTF_8);
    }

    private static String job(String quoted) {
        return quoted.replace('\'', '"');
    }

    private static byte[] input(Random random) {
        return random.nextInt(8) == 0 ? job(random) : new ByteDamage(random).damaged(job(random), job(random));
    }

    private String check(byte[] input, Random random) throws IOException {
        // a program reads lines: what it gets has no end of one inside
        String line = new String(input, StandardCharsets.UTF_8).replaceAll("[\r\n]", " ");
        String answer = new ConformanceJobs().answer(line);
        if (answer.indexOf('\n') >= 0) {
            throw new AssertionError("more than a line: " + answer);
        }
        JsonNode object = json.readTree(answer);
        if (!object.isObject() || object.has("error") != object.has("position")) {
            throw new AssertionError("no answer: " + answer);
        }
        if (!answer.equals(new ConformanceJobs().answer(line))) {
            throw new AssertionError("another answer the second time than " + answer);
        }
        return object.has("error") ? "refused" : "answered";
    }
}
