package org.chanrace.reports;

/** Quantities as text, in integer arithmetic and without a locale. */
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
