package org.chanrace.model.scenario;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The guest: its memory and what its vCPUs do with it.
 *
 * <p>Pages outside the working set, and pages of it that were not written yet, are zero and cost 9 bytes on the wire. The guest
 * begins to write {@code warmUpNanos} before the migrate command.
 *
 * @param memory RAM, bytes, a multiple of the page size
 * @param workingSet the part, from address 0 on, that is written, bytes
 * @param pageSize 4 KiB, 2 MiB or 1 GiB, bytes
 * @param vcpus number of vCPUs
 * @param access in which order pages are touched
 * @param dirtyRate how fast pages are written while nothing stalls the vCPUs, bytes/s of pages touched
 * @param warmUpNanos how long it has been writing at the time of the migrate command, ns
 * @param steps what it does from the migrate command on, when that is counted; empty for a guest that goes on at its rate
 * @param touching how its threads touch memory, in detail
 */
public record Guest(
        long memory, long workingSet, long pageSize, int vcpus, Access access, long dirtyRate, long warmUpNanos, Optional<Steps> steps, Touching touching) {
    /** The guest of the observed runs: it writes 56 of its 64 MiB at about 43.5 MB/s and began 0.4 s before migrate. */
    public static final Guest DEFAULT = new Guest(64L << 20, 56L << 20, 4096, 1, Access.SEQUENTIAL, 43_500_000, 400_000_000);

    /** The order in which a vCPU touches pages. */
    public enum Access {
        RANDOM("random"),
        SEQUENTIAL("sequential"),
        STRIDED("strided"),
        HOT_SET("hot-set"),
        ZIPF("zipf"),
        /** Each touch is of one of several kinds, by weight. */
        MIX("mix");

        private final String text;

        Access(String text) {
            this.text = text;
        }

        /** The name in scenario files. */
        public String text() {
            return text;
        }
    }

    /**
     * A guest that acts in steps: each act is an event of its own, due at once, which may come before or after any other.
     *
     * @param writes pages that it writes on the source, one after the other through the working set, 0 to {@value #MAX}
     * @param faults how often its vCPUs touch a page on the destination that is not there yet, in all, 0 to {@value #MAX}
     * @param deviceFaults whether a device touches such a page while its state is loaded: 0 or 1 times
     */
    public record Steps(int writes, int faults, int deviceFaults) {
        /** The most writes, and the most faults. */
        public static final int MAX = 64;

        public Steps {
            if (writes < 0 || writes > MAX || faults < 0 || faults > MAX) throw new IllegalArgumentException("steps: from 0 to " + MAX);
            if (deviceFaults < 0 || deviceFaults > 1) throw new IllegalArgumentException("device faults: 0 or 1");
        }
    }

    /**
     * How the guest's threads touch memory.
     *
     * @param threads vCPUs that run the workload, each in the same way, 1 to the guest's vCPUs; 0 for all of them. The others stand by
     * @param think time from one touch of a thread to its next, while the page is there; empty for the one that the dirty rate gives
     * @param writes share of the touches that write, 0 to 1; the others read, and dirty nothing
     * @param preFaulted whether all of the working set was written before the migrate command
     * @param hotShare of {@link Access#HOT_SET}: how much of the working set is hot, above 0 and at most 1
     * @param hotTouches of {@link Access#HOT_SET}: share of the touches that go there; the others go anywhere
     * @param exponent of {@link Access#ZIPF}, above 0
     * @param stride of {@link Access#STRIDED}, pages, 1 or more
     * @param mix of {@link Access#MIX}: kinds other than it, with their weights above 0
     */
    public record Touching(
            int threads, Optional<Distribution> think, double writes, boolean preFaulted, double hotShare, double hotTouches, double exponent, int stride,
            List<Kind> mix) {
        /** All vCPUs write, at the dirty rate, in a working set that is written for the first time. */
        public static final Touching DEFAULT = new Touching(0, Optional.empty(), 1, false, 0.1, 0.9, 1, 17, List.of());

        /** One kind of touch in a mix, with its weight. */
        public record Kind(Access access, double weight) {
            public Kind {
                Objects.requireNonNull(access);
                if (access == Access.MIX || !(weight > 0)) throw new IllegalArgumentException("a mix: of other kinds, each with a weight above 0");
            }
        }

        /** The same with another time between two touches. */
        public Touching withThink(Distribution other) {
            return new Touching(threads, Optional.of(other), writes, preFaulted, hotShare, hotTouches, exponent, stride, mix);
        }

        public Touching {
            Objects.requireNonNull(think);
            mix = List.copyOf(mix);
            if (threads < 0 || stride < 1) throw new IllegalArgumentException("threads are not negative, a stride is 1 or more");
            if (!(writes >= 0 && writes <= 1 && hotShare > 0 && hotShare <= 1 && hotTouches >= 0 && hotTouches <= 1 && exponent > 0))
                throw new IllegalArgumentException("a share is from 0 to 1, an exponent above 0");
        }
    }

    /** A guest whose threads touch memory as they do by default. */
    public Guest(long memory, long workingSet, long pageSize, int vcpus, Access access, long dirtyRate, long warmUpNanos, Optional<Steps> steps) {
        this(memory, workingSet, pageSize, vcpus, access, dirtyRate, warmUpNanos, steps, Touching.DEFAULT);
    }

    /** A guest that goes on at its rate. */
    public Guest(long memory, long workingSet, long pageSize, int vcpus, Access access, long dirtyRate, long warmUpNanos) {
        this(memory, workingSet, pageSize, vcpus, access, dirtyRate, warmUpNanos, Optional.empty());
    }

    public Guest {
        Objects.requireNonNull(access);
        Objects.requireNonNull(steps);
        Objects.requireNonNull(touching);
        if (touching.threads() > vcpus) throw new IllegalArgumentException("more threads than vCPUs");
        if ((access == Access.MIX) != !touching.mix().isEmpty()) throw new IllegalArgumentException("a mix has kinds, and nothing else has");
        if (pageSize < 4096 || Long.bitCount(pageSize) != 1) throw new IllegalArgumentException("the page size is a power of two, 4 KiB or more");
        if (memory < pageSize || memory % pageSize != 0) throw new IllegalArgumentException("memory is a multiple of the page size");
        if (workingSet < 0 || workingSet > memory) throw new IllegalArgumentException("the working set is a part of memory");
        if (memory / pageSize > MAX_PAGES) throw new IllegalArgumentException("more than " + MAX_PAGES + " pages");
        if (vcpus < 1 || vcpus > MAX_VCPUS) throw new IllegalArgumentException("1 to " + MAX_VCPUS + " vCPUs");
        if (dirtyRate < 0 || warmUpNanos < 0) throw new IllegalArgumentException("a rate or a time is negative");
    }

    /** The same guest with more or less memory, and another working set, bytes. */
    public Guest sized(long otherMemory, long otherWorkingSet) {
        return new Guest(otherMemory, otherWorkingSet, pageSize, vcpus, access, dirtyRate, warmUpNanos, steps, touching);
    }

    /** The same guest whose threads touch memory in another way. */
    public Guest with(Touching other) {
        return new Guest(memory, workingSet, pageSize, vcpus, access, dirtyRate, warmUpNanos, steps, other);
    }

    /** Page bit sets of this many pages take 32 MiB each. */
    public static final long MAX_PAGES = 1L << 28;

    /** Each vCPU that runs the workload is a lane. */
    public static final int MAX_VCPUS = 256;

    /** vCPUs that touch memory. */
    public int threads() {
        return touching.threads() == 0 ? vcpus : touching.threads();
    }

    /** Number of pages. */
    public int pages() {
        return (int) (memory / pageSize);
    }

    /** Number of pages in the working set, rounded down. */
    public int workingSetPages() {
        return (int) (workingSet / pageSize);
    }
}
