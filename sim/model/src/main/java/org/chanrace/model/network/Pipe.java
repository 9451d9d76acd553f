package org.chanrace.model.network;

import java.util.function.LongConsumer;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;

/**
 * One direction of one TCP connection: the bytes between a writer and a reader.
 *
 * <p>Records wait in the send queue until the link takes them; a record that has left occupies the receive buffer until it is
 * read, and the send buffer until it is acknowledged. Acknowledgements and window updates are not events: the times at which they
 * arrive are kept in order, and looked at when somebody wants room.
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

    /** Written and not yet acknowledged, bytes. */
    long sendBufferUsed;
    /** Sent and, as far as the sender knows, not read, bytes. */
    long receiveBufferUsed;
    /** What the writer believes to be in the send buffer, bytes: it hears of room only when it is short of it. */
    long writerView;
    /** Start tag for fair sharing: bytes that this pipe has had, in the link's virtual time. */
    long tag;
    /** No more records are taken: a FIN or RST was queued, or the writer is gone. */
    boolean ended;

    Pipe(int number, int connection, int hop, boolean forward, int arrivalLane) {
        this.number = number;
        this.connection = connection;
        this.hop = hop;
        this.forward = forward;
        this.arrivalLane = arrivalLane;
    }

    void reset() {
        queueHead = queueSize = 0;
        acks.clear();
        reads.clear();
        sendBufferUsed = receiveBufferUsed = writerView = tag = 0;
        ended = false;
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
        long record = queue[queueHead & (queue.length - 1)];
        queueHead++;
        queueSize--;
        return record;
    }

    void clearQueue() {
        queueHead = queueSize = 0;
    }

    /** Bytes that were sent will be acknowledged at this time. */
    void ackAt(long nanos, long bytes) {
        acks.add(nanos, bytes);
    }

    /** The sender will hear at this time that bytes were read. */
    void readAt(long nanos, long bytes) {
        reads.add(nanos, bytes);
    }

    /** Takes what has arrived of acknowledgements and window updates. */
    void settle(long now) {
        sendBufferUsed -= acks.take(now);
        receiveBufferUsed -= reads.take(now);
    }

    /** When the next acknowledgement or window update arrives; {@link Long#MAX_VALUE} when none is on its way. */
    long nextSettling() {
        return Math.min(acks.next(), reads.next());
    }

    @Override
    public void save(StateWriter state) {
        state.put((long) queueSize << 1 | (ended ? 1 : 0));
        for (int i = 0; i < queueSize; i++) state.putBits(queue[(queueHead + i) & (queue.length - 1)]);
        acks.save(state);
        reads.save(state);
        state.put(sendBufferUsed);
        state.put(receiveBufferUsed);
        state.put(writerView);
        state.put(tag);
    }

    @Override
    public void load(StateReader state) {
        clearQueue();
        int head = state.nextInt();
        ended = (head & 1) != 0;
        for (int left = head >> 1; left > 0; left--) enqueue(state.nextBits());
        acks.load(state);
        reads.load(state);
        sendBufferUsed = state.next();
        receiveBufferUsed = state.next();
        writerView = state.next();
        tag = state.next();
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
