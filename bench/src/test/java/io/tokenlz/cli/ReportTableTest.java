package io.tokenlz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.bench.CodecMeasurement.Result;
import io.tokenlz.hypertokens.HypertokenCodec;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.ReplayRule;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ReportTableTest {
    private static final HypertokenCodec CODEC =
            new HypertokenCodec(HypertokenConfig.builder(9, ReplayRule.BASE).build());

    private final ReportTable table = new ReportTable();
    private final StringWriter printed = new StringWriter();

    @Test
    void oneRoundTripThatFailsIsSeenInTheTableAndInTheExitStatus() {
        table.add("good.txt", "hypertokens", CODEC, new Result(10, 5, 1, 1, -1));
        assertThat(table.exitStatus()).isZero();
        table.add("bad.txt", "hypertokens", CODEC, new Result(10, 5, 1, 1, 7));
        assertThat(table.exitStatus()).isEqualTo(1);

        table.print(new PrintWriter(printed), 0, 1);
        assertThat(printed.toString().lines())
                .anyMatch(line -> line.startsWith("| good.txt ") && line.endsWith(" exact |"))
                .anyMatch(line -> line.startsWith("| bad.txt ") && line.endsWith(" WRONG from token 7 |"));
    }

    @Test
    void andInTheJson() {
        table.add("bad.txt", "hypertokens", CODEC, new Result(10, 5, 1, 1, 7));
        table.printJson(new PrintWriter(printed));
        assertThat(printed.toString()).contains("\"exact\" : false").contains("\"firstDifference\" : 7");
    }
}
