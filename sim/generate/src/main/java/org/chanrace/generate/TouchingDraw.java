package org.chanrace.generate;

import java.util.List;
import java.util.Optional;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.Guest.Access;
import org.chanrace.model.scenario.Guest.Touching;
import org.chanrace.model.scenario.Guest.Touching.Kind;

/** Draws how a guest's threads touch its memory. */
final class TouchingDraw {
    private static final int STRIDE_MAX = 64;

    /** Simplest first. */
    private static final List<List<Kind>> MIXES = List.of(
            List.of(),
            List.of(new Kind(Access.RANDOM, 3), new Kind(Access.SEQUENTIAL, 1)),
            List.of(new Kind(Access.STRIDED, 1), new Kind(Access.HOT_SET, 2), new Kind(Access.ZIPF, 0.5)));

    private static final List<Optional<Distribution>> THINKS = List.of(
            Optional.empty(), Optional.of(new Distribution.Constant(500 * Draw.US)), Optional.of(new Distribution.Exponential(Draw.MS)),
            Optional.of(new Distribution.Lognormal(200 * Draw.US, 1)));

    private final Draw draw;

    TouchingDraw(Draw draw) {
        this.draw = draw;
    }

    /** The guest, whose threads may touch its memory in another way. */
    Guest guest(Guest plain) {
        Touching d = Touching.DEFAULT;
        int threads = draw.upTo(plain.vcpus(), "vCPUs that run the workload");
        Optional<Distribution> think = draw.oneOf("time between touches", THINKS);
        int reads = draw.upTo(100, "share of reads, percent");
        boolean preFaulted = draw.once(2, "whether the working set was written before");
        double hotShare = draw.oneOf("share that is hot", List.of(d.hotShare(), 0.01, 0.5, 1.0));
        double hotTouches = draw.oneOf("share of touches that are hot", List.of(d.hotTouches(), 0.0, 0.5, 1.0));
        double exponent = draw.oneOf("exponent", List.of(d.exponent(), 0.5, 2.0));
        int stride = draw.oneOf("whether the stride is another", List.of(d.stride(), 1 + draw.upTo(STRIDE_MAX, "stride")));
        List<Kind> mix = draw.oneOf("mix of accesses", MIXES);
        if (!draw.has(Feature.TOUCHING)) return plain;
        Access access = mix.isEmpty() ? plain.access() : Access.MIX;
        // What only some kinds of access have is as usual without them; a rate says nothing beside the time between touches.
        boolean isHot = has(access, mix, Access.HOT_SET);
        Touching touching = new Touching(
                threads, think, (100 - reads) / 100.0, preFaulted, isHot ? hotShare : d.hotShare(), isHot ? hotTouches : d.hotTouches(),
                has(access, mix, Access.ZIPF) ? exponent : d.exponent(), has(access, mix, Access.STRIDED) ? stride : d.stride(), mix);
        return new Guest(
                plain.memory(), plain.workingSet(), plain.pageSize(), plain.vcpus(), access, think.isPresent() ? Guest.DEFAULT.dirtyRate() : plain.dirtyRate(), plain.warmUpNanos(),
                plain.steps(), touching);
    }

    private static boolean has(Access access, List<Kind> mix, Access kind) {
        return access == kind || mix.stream().anyMatch(k -> k.access() == kind);
    }
}
