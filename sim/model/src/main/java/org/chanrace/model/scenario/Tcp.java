package org.chanrace.model.scenario;

import java.util.Objects;

/**
 * How the hosts' kernels size TCP's windows and queue its packets: Linux' auto-tuning, as far as it decides how long bytes queue.
 *
 * @param send the send buffer (tcp_wmem): begins at its default and follows twice the congestion window, up to its largest
 * @param receive the receive buffer (tcp_rmem): begins at its default and grows while the reader keeps up, up to its largest; half of it is
 *     the largest window
 * @param overhead memory that the receive buffer charges for a byte of payload, 1 or more: a buffer of so many bytes holds so many times
 *     fewer bytes of payload
 * @param initialWindow congestion window of a new connection, and after it was idle, segments (RFC 6928: 10)
 * @param segment payload of a segment, bytes (1448 on Ethernet)
 * @param restartsAfterIdle whether the congestion window is halved for each retransmission time-out in which nothing was sent, down to the initial
 *     one (RFC 2861)
 * @param queueing in which order the host's packets go to the network card
 * @param queueLimit what one connection may have waiting there, bytes (tcp_limit_output_bytes, TCP small queues)
 * @param ring what the network card's own queue holds, in the order in which it came, bytes (byte queue limits)
 */
public record Tcp(
        Buffer send, Buffer receive, double overhead, int initialWindow, int segment, boolean restartsAfterIdle, Queueing queueing, long queueLimit, long ring) {
    /** Linux as it comes: tcp_wmem 4 KiB, 16 KiB, 4 MiB; tcp_rmem 4 KiB, 128 KiB, 6 MiB; fq_codel; a megabyte of small queue; 64 KiB in the card's ring. */
    public static final Tcp LINUX = new Tcp(
            new Buffer(16 << 10, 4 << 20), new Buffer(128 << 10, 6 << 20), 1.25, 10, 1448, true, Queueing.FAIR, 1 << 20, 64 << 10);

    public Tcp {
        Objects.requireNonNull(send);
        Objects.requireNonNull(receive);
        Objects.requireNonNull(queueing);
        if (!(overhead >= 1 && overhead <= 16)) throw new IllegalArgumentException("overhead: 1 to 16");
        if (initialWindow < 1 || segment < 64 || segment > 65_535) throw new IllegalArgumentException("a window or a segment is too small or too large");
        if (queueLimit < 1 || ring < 0) throw new IllegalArgumentException("a queue is too small");
    }

    /** The same with another send buffer. */
    public Tcp withSend(Buffer other) {
        return new Tcp(other, receive, overhead, initialWindow, segment, restartsAfterIdle, queueing, queueLimit, ring);
    }

    /** The same with another receive buffer. */
    public Tcp withReceive(Buffer other) {
        return new Tcp(send, other, overhead, initialWindow, segment, restartsAfterIdle, queueing, queueLimit, ring);
    }

    /** The same with another memory for each byte. */
    public Tcp withOverhead(double other) {
        return new Tcp(send, receive, other, initialWindow, segment, restartsAfterIdle, queueing, queueLimit, ring);
    }

    /** The same in another order of packets. */
    public Tcp with(Queueing other) {
        return new Tcp(send, receive, overhead, initialWindow, segment, restartsAfterIdle, other, queueLimit, ring);
    }

    /** The same with more or less of a connection waiting in the host, bytes. */
    public Tcp withQueueLimit(long other) {
        return new Tcp(send, receive, overhead, initialWindow, segment, restartsAfterIdle, queueing, other, ring);
    }

    /** The same with another network card's queue, bytes. */
    public Tcp withRing(long other) {
        return new Tcp(send, receive, overhead, initialWindow, segment, restartsAfterIdle, queueing, queueLimit, other);
    }

    /** What a segment takes on an Ethernet besides its payload: headers of TCP with timestamps, of IP and of the frame, its checksum, preamble and gap. */
    private static final int FRAMING = 90;
    /** Memory for a segment's headers and the kernel's own notes of it, and for the descriptor of both; kernels with many kinds of tunnels take more. */
    private static final int SEGMENT_HEADROOM = 524;
    private static final int SEGMENT_DESCRIPTOR = 256;

    /**
     * What a send buffer holds, bytes, whose connection has this congestion window: twice the window, by the memory that its segments would take
     * (tcp_sndbuf_expand: 2304 bytes for 1448 of payload, so it begins with 46 080; 131 328 for loopback's 65 483, so it begins with 2 626 560).
     */
    public long sendBuffer(long congestionWindow) {
        long needed = segment + SEGMENT_HEADROOM;
        long memory = Long.highestOneBit(2 * needed - 1) + SEGMENT_DESCRIPTOR;
        long segments = Math.max(1, congestionWindow / segment);
        return Math.min(send.max(), Math.max(send.initial(), 2 * segments * memory));
    }

    /** What a send buffer holds at first, bytes. */
    public long firstSendBuffer() {
        return sendBuffer((long) initialWindow * segment);
    }

    /** The payload that a receive buffer of this size has room for, bytes. */
    public long payload(long receiveBuffer) {
        return Math.max(1, (long) (receiveBuffer / overhead));
    }

    /** What a record of this payload takes on the wire, bytes: 10 Gbit/s of Ethernet carry 1448 / 1538 of that in payload, 9.41 Gbit/s. */
    public long onTheWire(long bytes) {
        return bytes + (bytes + segment - 1) / segment * FRAMING;
    }

    /**
     * A buffer that tunes itself.
     *
     * @param initial what it begins with, bytes, above 0
     * @param max what it grows to at most, bytes
     */
    public record Buffer(long initial, long max) {
        public Buffer {
            if (initial < 1 || max < initial) throw new IllegalArgumentException("a buffer: 0 < initial <= max");
        }
    }

    /** The queueing discipline between the connections of a host. */
    public enum Queueing {
        /** Each connection has its turn (fq, fq_codel). */
        FAIR("fair"),
        /** First come, first served (pfifo_fast, or a card with one queue). */
        FIFO("fifo");

        private final String text;

        Queueing(String text) {
            this.text = text;
        }

        /** The name in scenario files. */
        public String text() {
            return text;
        }
    }
}
