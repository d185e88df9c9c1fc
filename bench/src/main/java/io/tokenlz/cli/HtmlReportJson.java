package io.tokenlz.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenlz.bench.DocumentRivals;
import io.tokenlz.bench.PowerFit;
import io.tokenlz.bench.TokenFile;
import io.tokenlz.bench.WireResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** A report as its page reads it. What is not known or not timed is left out. */
final class HtmlReportJson {
    /** Name of the sum of all kinds. */
    static final String ALL = "all texts";

    private final HtmlReport report;
    private final ObjectNode root = new ObjectMapper().createObjectNode();

    private HtmlReportJson(HtmlReport report) {
        this.report = report;
    }

    /** All but where and by which command it was measured. */
    static ObjectNode describe(HtmlReport report) {
        HtmlReportJson json = new HtmlReportJson(report);
        json.root.put("documentTokens", report.documentTokens());
        json.root.put("seconds", report.seconds());
        ArrayNode differences = json.root.putArray("differences");
        report.differences().forEach(differences::add);
        json.putTexts();
        json.putCodecs();
        json.putRivals();
        json.putLengths();
        json.root.set("wire", WireJson.describe(report.wire()));
        return json.root;
    }

    private void putTexts() {
        ArrayNode texts = root.putArray("texts");
        for (TokenFile file : report.files()) {
            ObjectNode node = texts.addObject()
                    .put("kind", file.kind())
                    .put("name", file.name())
                    .put("vocabularySize", file.vocabularySize())
                    .put("tokens", file.ids().length);
            if (file.text() != null) {
                node.put("bytes", file.text().length);
            }
        }
    }

    private void putCodecs() {
        Map<String, CodecFigures> all = new LinkedHashMap<>();
        ArrayNode codecs = root.putArray("codecs");
        for (CodecFigures figures : report.codecs()) {
            describe(figures, codecs.addObject());
            all.merge(figures.codec(), figures, (sum, more) -> sum.plus(more, ALL));
        }
        ArrayNode sums = root.putArray("allCodecs");
        all.values().forEach(figures -> describe(figures, sums.addObject()));
        ObjectNode configurations = root.putObject("configurations");
        ReportCommand.codecs(report.lengthFile().vocabularySize())
                .forEach((name, codec) -> configurations.put(name, codec.toString()));
    }

    private static void describe(CodecFigures figures, ObjectNode node) {
        node.put("kind", figures.kind())
                .put("codec", figures.codec())
                .put("tokensIn", figures.tokensIn())
                .put("tokensOut", figures.tokensOut())
                .put("removed", figures.removed())
                .put("attentionSaved", figures.attentionSaved());
        WireJson.put(node, "encode", WireResult.rate((double) figures.tokensIn(), figures.encodeSeconds()));
        WireJson.put(node, "decode", WireResult.rate((double) figures.tokensIn(), figures.decodeSeconds()));
    }

    private void putRivals() {
        root.put("frames", DocumentRivals.FRAMES);
        ArrayNode rivals = root.putArray("rivals");
        Map<String, List<WireResult>> all = new LinkedHashMap<>();
        for (WireKind kind : report.rivals()) {
            for (WireResult result : kind.results()) {
                describeRival(kind.kind(), List.of(result), rivals.addObject());
                all.computeIfAbsent(result.contender(), name -> new ArrayList<>())
                        .add(result);
            }
        }
        ArrayNode sums = root.putArray("allRivals");
        all.values().forEach(results -> describeRival(ALL, results, sums.addObject()));
    }

    private static void describeRival(String kind, List<WireResult> results, ObjectNode node) {
        double tokens = sum(results, WireResult::tokens);
        node.put("kind", kind)
                .put("contender", results.get(0).contender())
                .put("bytesPerToken", sum(results, WireResult::bytes) / tokens);
        WireJson.put(node, "encode", WireResult.rate(tokens, sum(results, WireResult::encodeSeconds)));
        WireJson.put(node, "decode", WireResult.rate(tokens, sum(results, WireResult::decodeSeconds)));
    }

    private static double sum(List<WireResult> results, ToDoubleFunction<WireResult> value) {
        return results.stream().mapToDouble(value).sum();
    }

    private void putLengths() {
        ObjectNode node =
                root.putObject("lengths").put("text", report.lengthFile().name());
        ArrayNode rows = node.putArray("rows");
        Map<String, List<LengthFigures>> byCodec = new LinkedHashMap<>();
        for (LengthFigures figures : report.lengths()) {
            ObjectNode row = rows.addObject()
                    .put("codec", figures.codec())
                    .put("documentTokens", figures.documentTokens())
                    .put("tokens", figures.result().tokensIn())
                    .put("removed", figures.result().removed());
            WireJson.put(row, "encodeNanos", figures.encodeNanosPerToken());
            WireJson.put(row, "decodeNanos", figures.decodeNanosPerToken());
            byCodec.computeIfAbsent(figures.codec(), codec -> new ArrayList<>()).add(figures);
        }
        ArrayNode growth = node.putArray("growth");
        byCodec.forEach((codec, ofCodec) -> {
            ObjectNode fit = growth.addObject().put("codec", codec);
            WireJson.put(fit, "encode", growth(ofCodec, LengthFigures::encodeNanosPerToken));
            WireJson.put(fit, "decode", growth(ofCodec, LengthFigures::decodeNanosPerToken));
        });
    }

    /** The power of its length that a document's time grows with. */
    private static double growth(List<LengthFigures> figures, ToDoubleFunction<LengthFigures> nanosPerToken) {
        return PowerFit.of(figures.stream()
                        .map(of -> new PowerFit.Point(
                                of.documentTokens(), of.documentTokens() * nanosPerToken.applyAsDouble(of)))
                        .toList())
                .exponent();
    }
}
