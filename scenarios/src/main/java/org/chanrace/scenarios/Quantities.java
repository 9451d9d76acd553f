package org.chanrace.scenarios;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers with units, in exact decimal arithmetic, and back.
 *
 * <p>Nothing is rounded: a quantity that is not a whole number of nanoseconds or bytes is an error.
 */
final class Quantities {
    /** What a quantity measures, with its units in ns, in bytes or in bytes per second. */
    enum Dimension {
        TIME("a time", "100 us", "nanoseconds", 30L * 24 * 3600 * 1_000_000_000, "30 days",
                "ns", "1", "us", "1000", "ms", "1000000", "s", "1000000000", "min", "60000000000", "h", "3600000000000"),
        SIZE("a size", "64 MiB", "bytes", 1L << 50, "1024 TiB",
                "B", "1", "KB", "1000", "MB", "1000000", "GB", "1000000000", "TB", "1000000000000",
                "KiB", "1024", "MiB", "1048576", "GiB", "1073741824", "TiB", "1099511627776"),
        RATE("a rate", "30 MB/s", "bytes per second", 1_000_000_000_000_000L, "1000 TB/s",
                "B/s", "1", "KB/s", "1000", "MB/s", "1000000", "GB/s", "1000000000", "TB/s", "1000000000000",
                "KiB/s", "1024", "MiB/s", "1048576", "GiB/s", "1073741824", "TiB/s", "1099511627776",
                "bit/s", "0.125", "Kbit/s", "125", "Mbit/s", "125000", "Gbit/s", "125000000", "Tbit/s", "125000000000");

        private final String what;
        private final String example;
        private final String base;
        private final long max;
        private final String maxText;
        private final Map<String, BigDecimal> units = new LinkedHashMap<>();

        Dimension(String what, String example, String base, long max, String maxText, String... units) {
            this.what = what;
            this.example = example;
            this.base = base;
            this.max = max;
            this.maxText = maxText;
            for (int i = 0; i < units.length; i += 2) this.units.put(units[i], new BigDecimal(units[i + 1]));
        }

        /** The largest quantity accepted, in the base unit. */
        long max() {
            return max;
        }

        /** The units' names. */
        List<String> unitNames() {
            return List.copyOf(units.keySet());
        }
    }

    /** The word for a rate or a size that nothing limits; stands for 0. */
    static final String UNLIMITED = "unlimited";

