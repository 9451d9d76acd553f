package org.chanrace.model.network;

import java.util.function.LongConsumer;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.Tcp;

/**
 * One direction of one TCP connection: the bytes between a writer and a reader.
 *
 * <p>Records wait in the send queue until the link takes them; a record that has left occupies the receive buffer until it is
 * read, and the send buffer until it is acknowledged. Acknowledgements and window updates are not events: the times at which they
 * arrive are kept in order, and looked at when somebody wants room.
 *
 * <p>Where kernels tune themselves, {@link SendWindow} and {@link ReceiveWindow} say how large the buffers are and how much may be on its way. Records
 * that are with the host's queue, in the order in which they leave it, are the first ones of the send queue still; for the windows they are on their way.
 */
final class Pipe implements Stateful {
    /** In what follows, the network's own numbering. */
    final int number;
    final int connection;
    /** 0 is the hop next to the source. */
    final int hop;
    /** From source to destination. */
    final boolean forward;
    /** The lane by which records reach this hop's reader. */
    final int arrivalLane;

    private long[] queue = new long[16];
    private int queueHead;
    private int queueSize;
    private final Credits acks = new Credits();
    private final Credits reads = new Credits();
    private final Credits growths = new Credits();
    /** What the buffers hold at first, bytes; {@link Long#MAX_VALUE} for no limit. */
    private final long firstSendCapacity;
    private final long firstReceiveCapacity;
    /** Null when kernels do not tune themselves. */
    private final Tcp tcp;
    private final SendWindow sender;
    private final ReceiveWindow receiver;

    /** Written and not yet acknowledged, bytes. */
    private long sendBufferUsed;
    /** Sent and, as far as the sender knows, not read, bytes. */
    private long receiveBufferUsed;
    /** Sent and not yet acknowledged, bytes; kept account of only for the congestion window. */
    private long onItsWay;
    /** Of the receive buffer, as far as the sender knows, bytes. */
    private long receiveBuffer;
    private long receiveCapacity;
    /** Records that are with the host's queue, and their bytes. */
    private int handed;
    private long handedBytes;
    /** What the writer believes to be in the send buffer, bytes: it hears of room only when it is short of it. */
    private long writerView;
    /** Start tag for fair sharing: bytes that this pipe has had, in the link's virtual time. */
    long tag;
    /** No more records are taken: a FIN or RST was queued, or the writer is gone. */
    boolean ended;

    Pipe(int number, int connection, int hop, boolean forward, int arrivalLane, Network network) {
        this.number = number;
        this.connection = connection;
        this.hop = hop;
        this.forward = forward;
        this.arrivalLane = arrivalLane;
        this.firstSendCapacity = network.firstSendBuffer() == 0 ? Long.MAX_VALUE : network.firstSendBuffer();
        this.firstReceiveCapacity = network.firstReceiveBuffer() == 0 ? Long.MAX_VALUE : network.firstReceiveBuffer();
        this.tcp = network.tcp().orElse(null);
        this.sender = tcp == null ? null : new SendWindow(tcp);
        this.receiver = tcp == null ? null : new ReceiveWindow(tcp);
        reset();
    }

    void reset() {
        clearQueue();
        acks.clear();
        reads.clear();
        sendBufferUsed = receiveBufferUsed = writerView = tag = 0;
        ended = false;
        receiveCapacity = firstReceiveCapacity;
        if (tcp == null) return;
        growths.clear();
        onItsWay = 0;
        sender.reset();
        receiver.reset();
        receiveBuffer = receiver.size();
    }

    boolean isEmpty() {
        return queueSize == 0;
    }

    void enqueue(long record) {
        if (queueSize == queue.length) {
            long[] bigger = new long[2 * queue.length];
            for (int i = 0; i < queueSize; i++) bigger[i] = queue[(queueHead + i) & (queue.length - 1)];
            queue = bigger;
            queueHead = 0;
        }
        queue[(queueHead + queueSize++) & (queue.length - 1)] = record;
    }

    void forEach(LongConsumer records) {
        for (int i = 0; i < queueSize; i++) records.accept(queue[(queueHead + i) & (queue.length - 1)]);
    }

    long peek() {
        return queue[queueHead & (queue.length - 1)];
    }

    long dequeue() {
        long record = peek();
        queueHead++;
        queueSize--;
        return record;
    }

