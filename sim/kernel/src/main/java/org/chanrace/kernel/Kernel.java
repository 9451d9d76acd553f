package org.chanrace.kernel;

/**
 * The clock and the loop: picks a lane, hands its head to the receiving process, until the run ends.
 *
 * <p>Every event handled goes into a 64-bit digest (lane, event and time): two runs with the same digest did the same.
 */
public final class Kernel {
    /** Sees every event just before it is handled; absent when nobody listens. */
    public interface Listener {
        /** @param now virtual time, ns */
        void handling(int lane, long event, long now);
    }

    private final Lanes lanes;
    private final Process[] processes;
    private long now;
    private long events;
    private long lastProgress;
    private long digest;
    private boolean finished;

    /** @param processes indexed by the numbers that the lanes name as their receivers */
    public Kernel(Lanes lanes, Process... processes) {
        this.lanes = lanes;
        this.processes = processes.clone();
    }

    /** Empties the lanes and sets the clock to 0, for the next run in the same arena. */
    public void reset() {
        lanes.clear();
        now = 0;
        events = 0;
        lastProgress = 0;
        digest = 0;
        finished = false;
    }

    /** Runs until a process finishes the run, no lane is ready, the strategy picks none, or a limit is reached. */
    public End run(Strategy strategy, Limits limits, Listener listenerOrNull) {
        final long maxEvents = limits.maxEvents();
        final long maxNanos = limits.maxVirtualNanos();
        final long quiet = limits.quietNanos();
        while (!finished) {
            int lane = strategy.pick(lanes);
            // A strategy that picks no lane although one is ready, as a replay does at its end, ends where the run ended that it replays.
            boolean over = lane < 0;
            if (over) lane = lanes.earliest();
            if (lane < 0) return End.STALLED;
            long at = Math.max(now, lanes.dueAt(lane));
            if (at - lastProgress > quiet) return End.QUIET;
            if (events == maxEvents || at > maxNanos) return End.LIMIT;
            if (over) return End.STALLED;
            now = at;
            long event = lanes.take(lane);
            events++;
            digest = (Long.rotateLeft(digest, 23) ^ event) * 0x9E3779B97F4A7C15L + (at ^ ((long) lane << 48));
            if (listenerOrNull != null) listenerOrNull.handling(lane, event, at);
            processes[lanes.process(lane)].handle(lane, event, at);
        }
        return End.FINISHED;
    }

    /** Ends the run after the event that is being handled. */
    public void finish() {
        finished = true;
    }

    /** Says that the event being handled brought the migration forward, or was an act of its operator. */
    public void progress() {
        lastProgress = now;
    }

    /** Virtual time, ns. */
    public long now() {
        return now;
    }

    /** Events handled so far. */
    public long events() {
        return events;
    }

    /** What has been done so far, condensed. */
    public long digest() {
        long h = digest ^ events;
        h = (h ^ (h >>> 32)) * 0xD6E8FEB86659FD93L;
        return h ^ (h >>> 32);
    }
}
