package org.chanrace.model.network;

import org.chanrace.model.NetHarness;

/** A program at the source that writes records of the same size whenever what it wrote fits into its send buffer, as QEMU does. */
final class Writer {
    private final NetHarness net;
    private final long sendBuffer;
    private final int pages;
    private int most;
    private long unsent;
    private int seen;
    private boolean started;
    /** Records written so far. */
    int written;

    /**
     * @param sendBuffer what it holds at first, bytes
     * @param pages of each record
     * @param most how many records it writes
     */
    Writer(NetHarness net, long sendBuffer, int pages, int most, long from) {
        this.net = net;
        this.sendBuffer = sendBuffer;
        this.pages = pages;
        this.most = most;
        net.at(from, now -> {
            started = true;
            write(now);
        });
        net.whenSourceSees(now -> {
            hear();
            if (started) write(now);
        });
    }

    /** A program that takes some time for each record. */
    Writer(NetHarness net, long sendBuffer, int pages, long everyNanos, int times, long from) {
        this.net = net;
        this.sendBuffer = sendBuffer;
        this.pages = pages;
        for (int i = 0; i < times; i++)
            net.at(from + i * everyNanos, now -> {
                hear();
                if (unsent <= sendBuffer) most = written + 1;
                write(now);
            });
    }

    private void hear() {
        for (; seen < net.source.size(); seen++) if (net.source.get(seen).kind() == Wire.ROOM) unsent -= net.source.get(seen).argument();
    }

    private void write(long now) {
        for (; unsent <= sendBuffer && written < most; written++) {
            net.writeNow(0, pages, written, now);
            unsent += Wire.bytes(Wire.run(Wire.PAGES, 0, 0, pages), NetHarness.PAGE_BYTES, 0);
        }
    }
}
