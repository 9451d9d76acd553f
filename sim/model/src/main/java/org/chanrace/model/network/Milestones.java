package org.chanrace.model.network;

import java.util.Arrays;
import org.chanrace.model.measure.FaultLedger;
import org.chanrace.model.measure.Stage;

/**
 * Tells the ledger of page faults how far pages have come, and the requests for them, and what the source's link has carried.
 *
 * <p>Of a page that goes in parts, what happens after the last of them was written counts: each part that is still in the send buffer then adds its
 * waiting and its transmission, in turn.
 *
 * <p>What is remembered here, by pipe, is for the ledger alone: it is no part of the state of a run.
 */
final class Milestones {
    private static final long UNKNOWN = -1;

    private final FaultLedger ledger;
    /** Since when the windows let the first record go. */
    private final long[] readyAt;
    /** When the last byte of what was sent is on the link, and when it arrives. */
    private final long[] outAt;
    private final long[] arrivesAt;

    Milestones(FaultLedger ledger, int pipes) {
        this.ledger = ledger;
        this.readyAt = new long[pipes];
        this.outAt = new long[pipes];
        this.arrivesAt = new long[pipes];
        reset();
    }

    void reset() {
        Arrays.fill(readyAt, UNKNOWN);
        Arrays.fill(outAt, 0);
        Arrays.fill(arrivesAt, 0);
    }

    /** The windows let the first record of a pipe go. */
    void ready(Pipe pipe, long now) {
        if (readyAt[pipe.number] == UNKNOWN) readyAt[pipe.number] = now;
    }

    /**
     * A record that was first in its pipe is sent.
     *
     * @param begins when its first byte is sent, ns
     * @param ends when its last byte is
     * @param arrives when that arrives, if nothing ahead of it is later
     */
    void sent(Pipe pipe, Channel channel, long record, long bytes, long now, long begins, long ends, long arrives) {
        int p = pipe.number;
        long ready = readyAt[p] == UNKNOWN ? now : readyAt[p];
        long behindItsOwn = Math.max(ready, outAt[p]);
        readyAt[p] = UNKNOWN;
        outAt[p] = ends;
        arrivesAt[p] = Math.max(arrivesAt[p], arrives);
        if (pipe.forward && pipe.hop == 0) ledger.carried(channel == Channel.PREEMPT, bytes, ends);
        if (!ledger.isOpen()) return;
        int from = Wire.firstPage(record);
        int to = from + Wire.pagesConcerned(record);
        if (pipe.forward) {
            ledger.passed(from, to, Stage.SEND_BUFFER, behindItsOwn);
            ledger.passed(from, to, Stage.LINK_WAIT, begins);
            ledger.passed(from, to, Stage.TRANSMISSION, ends);
            // While one part of a page travels, others are sent: only the way of the last is nothing else.
            ledger.passed(from, from + Wire.pagesCompleted(record), Stage.LATENCY, arrivesAt[p]);
        } else ledger.passed(from, to, Stage.REQUEST_TRAVELS, arrivesAt[p]);
    }
}
