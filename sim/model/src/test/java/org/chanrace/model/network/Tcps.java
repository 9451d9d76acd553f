package org.chanrace.model.network;

import org.chanrace.model.NetHarness;
import org.chanrace.model.scenario.Tcp;

/** Kernels for tests, by what they differ in from those that never hold anything up: a segment is a record of one page. */
final class Tcps {
    static final int B = NetHarness.PAGE_RECORD_BYTES;
    private static final Tcp.Buffer PLENTY = new Tcp.Buffer(1L << 40, 1L << 40);
    private static final int WIDE_OPEN = 1_000_000;

    private Tcps() {}

    static Tcp free() {
        return new Tcp(PLENTY, PLENTY, 1, WIDE_OPEN, B, true, Tcp.Queueing.FAIR, 1L << 40, 0);
    }

    static Tcp window(Tcp t, int segments) {
        return new Tcp(t.send(), t.receive(), t.overhead(), segments, t.segment(), t.restartsAfterIdle(), t.queueing(), t.queueLimit(), t.ring());
    }

    static Tcp segment(Tcp t, int bytes) {
        return new Tcp(t.send(), t.receive(), t.overhead(), t.initialWindow(), bytes, t.restartsAfterIdle(), t.queueing(), t.queueLimit(), t.ring());
    }

    static Tcp neverRestarts(Tcp t) {
        return new Tcp(t.send(), t.receive(), t.overhead(), t.initialWindow(), t.segment(), false, t.queueing(), t.queueLimit(), t.ring());
    }

    static Tcp send(Tcp t, long initial, long max) {
        return new Tcp(
                new Tcp.Buffer(initial, max), t.receive(), t.overhead(), t.initialWindow(), t.segment(), t.restartsAfterIdle(), t.queueing(), t.queueLimit(), t.ring());
    }

    static Tcp receive(Tcp t, long initial, long max, double overhead) {
        return new Tcp(
                t.send(), new Tcp.Buffer(initial, max), overhead, t.initialWindow(), t.segment(), t.restartsAfterIdle(), t.queueing(), t.queueLimit(), t.ring());
    }

    static Tcp fifo(Tcp t, long queueLimit) {
        return new Tcp(t.send(), t.receive(), t.overhead(), t.initialWindow(), t.segment(), t.restartsAfterIdle(), Tcp.Queueing.FIFO, queueLimit, t.ring());
    }

    static Tcp ring(Tcp t, long bytes) {
        return new Tcp(t.send(), t.receive(), t.overhead(), t.initialWindow(), t.segment(), t.restartsAfterIdle(), t.queueing(), t.queueLimit(), bytes);
    }
}
