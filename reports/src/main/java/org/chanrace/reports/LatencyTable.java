package org.chanrace.reports;

import java.util.ArrayList;
import java.util.List;

/**
 * A small table: names on the left, figures on the right. As text and as Markdown it says the same.
 *
 * @param header of each column
 * @param rows as many cells each
 */
record LatencyTable(List<String> header, List<List<String>> rows) {
    private static final String INDENT = "  ";

    LatencyTable {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
        for (List<String> row : rows) if (row.size() != header.size()) throw new IllegalArgumentException("a row has as many cells as the header");
    }

    String markdown() {
        StringBuilder out = new StringBuilder();
        markdownRow(out, header);
        out.append("|---|").append("---:|".repeat(header.size() - 1)).append('\n');
        rows.forEach(row -> markdownRow(out, row));
        return out.toString();
    }

    private static void markdownRow(StringBuilder out, List<String> cells) {
        out.append('|');
        for (String cell : cells) out.append(' ').append(Characters.oneLine(cell).replace("|", "\\|")).append(" |");
        out.append('\n');
    }

    String text() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(header);
        lines.addAll(rows);
        int[] widths = new int[header.size()];
        for (List<String> line : lines) for (int c = 0; c < widths.length; c++) widths[c] = Math.max(widths[c], Characters.oneLine(line.get(c)).length());
        StringBuilder out = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder row = new StringBuilder(INDENT);
            for (int c = 0; c < widths.length; c++) {
                String cell = Characters.oneLine(line.get(c));
                String pad = " ".repeat(widths[c] - cell.length());
                row.append(c == 0 ? cell + pad : "   " + pad + cell);
            }
            out.append(row.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }
}
