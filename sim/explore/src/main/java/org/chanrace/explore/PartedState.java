package org.chanrace.explore;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.model.Steps;

/**
 * A state that was loaded and the state reached from it, part by part: since an event changes one process and the lanes, most parts of the two are
 * the same, and need neither be written and hashed for the second nor be read again to go back to the first.
 *
 * <p>The fingerprint of a state is put together from those of its parts (XXH3, 128 bits each), and does not depend on how it was reached.
 */
final class PartedState {
    private static final Hasher128 HASHER = Hashing.xxh3_128();
    private static final int LENGTH_BYTES = 3;

    private final Steps steps;
    private final int parts;
    private final StateWriter writer = new StateWriter(true);
    private final StateReader reader = new StateReader(true);

    /** The state that was loaded: where each part is, and its fingerprint. */
    private byte[] base = new byte[0];

    private final int[] baseAt;
    private final int[] baseLength;
    private final long[] baseHigh;
    private final long[] baseLow;
    /** Of which of its parts the fingerprint is known, a bit each. */
    private int hashed;

    /** The parts that may differ from it, a bit each; where each of these stands in the writer. */
    private int touched;

    private final int[] at;
    private final int[] length;
    private byte[] bytes = new byte[1024];
    private int size;
    private long high;
    private long low;

    PartedState(Steps steps) {
        this.steps = steps;
        this.parts = steps.parts();
        this.baseAt = new int[parts];
        this.baseLength = new int[parts];
        this.baseHigh = new long[parts];
        this.baseLow = new long[parts];
        this.at = new int[parts];
        this.length = new int[parts];
        this.touched = (1 << parts) - 1;
    }

    /** Nothing is known of the state any more: it was changed by other means than {@link #touch}. */
    void forget() {
        touched = (1 << parts) - 1;
        hashed = 0;
    }

    /** These parts, a bit each, may have changed, or would not be written as they were. */
    void touch(int which) {
        touched |= which;
    }

    /**
     * Goes to a state that {@link #write} has written, and that nobody changes before the next one is loaded, or what is known {@linkplain #forget forgotten}. Of two
     * that follow each other most parts are the same.
     */
    void load(byte[] from, int offset) {
        int next = offset + parts * LENGTH_BYTES;
        for (int part = 0; part < parts; part++) {
            int head = offset + part * LENGTH_BYTES;
            int end = next + ((from[head] & 0xFF) | (from[head + 1] & 0xFF) << 8 | (from[head + 2] & 0xFF) << 16);
            boolean same = Arrays.equals(base, baseAt[part], baseAt[part] + baseLength[part], from, next, end);
            baseAt[part] = next;
            baseLength[part] = end - next;
            if (!same) hashed &= ~(1 << part);
            if (!same || (touched & 1 << part) != 0) steps.loadPart(part, reader.of(from, next));
            next = end;
        }
        base = from;
        touched = 0;
    }

    /** Goes back to the state that was loaded. */
    void restore() {
        for (int part = 0; part < parts; part++) if ((touched & 1 << part) != 0) steps.loadPart(part, reader.of(base, baseAt[part]));
        touched = 0;
    }

    /** Works out the fingerprint of the state as it is now. */
    void fingerprint() {
        hashBase();
        writer.clear();
        high = 0;
        low = 0;
        for (int part = 0; part < parts; part++) {
            if ((touched & 1 << part) == 0) mix(baseHigh[part], baseLow[part]);
            else {
                at[part] = writer.size();
                steps.savePart(part, writer);
                length[part] = writer.size() - at[part];
                HashValue128 hash = HASHER.hashBytesTo128Bits(writer.buffer(), at[part], length[part]);
                mix(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
            }
        }
    }

    private void hashBase() {
        for (int part = 0; part < parts; part++) {
            if (((hashed | touched) & 1 << part) != 0) continue;
            HashValue128 hash = HASHER.hashBytesTo128Bits(base, baseAt[part], baseLength[part]);
            baseHigh[part] = hash.getMostSignificantBits();
            baseLow[part] = hash.getLeastSignificantBits();
            hashed |= 1 << part;
        }
    }

    /** Each part goes through both halves, so that parts that change places do not give the same. */
    private void mix(long partHigh, long partLow) {
        high = (Long.rotateLeft(high, 25) ^ partHigh) * 0x9E3779B97F4A7C15L + low;
        low = (Long.rotateLeft(low, 37) ^ partLow) * 0xC2B2AE3D27D4EB4FL + (high >>> 29);
    }

    long high() {
        return high;
    }

    long low() {
        return low;
    }

    /** Writes the state whose fingerprint was worked out last; it stands in {@link #bytes} until the next call. */
    int write() {
        size = parts * LENGTH_BYTES;
        for (int part = 0; part < parts; part++) {
            boolean own = (touched & 1 << part) != 0;
            int n = own ? length[part] : baseLength[part];
            if (size + n > bytes.length) bytes = Arrays.copyOf(bytes, 2 * (size + n));
            System.arraycopy(own ? writer.buffer() : base, own ? at[part] : baseAt[part], bytes, size, n);
            int head = part * LENGTH_BYTES;
            bytes[head] = (byte) n;
            bytes[head + 1] = (byte) (n >> 8);
            bytes[head + 2] = (byte) (n >> 16);
            size += n;
        }
        return size;
    }

    byte[] bytes() {
        return bytes;
    }
}
