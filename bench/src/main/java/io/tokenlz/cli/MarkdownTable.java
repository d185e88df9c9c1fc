package io.tokenlz.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table that is read as it is, and pasted into documents: the first columns to the left, numbers to the right. */
final class MarkdownTable {
    private final int leftColumns;
    private final List<List<String>> rows = new ArrayList<>();

    MarkdownTable(int leftColumns, List<String> heads) {
        this.leftColumns = leftColumns;
        rows.add(heads);
    }

    void add(List<String> cells) {
        rows.add(cells);
    }

    void print(PrintWriter out) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (int row = 0; row < rows.size(); row++) {
            out.println(line(rows.get(row), widths));
            if (row == 0) {
                out.println(rule(widths));
            }
        }
        out.println();
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            String gap = " ".repeat(widths[i] - cells.get(i).length());
            line.append(' ').append(i < leftColumns ? cells.get(i) + gap : gap + cells.get(i));
            line.append(" |");
        }
        return line.toString();
    }

    private String rule(int[] widths) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            line.append("-".repeat(widths[i] + 1)).append(i < leftColumns ? '-' : ':');
            line.append('|');
        }
        return line.toString();
    }

    /** A number with so many digits behind the point, or "-" if it is none. */
    static String number(double value, int digits) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%,." + digits + "f", value) : "-";
    }
}
