package io.tokenlz.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenlz.bench.Tokenizer;
import io.tokenlz.cli.explore.IdReading;
import io.tokenlz.cli.explore.MetaTokenReading;
import io.tokenlz.metatokens.MetaTokenAssignment;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import io.tokenlz.metatokens.MetaTokenDictionary;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a script must know that fine-tunes a model for meta-tokens, as JSON. */
final class TrainingPlan {
    private final MetaTokenConfig config;
    private final @Nullable Tokenizer tokenizer;

    /**
     * A plan for a configuration.
     *
     * @param tokenizer turns entries into text; without it they have none
     */
    TrainingPlan(MetaTokenConfig config, @Nullable Tokenizer tokenizer) {
        this.config = config;
        this.tokenizer = tokenizer;
    }

    /**
     * The plan, with the dictionaries that a sample gets.
     *
     * @throws io.tokenlz.core.MalformedTokenStreamException if the sample holds a reserved ID or one that is not of the vocabulary
     */
    String toJson(String file, int[] tokens) {
        int[] encoded = new MetaTokenCodec(config).encode(tokens);
        ObjectNode root = new ObjectMapper()
                .createObjectNode()
                .put("codec", "meta-tokens")
                .put("form", lowerCase(config.form()))
                .put("effort", lowerCase(config.effort()))
                .put("window", config.window())
                .put("assignment", lowerCase(config.assignment()));
        if (config.assignment() == MetaTokenAssignment.SHUFFLED) {
            root.put("seed", config.seed());
        }
        describeVocabulary(root.putObject("vocabulary"));
        describeReserved(root.putObject("reserved"));
        ObjectNode sample = root.putObject("sample")
                .put("file", file)
                .put("tokens", tokens.length)
                .put("encodedTokens", encoded.length);
        ArrayNode dictionaries = sample.putArray("dictionaries");
        MetaTokenDictionary shared = config.dictionary();
        if (shared == null) {
            describeDictionaries(encoded, dictionaries);
        } else {
            describeShared(shared, dictionaries.addObject());
        }
        return root.toPrettyString() + "\n";
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private void describeVocabulary(ObjectNode node) {
        node.put("oldSize", config.vocabularySize())
                .put("newSize", config.encodedVocabularySize())
                .put("rowsToAdd", config.encodedVocabularySize() - config.vocabularySize());
    }

    private void describeReserved(ObjectNode node) {
        node.put("dictionaryStart", config.dictionaryStart())
                .put("dictionaryEnd", config.dictionaryEnd())
                .put("poolSize", config.poolSize());
        ArrayNode pool = node.putArray("pool");
        int first = config.metaToken(0);
        for (int i = 1; i <= config.poolSize(); i++) {
            int last = config.metaToken(i - 1);
            if (i == config.poolSize() || config.metaToken(i) != last + 1) {
                pool.addObject().put("first", first).put("last", last);
                first = i == config.poolSize() ? first : config.metaToken(i);
            }
        }
    }

    private void describeDictionaries(int[] encoded, ArrayNode dictionaries) {
        MetaTokenReading reading = new MetaTokenReading(config);
        ArrayNode entries = null;
        for (int i = 0; i < encoded.length; i++) {
            reading.next(encoded[i]);
            if (reading.isRenewed()) {
                entries = dictionaries.addObject().put("at", i).putArray("entries");
            }
            for (IdReading.Entry entry : reading.newEntries()) {
                if (entries != null) {
                    describeEntry(
                            entry.id(),
                            entry.tokens().stream().mapToInt(Integer::intValue).toArray(),
                            entries);
                }
            }
        }
    }

    private void describeShared(MetaTokenDictionary dictionary, ObjectNode node) {
        node.put("revision", dictionary.revision())
                .put("fingerprint", HexFormat.of().formatHex(dictionary.fingerprint()));
        ArrayNode entries = node.putArray("entries");
        for (int entry = 0; entry < dictionary.size(); entry++) {
            describeEntry(config.metaToken(entry), dictionary.entry(entry), entries);
        }
    }

    private void describeEntry(int metaToken, int[] subtokens, ArrayNode entries) {
        ObjectNode node = entries.addObject().put("metaToken", metaToken);
        ArrayNode list = node.putArray("subtokens");
        IntStream.of(subtokens).forEach(list::add);
        if (tokenizer != null) {
            node.put("text", VisibleText.of(tokenizer, IntStream.of(subtokens), StandardCharsets.UTF_8));
        }
    }
}
