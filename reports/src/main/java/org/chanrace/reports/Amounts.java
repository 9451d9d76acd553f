package org.chanrace.reports;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalDouble;

/** Quantities as text, without a locale, and rounded in one way. */
final class Amounts {
    private static final String[] TIME_UNITS = {"ns", "us", "ms", "s"};
    private static final String[] BYTE_UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private Amounts() {}

    /** A duration to about three digits, rounded down: {@code 100 us}, {@code 2.5 s}. */
    static String duration(long nanos) {
        if (nanos < 0) return "-" + duration(nanos == Long.MIN_VALUE ? Long.MAX_VALUE : -nanos);
        int unit = 0;
        long size = 1;
        while (unit < TIME_UNITS.length - 1 && nanos / size >= 1000) {
            size *= 1000;
            unit++;
        }
        return decimal(nanos / size, nanos % size, size) + " " + TIME_UNITS[unit];
    }

    /** A duration to the nanosecond: {@code 600.001 us}. */
    static String exact(long nanos) {
        int unit = 0;
        long size = 1;
        while (unit < TIME_UNITS.length - 1 && nanos / size >= 1000) {
            size *= 1000;
            unit++;
        }
        String digits = Long.toString(size + nanos % size).substring(1);
        int end = digits.length();
        while (end > 0 && digits.charAt(end - 1) == '0') end--;
        return nanos / size + (end == 0 ? "" : "." + digits.substring(0, end)) + " " + TIME_UNITS[unit];
    }

    /** A duration in microseconds, to the nanosecond, as a JSON number: {@code 229.12}. */
    static String micros(long nanos) {
        return BigDecimal.valueOf(nanos, 3).stripTrailingZeros().toPlainString();
    }

    /** The same of a mean, rounded to the nanosecond. */
    static String micros(double nanos) {
        return micros(Math.round(nanos));
    }

    /** A mean duration: {@code 229.1 us}. */
    static String mean(double nanos) {
        return mean(nanos, OptionalDouble.empty());
    }

    /** A mean duration with the half width of its interval, in the unit and with the digits of the mean: {@code 229.1 ± 1.2 us}. */
    static String mean(double nanos, OptionalDouble halfWidth) {
        int unit = 0;
        double size = 1;
        while (unit < TIME_UNITS.length - 1 && Math.abs(nanos) >= 999.95 * size) {
            size *= 1000;
            unit++;
        }
        int digits = unit == 0 || Math.abs(nanos) >= 99.995 * size ? 1 : Math.abs(nanos) >= 9.9995 * size ? 2 : 3;
        String interval = halfWidth.isEmpty() ? "" : " ± " + fixed(halfWidth.getAsDouble() / size, digits);
        return fixed(nanos / size, digits) + interval + " " + TIME_UNITS[unit];
    }

    /** A share as a percentage: {@code 54 %}, {@code 0.8 %}, {@code < 0.1 %}. */
    static String percent(double share) {
        double magnitude = Math.abs(share);
        if (magnitude == 0) return "0 %";
        if (magnitude < 0.0005) return "< 0.1 %";
        return fixed(share * 100, magnitude < 0.0995 ? 1 : 0) + " %";
    }

    /** What a connection carried: {@code 812 MB/s}. */
    static String megabytes(double bytesPerSecond) {
        double mega = bytesPerSecond / 1e6;
        return fixed(mega, mega < 9.95 ? 2 : mega < 99.5 ? 1 : 0) + " MB/s";
    }

    /** With so many digits after the point, half away from zero. */
    static String fixed(double value, int digits) {
        // Not valueOf, which goes by Double.toString: that has had other digits since JDK 19.
        return new BigDecimal(value).setScale(digits, RoundingMode.HALF_UP).toPlainString();
    }

    /** A point of virtual time in seconds, to the microsecond: {@code 0.800123}. */
    static String clock(long nanos) {
        String micros = Long.toString(1_000_000 + nanos % 1_000_000_000 / 1000);
        return nanos / 1_000_000_000 + "." + micros.substring(1);
    }

    /** A point of virtual time in seconds, to the nanosecond: {@code 0.000200001}. */
    static String seconds(long nanos) {
        return nanos / 1_000_000_000 + "." + Long.toString(1_000_000_000 + nanos % 1_000_000_000).substring(1);
    }

    /** An amount of memory or of data: {@code 3.2 MiB}. */
    static String bytes(long bytes) {
        int unit = 0;
        long size = 1;
        while (unit < BYTE_UNITS.length - 1 && bytes / size >= 1024) {
            size *= 1024;
            unit++;
        }
        long tenths = bytes % size * 10 / size;
        return bytes / size + (tenths == 0 ? "" : "." + tenths) + " " + BYTE_UNITS[unit];
    }

    /** A rate: {@code 30 MB/s}, {@code 128 MiB/s}; 0 is {@code no limit}. */
    static String rate(long bytesPerSecond) {
        if (bytesPerSecond == 0) return "no limit";
        if (bytesPerSecond % 1_000_000_000 == 0) return bytesPerSecond / 1_000_000_000 + " GB/s";
        if (bytesPerSecond % 1_000_000 == 0) return bytesPerSecond / 1_000_000 + " MB/s";
        if (bytesPerSecond % 100_000 == 0) return bytesPerSecond / 1_000_000 + "." + bytesPerSecond % 1_000_000 / 100_000 + " MB/s";
        return bytes(bytesPerSecond) + "/s";
    }

    /** The rate of a link: {@code 10 Gbit/s}, where that is a round number. */
    static String linkRate(long bytesPerSecond) {
        if (bytesPerSecond > 0 && bytesPerSecond % 125_000_000 == 0) return bytesPerSecond / 125_000_000 + " Gbit/s";
        if (bytesPerSecond > 0 && bytesPerSecond % 125_000 == 0) return bytesPerSecond / 125_000 + " Mbit/s";
        return rate(bytesPerSecond);
    }

    /** A share of a whole in percent, to a hundredth: {@code 90 %}. */
    static String share(double share) {
        long hundredths = (long) (share * 10_000 + 0.5);
        return decimal(hundredths / 100, hundredths % 100, 100) + " %";
    }

    private static String decimal(long whole, long rest, long size) {
        int digits = whole >= 100 ? 1 : whole >= 10 ? 2 : 3;
        StringBuilder out = new StringBuilder().append(whole).append('.');
        for (int i = 0; i < digits; i++) {
            rest *= 10;
            out.append(rest / size);
            rest %= size;
        }
        int end = out.length();
        while (out.charAt(end - 1) == '0') end--;
        if (out.charAt(end - 1) == '.') end--;
        out.setLength(end);
        return out.toString();
    }
}
