package org.chanrace.model.qemu;

import java.util.Arrays;
import org.chanrace.kernel.Lanes;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.network.Wire;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.trace.Actor;
import org.chanrace.model.trace.Recorder;

/**
 * The sockets of one QEMU, by connection number from 0: what is in its send buffers as far as it knows, which are broken or closed,
 * and how much was read since the network was told. A buffer without a limit is not kept account of.
 *
 * <p>A send buffer counts as large as it was at first: what it grows by is given to the writer as room, as what was acknowledged is.
 */
final class Sockets implements Stateful {
    private final Lanes lanes;
    private final int calls;
    private final int reads;
    private final boolean forward;
    private final long sendBuffer;
    private final boolean holdsFlight;
    private final long readReport;
    private final long pageBytes;
    private final long bitmapBytes;
    private final long[] unsent;
    private final long[] unreported;
    private final boolean[] broken;
    private final boolean[] closed;
    private final boolean[] open;
    private Recorder recorder;

    /**
     * @param calls the lane of this side's system calls
     * @param reads the first of the lanes by which records arrive here, one a connection
     */
    Sockets(Lanes lanes, int calls, int reads, boolean forward, int connections, Network network, long pageBytes, long bitmapBytes) {
        this.lanes = lanes;
        this.calls = calls;
        this.reads = reads;
        this.forward = forward;
        this.sendBuffer = network.firstSendBuffer();
        this.holdsFlight = network.holdsFlight();
        long receiveBuffer = network.firstReceiveBuffer();
        // Like TCP's window updates, reads are reported when they are worth it: an eighth of the buffer.
        this.readReport = receiveBuffer == 0 ? 0 : Math.max(1, receiveBuffer / 8);
        this.pageBytes = pageBytes;
        this.bitmapBytes = bitmapBytes;
        this.unsent = new long[connections];
        this.unreported = new long[connections];
        this.broken = new boolean[connections];
        this.closed = new boolean[connections];
        this.open = new boolean[connections];
    }

    void reset(Recorder recorderOrNull) {
        recorder = recorderOrNull;
        Arrays.fill(unsent, 0);
        Arrays.fill(unreported, 0);
        Arrays.fill(broken, false);
        Arrays.fill(closed, false);
        Arrays.fill(open, false);
    }

    void opened(int c) {
        open[c] = true;
    }

    boolean isOpen(int c) {
        return open[c];
    }

    /** Writes a record; whether the socket took it without an error. */
    boolean write(Actor writer, int c, int kind, long argument, long now) {
        return write(writer, Wire.event(kind, c, argument), now);
    }

    boolean write(Actor writer, long record, long now) {
        int c = Wire.connection(record);
        if (broken[c] || closed[c]) return false;
        long bytes = bytes(record);
        if (sendBuffer > 0) unsent[c] += bytes;
        if (recorder != null) recorder.sent(now, writer, c, forward, Wire.text(record), bytes);
        lanes.append(calls, now, record);
        return true;
    }

    /** Whether a writer has to wait until what it wrote fits into the send buffer. */
    boolean isFull(int c) {
        return sendBuffer > 0 && unsent[c] > sendBuffer && !broken[c] && !closed[c];
    }

    /** Whether who writes hears of room at the same moment, unless the reader has none. */
    boolean holdFlight() {
        return holdsFlight;
    }

    void room(int c, long bytes) {
        if (!broken[c] && !closed[c]) unsent[c] -= bytes;
    }

    void read(Actor reader, long record, long now) {
        int c = Wire.connection(record);
        long bytes = bytes(record);
        if (recorder != null) note(reader, record, now);
        if (readReport == 0) return;
        unreported[c] += bytes;
        if (unreported[c] < readReport) return;
        lanes.append(calls, now, Wire.event(Wire.READ, c, unreported[c]));
        unreported[c] = 0;
    }

    private void note(Actor reader, long record, long now) {
        int c = Wire.connection(record);
        // Nobody sent these as a message: pairing them by number would give them the number of one that was lost.
        if (Wire.kind(record) == Wire.FIN) recorder.noted(now, reader, c, "reads the end of the stream");
        else if (Wire.kind(record) == Wire.RST) recorder.noted(now, reader, c, "reads that the connection was reset");
        else recorder.received(now, reader, c, !forward, Wire.text(record), bytes(record));
    }

    long bytes(long record) {
        return Wire.bytes(record, pageBytes, bitmapBytes);
    }

    void close(int c, long now) {
        if (c < 0 || closed[c]) return;
        closed[c] = true;
        unsent[c] = unreported[c] = 0;
        // What still arrives is the kernel's to answer.
        lanes.open(reads + c);
        lanes.append(calls, now, Wire.event(Wire.CLOSE, c, 0));
    }

    void closeAll(long now) {
        for (int c = 0; c < open.length; c++) if (open[c]) close(c, now);
    }

    boolean isClosed(int c) {
        return closed[c];
    }

    void broke(int c) {
        broken[c] = true;
        unsent[c] = 0;
    }

    boolean isBroken(int c) {
        return broken[c];
    }

    @Override
    public void save(StateWriter state) {
        for (int c = 0; c < open.length; c++) {
            state.put(unsent[c]);
            state.put(unreported[c]);
            state.put((broken[c] ? 1 : 0) | (closed[c] ? 2 : 0) | (open[c] ? 4 : 0));
        }
    }

    @Override
    public void load(StateReader state) {
        for (int c = 0; c < open.length; c++) {
            unsent[c] = state.next();
            unreported[c] = state.next();
            int flags = state.nextInt();
            broken[c] = (flags & 1) != 0;
            closed[c] = (flags & 2) != 0;
            open[c] = (flags & 4) != 0;
        }
    }
}
