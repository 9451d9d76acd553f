package org.chanrace.kernel;

import org.apache.commons.rng.RestorableUniformRandomProvider;
import org.apache.commons.rng.core.RandomProviderDefaultState;
import org.apache.commons.rng.simple.RandomSource;

/**
 * A stream of uniform numbers that is addressed by (seed, entity, purpose).
 *
 * <p>The address is the key of a counter-based generator (Philox 4x64; Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as
 * easy as 1, 2, 3", SC'11), so a stream does not depend on which others exist or how far they were read: adding an entity
 * does not shift the draws of another. The generator is made at the first draw; a stream that is never read costs nothing.
 * The numbers come from Commons RNG, whose output is the same on every JDK.
 */
public final class RandomStream implements Stateful {
    private final long entity;
    private final long purpose;
    private long seed;
    private RestorableUniformRandomProvider generator;

    private RandomStream(String entity, String purpose) {
        this.entity = fnv1a(entity);
        this.purpose = fnv1a(purpose);
    }

    /** The stream of an entity for a purpose, before a run gives it its seed. */
    public static RandomStream of(String entity, String purpose) {
        return new RandomStream(entity, purpose);
    }

    /** Goes to the start of the stream that belongs to this seed. */
    public RandomStream reseed(long runSeed) {
        seed = runSeed;
        generator = null;
        return this;
    }

    /** The next number, uniform in [0, 1), a multiple of 2^-53. */
    public double nextDouble() {
        return generator().nextDouble();
    }

    /** The next number, uniform in [0, bound). */
    public int nextInt(int bound) {
        return generator().nextInt(bound);
    }

    /** The next number, uniform in [0, bound). */
    public long nextLong(long bound) {
        return generator().nextLong(bound);
    }

    /** 64 bits, each of them 0 or 1 alike. */
    public long nextBits() {
        return generator().nextLong();
    }

    private RestorableUniformRandomProvider generator() {
        if (generator == null)
            generator = RandomSource.PHILOX_4X64.create(new long[] {mix(seed ^ entity), mix(purpose + seed), entity, purpose, 0, 0});
        return generator;
    }

    private static long fnv1a(String text) {
        long h = 0xCBF29CE484222325L;
        for (int i = 0; i < text.length(); i++) h = (h ^ text.charAt(i)) * 0x100000001B3L;
        return h;
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Writes how far the stream was read. */
    @Override
    public void save(StateWriter state) {
        state.putBits(seed);
        state.put(generator != null);
        if (generator == null) return;
        byte[] position = ((RandomProviderDefaultState) generator.saveState()).getState();
        state.put(position.length);
        for (byte b : position) state.put(b);
    }

    @Override
    public void load(StateReader state) {
        reseed(state.nextBits());
        if (!state.nextTruth()) return;
        byte[] position = new byte[state.nextInt()];
        for (int i = 0; i < position.length; i++) position[i] = (byte) state.next();
        generator().restoreState(new RandomProviderDefaultState(position));
    }
}
