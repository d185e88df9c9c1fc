package io.tokenlz.cli;

import static io.tokenlz.cli.MarkdownTable.number;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenlz.bench.PrefixMeasurement;
import io.tokenlz.cli.TrainMeasurement.Outcome;
import io.tokenlz.metatokens.MetaTokenDictionary;
import java.io.PrintWriter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * What was learnt and what it is worth, for people and for programs.
 *
 * @param file where the dictionary went
 * @param dictionary what was learnt
 * @param learnt the samples that it was learnt from
 * @param heldOut the samples that the outcomes are of
 * @param outcomes of the dictionary and of what it is compared with
 */
record TrainReport(
        String file, MetaTokenDictionary dictionary, List<int[]> learnt, List<int[]> heldOut, List<Outcome> outcomes) {
    /** What the command ends with: whether everything came back exactly. */
    int exitStatus() {
        return outcomes.stream().allMatch(Outcome::exact) ? TokenLz.DONE : TokenLz.NOT_EXACT;
    }

    private static long tokens(List<int[]> samples) {
        return samples.stream().mapToLong(sample -> sample.length).sum();
    }

    private double removed(Outcome outcome) {
        return 1 - (double) outcome.tokensOut() / tokens(heldOut);
    }

    void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%s: %,d entries, the longest of %,d tokens, revision %d%nfingerprint %s%n",
                file,
                dictionary.size(),
                dictionary.longestEntry(),
                dictionary.revision(),
                HexFormat.of().formatHex(dictionary.fingerprint()));
        out.printf(Locale.ROOT, "learnt from %,d samples, %,d tokens%n%n", learnt.size(), tokens(learnt));
        if (heldOut.isEmpty()) {
            out.println("No sample was held out.");
        } else {
            printOutcomes(out);
        }
        out.flush();
    }

    private void printOutcomes(PrintWriter out) {
        MarkdownTable table = new MarkdownTable(
                1, List.of("held out", "tokens out", "removed", "kept from turn to turn", "most rewritten"));
        for (Outcome outcome : outcomes) {
            PrefixMeasurement.Result turns = outcome.turns();
            table.add(List.of(
                    outcome.name(),
                    number((double) outcome.tokensOut(), 0),
                    number(100 * removed(outcome), 1) + " %",
                    turns.turns() == 0 ? "-" : number(100 * turns.share(), 2) + " %",
                    turns.turns() == 0 ? "-" : number((double) turns.mostRewritten(), 0)));
        }
        table.print(out);
        out.printf(
                Locale.ROOT,
                "%,d samples, %,d tokens. Kept: the share of a turn's output that the next turn's output begins with, over"
                        + " %,d turns;%nrewritten: what it doesn't, in tokens. %s%n",
                heldOut.size(),
                tokens(heldOut),
                outcomes.get(0).turns().turns(),
                exitStatus() == TokenLz.DONE ? "All came back exactly." : "NOT ALL CAME BACK.");
    }

    void printJson(PrintWriter out) {
        ObjectNode report = new ObjectMapper()
                .createObjectNode()
                .put("dictionary", file)
                .put("fingerprint", HexFormat.of().formatHex(dictionary.fingerprint()))
                .put("entries", dictionary.size())
                .put("longestEntry", dictionary.longestEntry())
                .put("revision", dictionary.revision())
                .put("samples", learnt.size())
                .put("tokens", tokens(learnt))
                .put("heldOutSamples", heldOut.size())
                .put("heldOutTokens", tokens(heldOut));
        ArrayNode rows = report.putArray("heldOut");
        for (Outcome outcome : outcomes) {
            if (!heldOut.isEmpty()) {
                PrefixMeasurement.Result turns = outcome.turns();
                rows.addObject()
                        .put("form", outcome.name())
                        .put("tokensOut", outcome.tokensOut())
                        .put("removed", removed(outcome))
                        .put("exact", outcome.exact())
                        .put("turns", turns.turns())
                        .put("keptFromTurnToTurn", turns.share())
                        .put("mostRewritten", turns.mostRewritten());
            }
        }
        out.println(report.toPrettyString());
        out.flush();
    }
}
