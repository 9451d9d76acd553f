package org.chanrace.scenarios;

import java.util.ArrayList;
import java.util.List;
import org.chanrace.scenarios.Quantities.Dimension;

/** Measured durations that stand in the scenario: numbers, separated by blanks, with one unit behind them all, {@code 90 95.5 120 us}. */
final class MeasuredValues {
    private MeasuredValues() {}

    /** The values in ns, ascending. */
    static List<Long> parse(String text) throws BadValue {
        String all = text.strip();
        int end = all.length();
        while (end > 0 && !Character.isDigit(all.charAt(end - 1))) end--;
        String unit = all.substring(end).strip();
        List<Long> values = new ArrayList<>();
        for (String word : all.substring(0, end).split("\\s+")) {
            if (word.isEmpty()) continue;
            if (values.size() == EmpiricalFile.VALUES_MAX) throw new BadValue("these are more than " + EmpiricalFile.VALUES_MAX + " values");
            values.add(Quantities.parse(word + " " + unit, Dimension.TIME));
        }
        if (values.isEmpty()) throw new BadValue(Quantities.quoted(text) + " has no values: numbers and one unit behind them, as in 90 95.5 120 us");
        values.sort(null);
        return values;
    }
}
