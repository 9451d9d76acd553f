package org.chanrace.model.scenario;

/**
 * Migration parameters of the source.
 *
 * @param maxBandwidth of precopy, bytes/s; 0 for no limit
 * @param maxPostcopyBandwidth of the background stream in postcopy, bytes/s; 0 for no limit
 * @param downtimeLimitNanos how long the guest may stand still for a precopy switchover, ns
 * @param multifdChannels number of multifd channels, used when the capability is set
 */
public record Parameters(long maxBandwidth, long maxPostcopyBandwidth, long downtimeLimitNanos, int multifdChannels) {
    /** QEMU's defaults: 128 MiB/s, no limit in postcopy, 300 ms, 2 channels. */
    public static final Parameters DEFAULT = new Parameters(128L << 20, 0, 300_000_000, 2);

    public Parameters {
        if (maxBandwidth < 0 || maxPostcopyBandwidth < 0 || downtimeLimitNanos < 0 || multifdChannels < 1)
            throw new IllegalArgumentException("a migration parameter is negative");
    }
}