    void clearQueue() {
        queueHead = queueSize = 0;
        handed = 0;
        handedBytes = 0;
    }

    // What the writer writes.

    /** Without a limit on what is written, nothing is remembered of how many bytes have passed. */
    boolean countsSent() {
        return firstSendCapacity != Long.MAX_VALUE;
    }

    /** Without a limit on what is not read, neither. */
    boolean countsUnread() {
        return firstReceiveCapacity != Long.MAX_VALUE;
    }

    boolean tunes() {
        return tcp != null;
    }

    void written(long bytes) {
        sendBufferUsed += bytes;
        writerView += bytes;
    }

    /** The writer has written more than the send buffer holds, as far as it knows. */
    boolean lacksRoom() {
        return writerView > firstSendCapacity;
    }

    /** More is written than the send buffer holds. */
    boolean isOverfull() {
        return sendBufferUsed > (tcp == null ? firstSendCapacity : sender.capacity());
    }

    /** Room that the writer does not know of and is to be told of now, bytes; from now on it knows. */
    long newRoom() {
        if (tcp != null && sender.blocks(sendBufferUsed)) return 0;
        // The writer goes on to count with the capacity that it began with.
        long grown = tcp == null ? 0 : sender.capacity() - firstSendCapacity;
        long freed = Math.max(0, writerView - (sendBufferUsed - grown));
        writerView -= freed;
        return freed;
    }

    // What may be sent.

    /** Whether something waits that is not with the host's queue. */
    boolean hasWaiting() {
        return queueSize > handed;
    }

    /** The first record that is not with the host's queue. */
    long firstWaiting() {
        return queue[(queueHead + handed) & (queue.length - 1)];
    }

    /**
     * Whether the windows let a record of so many bytes go now. Records are not taken apart: the last one that fits into the receive buffer may be too
     * large for it, and one that is too large for the congestion window goes alone.
     */
    boolean admits(long bytes) {
        if (receiveBufferUsed >= receiveCapacity) return false;
        return tcp == null || onItsWay == 0 || onItsWay + bytes <= Math.min(sender.congestionWindow(), ReceiveWindow.window(receiveBuffer));
    }

    boolean hasHanded() {
        return handed > 0;
    }

    /** Whether the host's queue takes a further record of this connection. */
    boolean mayHand(long bytes) {
        return handed == 0 || handedBytes + bytes <= tcp.queueLimit();
    }

    /** The first waiting record goes to the host's queue: for the windows it is on its way. */
    void hand(long bytes, long now) {
        charge(bytes, now);
        handed++;
        handedBytes += bytes;
    }

    /** The host's queue is lost, and with it what was in it of this connection: all of it waits again. */
    void takeBack() {
        onItsWay -= handedBytes;
        receiveBufferUsed -= handedBytes;
        handed = 0;
        handedBytes = 0;
    }

    private void charge(long bytes, long now) {
        if (tcp != null) {
            if (onItsWay == 0) sender.resume(now);
            onItsWay += bytes;
        }
        if (countsUnread()) receiveBufferUsed += bytes;
    }

    /** A record was taken from the queue and sent, and will be acknowledged at this time. */
    void sent(long bytes, long acknowledged, long now) {
        if (handed > 0) {
            handed--;
            handedBytes -= bytes;
        } else charge(bytes, now);
        if (countsSent()) acks.add(acknowledged, bytes);
        if (tcp != null) sender.sent(now, acknowledged - now);
        else if (acknowledged <= now) settle(now);
    }

    /** What was on its way in a cut is lost, and sent again. */
    void lost() {
        if (tcp != null) sender.lost();
    }

    // What the reader reads.

    /**
     * The reader has read.
     *
     * @param shut whether the sender has something to send and no window for it
     * @return whether the sender is {@linkplain #tell told}
     */
    boolean read(long bytes, boolean shut, long now) {
        receiver.read(bytes, sender.roundTripNanos(), now);
        return receiver.isWorthTelling(shut);
    }

    /** The sender will hear at this time of all that was read, and of how the buffer has grown. */
    void tell(long nanos) {
        reads.add(nanos, receiver.untold());
        growths.add(nanos, receiver.growth());
        receiver.told();
    }