    private static final Pattern QUANTITY = Pattern.compile("([+-]?)(\\d{1,20}(?:\\.\\d{1,40})?)\\s*(\\S*)");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,20}(?:\\.\\d{1,40})?");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Quantities() {}

    /** A quantity in its base unit, exactly. */
    static long parse(String text, Dimension dimension) throws BadValue {
        BigDecimal value = exact(text, dimension);
        try {
            return value.longValueExact();
        } catch (ArithmeticException e) {
            throw new BadValue(quoted(text) + " is not a whole number of " + dimension.base);
        }
    }

    /** As {@link #parse}, rounded to the base unit: for measured values, which come with more digits than there are nanoseconds. */
    static long parseRounded(String text, Dimension dimension) throws BadValue {
        return exact(text, dimension).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
    }

    private static BigDecimal exact(String text, Dimension dimension) throws BadValue {
        Matcher m = QUANTITY.matcher(text.strip());
        if (!m.matches())
            throw new BadValue(quoted(text) + " is not " + dimension.what + ": a number and a unit, as in " + dimension.example);
        if (m.group(3).isEmpty())
            throw new BadValue(quoted(text) + " needs a unit: " + String.join(", ", dimension.unitNames()), "as in " + dimension.example);
        BigDecimal unit = dimension.units.get(m.group(3));
        if (unit == null)
            throw new BadValue("unknown unit " + quoted(m.group(3)) + ": it takes one of " + String.join(", ", dimension.unitNames()),
                    nearestUnit(m.group(3), dimension));
        if (m.group(1).equals("-")) throw new BadValue(quoted(text) + " is negative");
        BigDecimal value = new BigDecimal(m.group(2)).multiply(unit);
        if (value.compareTo(BigDecimal.valueOf(dimension.max)) > 0)
            throw new BadValue(quoted(text) + " is too much: at most " + dimension.maxText);
        return value;
    }

    private static String nearestUnit(String written, Dimension dimension) {
        if (written.equals("µs") || written.equals("μs")) return "did you mean 'us'?";
        for (String name : dimension.unitNames()) if (name.equalsIgnoreCase(written)) return "did you mean '" + name + "'?";
        return "as in " + dimension.example;
    }

    /** A probability in [0, 1), as {@code 0.001} or {@code 0.1%}. */
    static double probability(String text) throws BadValue {
        String t = text.strip();
        boolean percent = t.endsWith("%");
        String number = percent ? t.substring(0, t.length() - 1).strip() : t;
        if (!NUMBER.matcher(number).matches()) throw new BadValue(quoted(text) + " is not a probability: 0.001 or 0.1%");
        BigDecimal value = new BigDecimal(number);
        if (percent) value = value.divide(HUNDRED);
        if (value.signum() < 0 || value.doubleValue() >= 1) throw new BadValue(quoted(text) + " is not a probability: from 0 to less than 1");
        return value.doubleValue();
    }

    /** A share from 0 to 1, as {@code 0.9} or {@code 90 %}. */
    static double share(String text) throws BadValue {
        String t = text.strip();
        boolean percent = t.endsWith("%");
        String number = percent ? t.substring(0, t.length() - 1).strip() : t;
        if (!NUMBER.matcher(number).matches()) throw new BadValue(quoted(text) + " is not a share: 0.9 or 90 %");
        BigDecimal value = new BigDecimal(number);
        if (percent) value = value.divide(HUNDRED);
        if (value.signum() < 0 || value.compareTo(BigDecimal.ONE) > 0) throw new BadValue(quoted(text) + " is not a share: from 0 to 1, or from 0 % to 100 %");
        return value.doubleValue();
    }

    /** A number without a unit, above {@code above} and at most {@code max}. */
    static double decimal(String text, double above, double max) throws BadValue {
        String t = text.strip();
        if (!NUMBER.matcher(t).matches()) throw new BadValue(quoted(text) + " is not a number");
        double value = new BigDecimal(t).doubleValue();
        if (!(value > above && value <= max))
            throw new BadValue(quoted(text) + " is out of range: above " + number(above) + ", at most " + number(max));
        return value;
    }

    /** A whole number from {@code min} to {@code max}. */
    static long whole(String text, long min, long max) throws BadValue {
        String t = text.strip();
        if (!NUMBER.matcher(t).matches() || t.contains(".")) throw new BadValue(quoted(text) + " is not a whole number");
        BigDecimal value = new BigDecimal(t);
        if (value.compareTo(BigDecimal.valueOf(min)) < 0 || value.compareTo(BigDecimal.valueOf(max)) > 0)
            throw new BadValue(quoted(text) + " is out of range: from " + min + " to " + max);
        return value.longValueExact();
    }

    /** A time in the largest unit that divides it. */
    static String time(long nanos) {
        return print(nanos, Dimension.TIME, List.of("s", "ms", "us", "ns"));
    }

    /** A size in the largest binary unit that divides it. */
    static String size(long bytes) {
        return print(bytes, Dimension.SIZE, List.of("TiB", "GiB", "MiB", "KiB", "B"));
    }

    /** A rate in the largest unit that divides it, the decimal ones first. */
    static String rate(long bytesPerSecond) {
        return print(bytesPerSecond, Dimension.RATE, List.of("GB/s", "MB/s", "GiB/s", "MiB/s", "KB/s", "KiB/s", "B/s"));
    }

    private static String print(long value, Dimension dimension, List<String> units) {
        if (value == 0) return "0 " + units.get(units.size() - 1);
        for (String unit : units) {
            long factor = dimension.units.get(unit).longValueExact();
            if (value % factor == 0) return value / factor + " " + unit;
        }
        throw new IllegalStateException("the base unit divides everything");
    }

    /** The shortest decimal that reads back as this number; {@link Double#toString} differs between Java versions. */
    static String number(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < 17; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) return plain(rounded);
        }
        return plain(exact.round(new MathContext(17, RoundingMode.HALF_EVEN)));
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /** What somebody wrote, in quotes, shortened and without what a terminal must not see. */
    static String quoted(String text) {
        StringBuilder out = new StringBuilder("'");
        text.codePoints().limit(60).forEach(c -> out.appendCodePoint(Character.isISOControl(c) ? 0xFFFD : c));
        return out.append(text.codePointCount(0, text.length()) > 60 ? "…'" : "'").toString();
    }
}
