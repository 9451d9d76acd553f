package org.chanrace.model.qemu;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;

/**
 * The slices of time in which the source's bandwidth is limited and measured (specification of QEMU's behaviour, section 7): how much one may still carry, and
 * how little has to be left for it to be sent within the downtime limit.
 */
final class Slices implements Stateful {
    private static final long NANOS = 100_000_000L;
    private static final long IN_A_SECOND = 1_000_000_000L / NANOS;

    private final Source.Parameters parameters;
    /** As set by now, bytes/s; 0 for none. */
    private long maxBandwidth;
    private long maxPostcopyBandwidth;
    private long downtimeLimitNanos;
    private long start;
    private long bytes;
    /** What can be sent within the downtime limit at the rate of the last slice; 0 until one has been measured. */
    private long thresholdBytes;

    Slices(Source.Parameters parameters) {
        this.parameters = parameters;
    }

    void reset() {
        maxBandwidth = parameters.maxBandwidth();
        maxPostcopyBandwidth = parameters.maxPostcopyBandwidth();
        downtimeLimitNanos = parameters.downtimeLimitNanos();
        forget();
    }

    /** Another migration begins, under the limits that are set by now. */
    void forget() {
        start = bytes = thresholdBytes = 0;
    }

    long maxBandwidth() {
        return maxBandwidth;
    }

    void setMaxBandwidth(long bandwidth) {
        maxBandwidth = bandwidth;
    }

    long maxPostcopyBandwidth() {
        return maxPostcopyBandwidth;
    }

    void setMaxPostcopyBandwidth(long bandwidth) {
        maxPostcopyBandwidth = bandwidth;
    }

    void setDowntimeLimit(long nanos) {
        downtimeLimitNanos = nanos;
    }

    /** A slice ends here, and is measured if it was a whole one; the next begins. */
    void begin(long now) {
        long spent = now - start;
        if (spent >= NANOS && bytes > 0) thresholdBytes = (long) ((double) bytes / spent * downtimeLimitNanos);
        restart(now);
    }

    /** A slice begins here, and nothing is known of one that was under way. */
    void restart(long now) {
        start = now;
        bytes = 0;
    }

    boolean isOver(long now) {
        return now >= end();
    }

    long end() {
        return start + NANOS;
    }

    void count(long sent) {
        // Without a limit and without a threshold to work out, nobody asks how much a slice has carried.
        if (maxBandwidth > 0 || maxPostcopyBandwidth > 0 || downtimeLimitNanos > 0) bytes += sent;
    }

    /** @param limit bytes/s, 0 for none */
    boolean isUsedUp(long limit) {
        return limit > 0 && bytes >= limit / IN_A_SECOND;
    }

    /** What the slice may still carry under a limit, which is not 0, bytes. */
    long left(long limit) {
        return Math.max(0, limit / IN_A_SECOND - bytes);
    }

    /** Whether so much can be sent within the downtime limit, as far as that has been measured. */
    boolean isLittle(long pendingBytes) {
        return pendingBytes < thresholdBytes;
    }

    @Override
    public void save(StateWriter state) {
        state.put(maxBandwidth);
        state.put(maxPostcopyBandwidth);
        state.put(downtimeLimitNanos);
        state.put(start);
        state.put(bytes);
        state.put(thresholdBytes);
    }

    @Override
    public void load(StateReader state) {
        maxBandwidth = state.next();
        maxPostcopyBandwidth = state.next();
        downtimeLimitNanos = state.next();
        start = state.next();
        bytes = state.next();
        thresholdBytes = state.next();
    }
}