    /** The sender will hear at this time that bytes were read: of a receiver that does not tune itself. */
    void readAt(long nanos, long bytes, long now) {
        reads.add(nanos, bytes);
        if (nanos <= now) settle(now);
    }

    // Acknowledgements and window updates.

    /** Takes what has arrived of acknowledgements and window updates. */
    void settle(long now) {
        long acknowledged = acks.take(now);
        if (tcp != null) {
            if (acknowledged > 0) {
                long room = Math.max(0, receiveCapacity - receiveBufferUsed);
                long waiting = sendBufferUsed - onItsWay;
                sender.acknowledged(acknowledged, onItsWay + Math.min(waiting, Math.min(room, tcp.queueLimit() - handedBytes)));
            }
            onItsWay -= acknowledged;
            long grown = growths.take(now);
            if (grown > 0) {
                receiveBuffer += grown;
                receiveCapacity = tcp.payload(receiveBuffer);
            }
        }
        sendBufferUsed -= acknowledged;
        receiveBufferUsed -= reads.take(now);
    }

    /** When the next acknowledgement or window update arrives; {@link Long#MAX_VALUE} when none is on its way. */
    long nextSettling() {
        return Math.min(acks.next(), reads.next());
    }

    /** Nothing is and will be in it: what was once counted makes no difference any more. */
    boolean isOver() {
        return ended && isEmpty();
    }

    @Override
    public void save(StateWriter state) {
        state.put((long) queueSize << 1 | (ended ? 1 : 0));
        for (int i = 0; i < queueSize; i++) state.putBits(queue[(queueHead + i) & (queue.length - 1)]);
        if (isOver()) return;
        acks.save(state);
        reads.save(state);
        state.put(sendBufferUsed);
        state.put(receiveBufferUsed);
        state.put(writerView);
        state.put(tag);
        if (tcp == null) return;
        growths.save(state);
        state.put(onItsWay);
        state.put(receiveBuffer);
        state.put(handed);
        state.put(handedBytes);
        sender.save(state);
        receiver.save(state);
    }

    @Override
    public void load(StateReader state) {
        int head = state.nextInt();
        reset();
        ended = (head & 1) != 0;
        for (int left = head >> 1; left > 0; left--) enqueue(state.nextBits());
        if (isOver()) return;
        acks.load(state);
        reads.load(state);
        sendBufferUsed = state.next();
        receiveBufferUsed = state.next();
        writerView = state.next();
        tag = state.next();
        if (tcp == null) return;
        growths.load(state);
        onItsWay = state.next();
        receiveBuffer = state.next();
        receiveCapacity = tcp.payload(receiveBuffer);
        handed = state.nextInt();
        handedBytes = state.next();
        sender.load(state);
        receiver.load(state);
    }

    /** Bytes with the times at which they come free, in order. */
    private static final class Credits implements Stateful {
        private long[] ring = new long[32];
        private int head;
        private int size;

        void clear() {
            head = size = 0;
        }

        void add(long nanos, long bytes) {
            if (bytes == 0) return;
            if (2 * size == ring.length) grow();
            int at = (2 * (head + size++)) & (ring.length - 1);
            ring[at] = nanos;
            ring[at + 1] = bytes;
        }

        private void grow() {
            long[] bigger = new long[2 * ring.length];
            for (int i = 0; i < size; i++) {
                int from = (2 * (head + i)) & (ring.length - 1);
                bigger[2 * i] = ring[from];
                bigger[2 * i + 1] = ring[from + 1];
            }
            ring = bigger;
            head = 0;
        }

        long next() {
            return size == 0 ? Long.MAX_VALUE : ring[(2 * head) & (ring.length - 1)];
        }

        long take(long now) {
            long bytes = 0;
            while (size > 0) {
                int at = (2 * head) & (ring.length - 1);
                if (ring[at] > now) break;
                bytes += ring[at + 1];
                head++;
                size--;
            }
            return bytes;
        }

        @Override
        public void save(StateWriter state) {
            state.put(size);
            for (int i = 0; i < size; i++) {
                int at = (2 * (head + i)) & (ring.length - 1);
                state.put(ring[at]);
                state.put(ring[at + 1]);
            }
        }

        @Override
        public void load(StateReader state) {
            clear();
            for (int left = state.nextInt(); left > 0; left--) add(state.next(), state.next());
        }
    }
}
