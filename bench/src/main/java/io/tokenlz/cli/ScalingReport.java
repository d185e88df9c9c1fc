package io.tokenlz.cli;

import static io.tokenlz.cli.MarkdownTable.number;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenlz.bench.PowerFit;
import io.tokenlz.bench.StreamsMeasurement;
import io.tokenlz.bench.Surroundings;
import io.tokenlz.bench.ThreadsMeasurement;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How cost grows, for people and for programs.
 *
 * @param lengths of documents, and each codec's figures for them
 * @param streams numbers of streams that one thread serves, and what hypertokens cost in them
 * @param threads numbers of threads, and the million tokens a second that each codec encodes with them
 * @param seconds how long each was timed
 */
record ScalingReport(
        Map<Integer, List<LengthFigures>> lengths,
        Map<Integer, StreamsMeasurement.Result> streams,
        Map<Integer, Map<String, Double>> threads,
        double seconds) {
    /** What the command ends with: whether everything came back exactly. */
    int exitStatus() {
        return isExact() ? TokenLz.DONE : TokenLz.NOT_EXACT;
    }

    private boolean isExact() {
        return streams.values().stream().allMatch(StreamsMeasurement.Result::exact)
                && lengths.values().stream()
                        .flatMap(List::stream)
                        .allMatch(figures -> figures.result().exact());
    }

    /** The power of its length that the time for a document grows with, codec by codec. */
    private List<Double> growth(ToDoubleFunction<LengthFigures> nanosPerToken) {
        List<Double> growth = new ArrayList<>();
        int codecs = lengths.values().iterator().next().size();
        for (int i = 0; i < codecs; i++) {
            List<PowerFit.Point> points = new ArrayList<>();
            for (List<LengthFigures> ofLength : lengths.values()) {
                LengthFigures figures = ofLength.get(i);
                points.add(new PowerFit.Point(
                        figures.documentTokens(), figures.documentTokens() * nanosPerToken.applyAsDouble(figures)));
            }
            growth.add(PowerFit.of(points).exponent());
        }
        return growth;
    }

    /** The power of their number that the time for all streams grows with. */
    private double streamGrowth(ToDoubleFunction<StreamsMeasurement.Result> nanosPerToken) {
        List<PowerFit.Point> points = new ArrayList<>();
        streams.forEach(
                (count, result) -> points.add(new PowerFit.Point(count, count * nanosPerToken.applyAsDouble(result))));
        return PowerFit.of(points).exponent();
    }

    void print(PrintWriter out) {
        printLengths(out);
        printStreams(out);
        printThreads(out);
        out.printf(
                Locale.ROOT,
                "%s Generated tokens; the fastest pass in %.1f s; %s.%n",
                isExact() ? "All came back exactly." : "NOT ALL CAME BACK.",
                seconds,
                Surroundings.line());
        out.flush();
    }

    private void printLengths(PrintWriter out) {
        out.printf("### length: nanoseconds a token, each document a stream of its own%n%n");
        List<String> heads = new ArrayList<>(List.of("tokens in a document"));
        lengths.values().iterator().next().forEach(figures -> {
            heads.add(figures.codec() + ", encode");
            heads.add("decode");
        });
        MarkdownTable table = new MarkdownTable(1, heads);
        lengths.forEach((length, ofLength) -> {
            List<String> row = new ArrayList<>(List.of(number(length, 0)));
            for (LengthFigures figures : ofLength) {
                row.add(number(figures.encodeNanosPerToken(), 1));
                row.add(number(figures.decodeNanosPerToken(), 1));
            }
            table.add(row);
        });
        List<String> last = new ArrayList<>(List.of("time grows with this power of the length"));
        List<Double> encoding = growth(LengthFigures::encodeNanosPerToken);
        List<Double> decoding = growth(LengthFigures::decodeNanosPerToken);
        for (int i = 0; i < encoding.size(); i++) {
            last.add(number(encoding.get(i), 2));
            last.add(number(decoding.get(i), 2));
        }
        table.add(last);
        table.print(out);
    }

    private void printStreams(PrintWriter out) {
        out.printf(
                "### streams: of hypertokens, of %d tokens each, served in turns of %d by one thread%n%n",
                StreamsMeasurement.STREAM_TOKENS, StreamsMeasurement.TURN_TOKENS);
        MarkdownTable table = new MarkdownTable(
                1, List.of("streams", "encode, ns a token", "decode", "bytes an encoder", "bytes a decoder"));
        streams.forEach((count, result) -> table.add(List.of(
                number(count, 0),
                number(result.encodeNanos(), 1),
                number(result.decodeNanos(), 1),
                number((double) result.encoderBytes(), 0),
                number((double) result.decoderBytes(), 0))));
        table.add(List.of(
                "time grows with this power of the streams",
                number(streamGrowth(StreamsMeasurement.Result::encodeNanos), 2),
                number(streamGrowth(StreamsMeasurement.Result::decodeNanos), 2),
                "",
                ""));
        table.print(out);
    }

    private void printThreads(PrintWriter out) {
        out.printf(
                "### threads: million tokens encoded a second, each thread its own documents of %,d tokens%n%n",
                ThreadsMeasurement.DOCUMENT_TOKENS);
        Map<String, Double> single = threads.values().iterator().next();
        List<String> heads = new ArrayList<>(List.of("threads"));
        single.keySet().forEach(codec -> {
            heads.add(codec);
            heads.add("times");
        });
        MarkdownTable table = new MarkdownTable(1, heads);
        threads.forEach((count, speeds) -> {
            List<String> row = new ArrayList<>(List.of(number(count, 0)));
            speeds.forEach((codec, speed) -> {
                row.add(number(speed, 1));
                row.add(number(speed / single.getOrDefault(codec, Double.NaN), 2));
            });
            table.add(row);
        });
        table.print(out);
    }

    void printJson(PrintWriter out) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("jdk", Runtime.version().toString())
                .put("cores", Runtime.getRuntime().availableProcessors())
                .put("seconds", seconds)
                .put("exact", isExact());
        ArrayNode lengthNodes = root.putArray("lengths");
        lengths.values().stream().flatMap(List::stream).forEach(figures -> {
            ObjectNode node = lengthNodes
                    .addObject()
                    .put("codec", figures.codec())
                    .put("documentTokens", figures.documentTokens())
                    .put("removed", figures.result().removed());
            WireJson.put(node, "encodeNanosPerToken", figures.encodeNanosPerToken());
            WireJson.put(node, "decodeNanosPerToken", figures.decodeNanosPerToken());
        });
        ArrayNode streamNodes = root.putArray("streams");
        streams.forEach((count, result) -> streamNodes
                .addObject()
                .put("streams", count)
                .put("encodeNanosPerToken", result.encodeNanos())
                .put("decodeNanosPerToken", result.decodeNanos())
                .put("encoderBytes", result.encoderBytes())
                .put("decoderBytes", result.decoderBytes()));
        putGrowth(root.putObject("growth"));
        ArrayNode threadNodes = root.putArray("threads");
        threads.forEach((count, speeds) -> {
            ObjectNode node = threadNodes.addObject().put("threads", count);
            speeds.forEach(node::put);
        });
        out.println(root.toPrettyString());
        out.flush();
    }

    private void putGrowth(ObjectNode node) {
        List<Double> encoding = growth(LengthFigures::encodeNanosPerToken);
        List<Double> decoding = growth(LengthFigures::decodeNanosPerToken);
        ArrayNode ofLength = node.putArray("length");
        int codec = 0;
        for (LengthFigures figures : lengths.values().iterator().next()) {
            ObjectNode fit = ofLength.addObject().put("codec", figures.codec());
            WireJson.put(fit, "encode", encoding.get(codec));
            WireJson.put(fit, "decode", decoding.get(codec));
            codec++;
        }
        ObjectNode ofStreams = node.putObject("streams");
        WireJson.put(ofStreams, "encode", streamGrowth(StreamsMeasurement.Result::encodeNanos));
        WireJson.put(ofStreams, "decode", streamGrowth(StreamsMeasurement.Result::decodeNanos));
    }
}
