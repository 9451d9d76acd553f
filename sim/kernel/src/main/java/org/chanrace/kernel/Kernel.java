package org.chanrace.kernel;

/**
 * The clock and the loop: picks a lane, hands its head to the receiving process, until the run ends.
 *
 * <p>Every event handled goes into a 64-bit digest (lane, event and time): two runs with the same digest did the same.
 */
public final class Kernel implements Stateful {
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

    /** A kernel whose processes, which know it, are {@linkplain #attach attached} afterwards. */
    public Kernel(Lanes lanes, int processes) {
        this.lanes = lanes;
        this.processes = new Process[processes];
    }

    /** Puts a process in its place, before the first event. */
    public void attach(int number, Process process) {
        processes[number] = process;
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
            if (events == maxEvents) return End.EVENT_LIMIT;
            if (at > maxNanos) return End.TIME_LIMIT;
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
        lastProgress = Math.max(lastProgress, now);
    }

    /** Says that nothing is to be expected before this time, ns: until then it is not quiet, however long it takes. */
    public void expectNothingUntil(long nanos) {
        lastProgress = Math.max(lastProgress, nanos);
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

    /** Writes the clock and the lanes; the processes save themselves. */
    @Override
    public void save(StateWriter state) {
        saveClock(state);
        lanes.save(state);
    }

    /** Writes the clock, and what was done so far, condensed. */
    public void saveClock(StateWriter state) {
        state.put(now);
        state.put(events);
        state.put(lastProgress);
        state.putBits(digest);
        state.put(finished);
    }

    @Override
    public void load(StateReader state) {
        now = state.next();
        events = state.next();
        lastProgress = state.next();
        digest = state.nextBits();
        finished = state.nextTruth();
        lanes.load(state);
    }

    /**
     * Handles the heads of these lanes one after the other, whatever their due times; the clock goes on by a fixed time with each.
     *
     * @throws Scripted.ScriptMismatch when a lane has nothing to handle
     */
    public void runInOrder(int[] schedule, long tickNanos) {
        for (int i = 0; i < schedule.length; i++) {
            int lane = schedule[i];
            if (lane < 0 || lane >= lanes.count() || !lanes.ready(lane)) throw new Scripted.ScriptMismatch(i, lane);
            now += tickNanos;
            handle(lane, now);
        }
    }

    private void handle(int lane, long at) {
        long event = lanes.take(lane);
        events++;
        digest = (Long.rotateLeft(digest, 23) ^ event) * 0x9E3779B97F4A7C15L + (at ^ ((long) lane << 48));
        processes[lanes.process(lane)].handle(lane, event, at);
    }

    /**
     * Handles the head of a ready lane, whatever its due time, without the clock going on: how whoever chooses the order himself goes
     * through a run. It is neither counted nor does it go into the digest.
     */
    public void step(int lane) {
        long event = lanes.take(lane);
        processes[lanes.process(lane)].handle(lane, event, now);
    }

    /** As {@link #step}, at a time that is not before that of the step ahead of it. */
    public void stepAt(int lane, long nanos) {
        if (nanos < now) throw new IllegalArgumentException("time goes on");
        now = nanos;
        step(lane);
    }

    /** Whether a process has {@linkplain #finish finished} the run. */
    public boolean isFinished() {
        return finished;
    }

    /** Whether the head of a ready lane may be handled at once without another order being lost: see {@link Process#commutes}. */
    public boolean commutes(int lane) {
        return processes[lanes.process(lane)].commutes(lane, lanes.peek(lane));
    }
}
