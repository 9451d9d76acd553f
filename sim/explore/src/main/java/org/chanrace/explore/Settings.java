package org.chanrace.explore;

/**
 * How an exploration is done; none of it changes what is found.
 *
 * @param reduction whether orders of events that commute are tried once only
 * @param maxMemoryBytes for states, where it gives up; above 0
 * @param jobs worker threads, above 0
 */
public record Settings(boolean reduction, long maxMemoryBytes, int jobs) {
    /** With reduction, 1 GiB, one thread. */
    public static final Settings DEFAULT = new Settings(true, 1L << 30, 1);

    public Settings {
        if (maxMemoryBytes <= 0 || jobs <= 0) throw new IllegalArgumentException("memory and jobs are above 0");
    }

    /** The same with reduction. */
    Settings reduced() {
        return new Settings(true, maxMemoryBytes, jobs);
    }
}
