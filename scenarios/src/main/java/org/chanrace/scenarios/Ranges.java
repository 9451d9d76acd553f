package org.chanrace.scenarios;

import org.chanrace.model.scenario.Expectation.Quantity;
import org.chanrace.model.scenario.Expectation.Within;
import org.chanrace.scenarios.Quantities.Dimension;

/**
 * Ranges of measured quantities, both limits included: {@code 180..280 us}, {@code 180 us..1 ms}, {@code 1 ms..} or {@code >= 1 ms}, {@code ..5 ms} or
 * {@code <= 5 ms}; of numbers also a single one.
 */
final class Ranges {
    private static final String TO = "..";
    private static final String AT_LEAST = ">=";
    private static final String AT_MOST = "<=";
    private static final long NUMBER_MAX = 1_000_000_000_000L;

    private Ranges() {}

    /** The limits that are written. */
    static Within parse(String text, Quantity of) throws BadValue {
        String t = text.strip();
        if (t.startsWith(AT_LEAST)) return new Within(of, limit(t.substring(AT_LEAST.length()), "", of), Within.NO_LIMIT);
        if (t.startsWith(AT_MOST)) return new Within(of, 0, limit(t.substring(AT_MOST.length()), "", of));
        int to = t.indexOf(TO);
        if (to < 0 && !of.isDuration()) {
            long number = limit(t, "", of);
            return new Within(of, number, number);
        }
        String low = to < 0 ? "" : t.substring(0, to).strip();
        String high = to < 0 ? "" : t.substring(to + TO.length()).strip();
        if (low.isEmpty() && high.isEmpty()) throw new BadValue(Quantities.quoted(text) + " is not a range", example(of));
        if (high.isEmpty()) return new Within(of, limit(low, "", of), Within.NO_LIMIT);
        if (low.isEmpty()) return new Within(of, 0, limit(high, "", of));
        long from = limit(low, unitOf(high), of);
        long most = limit(high, "", of);
        if (from > most) throw new BadValue(Quantities.quoted(text) + " is not a range: it begins above its end", example(of));
        return new Within(of, from, most);
    }

    private static String example(Quantity of) {
        return of.isDuration() ? "as in 180..280 us, 180 us..1 ms, <= 5 ms, \">= 1 ms\"" : "as in 1000..2000, <= 2000, \">= 1000\"";
    }

    /** @param unit what a duration without a unit of its own has */
    private static long limit(String text, String unit, Quantity of) throws BadValue {
        String t = text.strip();
        if (!of.isDuration()) return Quantities.whole(t, 0, NUMBER_MAX);
        boolean bare = !t.isEmpty() && Character.isDigit(t.charAt(t.length() - 1));
        return Quantities.parse(bare ? t + unit : t, Dimension.TIME);
    }

    private static String unitOf(String quantity) {
        int end = quantity.length();
        while (end > 0 && !Character.isDigit(quantity.charAt(end - 1))) end--;
        return quantity.substring(end);
    }

    /** The canonical form, which reads back the same. */
    static String print(Within within) {
        String from = limit(within.from(), within.quantity());
        if (within.to() == Within.NO_LIMIT) return from + TO;
        String to = limit(within.to(), within.quantity());
        return within.from() == 0 ? TO + to : from + TO + to;
    }

    private static String limit(long value, Quantity of) {
        return of.isDuration() ? Quantities.time(value) : Long.toString(value);
    }
}
