package org.chanrace.scenarios;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.Guest.Access;
import org.chanrace.model.scenario.Guest.Touching;
import org.chanrace.model.scenario.Guest.Touching.Kind;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Binds {@code guest:}. */
final class GuestBinder {
    private static final double WEIGHT_MAX = 1e9;
    private static final double EXPONENT_MAX = 20;
    private static final Access[] KINDS = Arrays.stream(Access.values()).filter(kind -> kind != Access.MIX).toArray(Access[]::new);

    private final Report report;
    private final DistributionBinder distributions;

    GuestBinder(Report report, DistributionBinder distributions) {
        this.report = report;
        this.distributions = distributions;
    }

    Guest bind(Node node) {
        Fields f = Fields.of(node, Section.GUEST, report);
        Guest d = Guest.DEFAULT;
        long pageSize = f.size("page-size", d.pageSize());
        long memory = f.size("memory", d.memory());
        long workingSet = f.size("working-set", f.has("memory") && pageSize > 0 ? memory / 8 * 7 / pageSize * pageSize : Math.min(d.workingSet(), memory));
        int vcpus = (int) f.whole("vcpus", 1, Guest.MAX_VCPUS, d.vcpus());
        List<Kind> mix = f.value("access").filter(MappingNode.class::isInstance).map(this::mix).orElse(List.of());
        Access access = !mix.isEmpty() ? Access.MIX : f.value("access").filter(MappingNode.class::isInstance).isPresent() ? d.access()
                : f.scalar("access", GuestBinder::kind, d.access());
        long dirtyRate = f.rate("dirty-rate", d.dirtyRate());
        long warmUp = f.time("warm-up", d.warmUpNanos());
        Optional<Guest.Steps> steps = f.value("steps").map(this::steps);
        Touching touching = touching(f, vcpus, access, mix);

        boolean possible = isPossible(f, memory, workingSet, pageSize);
        return possible ? new Guest(memory, workingSet, pageSize, vcpus, access, dirtyRate, warmUp, steps, touching) : d;
    }

    private static Access kind(String text) throws BadValue {
        if (text.equals(Access.MIX.text())) throw new BadValue("a mix names its kinds and their weights", "as in {random: 3, sequential: 1}");
        return Fields.word(text, "'access' cannot be ", KINDS, Access::text);
    }

    /** Kinds with their weights, in the order of the file. */
    private List<Kind> mix(Node node) {
        Fields f = Fields.of(node, Section.MIX, report);
        if (f.given().isEmpty() && f.node() instanceof MappingNode mapping && mapping.getValue().isEmpty())
            report.at(node, "a mix has at least one kind", "as in {random: 3, sequential: 1}");
        List<Kind> kinds = new ArrayList<>();
        for (String key : f.given()) {
            Access kind = Arrays.stream(KINDS).filter(k -> k.text().equals(key)).findFirst().orElseThrow();
            kinds.add(new Kind(kind, f.decimal(key, 0, WEIGHT_MAX, 1)));
        }
        return kinds;
    }

    private Touching touching(Fields f, int vcpus, Access access, List<Kind> mix) {
        Touching d = Touching.DEFAULT;
        int threads = (int) f.whole("threads", 1, Guest.MAX_VCPUS, d.threads());
        if (threads > vcpus) {
            report.at(f.value("threads").orElseThrow(), "'threads' are vCPUs that run the workload: the guest has " + vcpus);
            threads = vcpus;
        }
        onlyWith(f, "hot-set", Access.HOT_SET, access, mix);
        onlyWith(f, "zipf", Access.ZIPF, access, mix);
        onlyWith(f, "stride", Access.STRIDED, access, mix);
        Optional<Fields> hot = f.value("hot-set").map(n -> Fields.of(n, Section.HOT_SET, report));
        Optional<Fields> zipf = f.value("zipf").map(n -> Fields.of(n, Section.ZIPF, report));
        return new Touching(
                threads, f.value("think").map(n -> think(f, n)), f.scalar("writes", Quantities::share, d.writes()), f.flag("pre-faulted", d.preFaulted()),
                hot.map(h -> h.scalar("share", GuestBinder::above0, d.hotShare())).orElse(d.hotShare()),
                hot.map(h -> h.scalar("touches", Quantities::share, d.hotTouches())).orElse(d.hotTouches()),
                zipf.map(z -> z.decimal("exponent", 0, EXPONENT_MAX, d.exponent())).orElse(d.exponent()),
                (int) f.whole("stride", 1, Guest.MAX_PAGES, d.stride()), mix);
    }

    private void onlyWith(Fields f, String key, Access kind, Access access, List<Kind> mix) {
        if (access == kind || mix.stream().anyMatch(k -> k.access() == kind)) return;
        f.value(key).ifPresent(n -> report.at(n, "'" + key + "' goes only with 'access: " + kind.text() + "', or a mix with it"));
    }

    private Distribution think(Fields f, Node node) {
        if (f.has("dirty-rate")) report.at(node, "either 'think' or 'dirty-rate' goes here, not both", "each of them says how fast pages are touched");
        int problems = report.count();
        Distribution think = distributions.bind(node);
        if (report.count() == problems && !takesTime(think)) report.at(node, "'think' is above 0");
        return think;
    }

    private static double above0(String text) throws BadValue {
        double share = Quantities.share(text);
        if (share == 0) throw new BadValue("'share' is above 0");
        return share;
    }

    /** Whether it may be above 0: a thread that never thinks would touch for ever without any time going by. */
    static boolean takesTime(Distribution d) {
        if (d instanceof Distribution.Constant constant) return constant.nanos() > 0;
        if (d instanceof Distribution.Uniform uniform) return uniform.toNanos() > 0;
        if (d instanceof Distribution.Empirical empirical) return empirical.sortedNanos().get(empirical.sortedNanos().size() - 1) > 0;
        return !(d instanceof Distribution.Mixture mixture) || mixture.parts().stream().anyMatch(part -> takesTime(part.of()));
    }

    private Guest.Steps steps(Node node) {
        Fields f = Fields.of(node, Section.STEPS, report);
        return new Guest.Steps((int) f.whole("writes", 0, Guest.Steps.MAX, 0), (int) f.whole("faults", 0, Guest.Steps.MAX, 0),
                (int) f.whole("device-faults", 0, 1, 0));
    }

    private boolean isPossible(Fields guest, long memory, long workingSet, long pageSize) {
        if (pageSize < 4096 || Long.bitCount(pageSize) != 1)
            return impossible(guest, "page-size", "the page size is a power of two, 4 KiB or more: 4 KiB, 2 MiB, 1 GiB");
        if (memory == 0) return impossible(guest, "memory", "a guest has memory: it cannot be 0");
        if (memory < pageSize || memory % pageSize != 0)
            return impossible(guest, "memory", "memory is a multiple of the page size, " + Quantities.size(pageSize));
        if (memory / pageSize > Guest.MAX_PAGES)
            return impossible(guest, "memory", "the guest would have " + memory / pageSize + " pages of " + Quantities.size(pageSize) + "; at most "
                    + Guest.MAX_PAGES + " are simulated");
        if (workingSet > memory)
            return impossible(guest, "working-set", "the working set is a part of memory, which has " + Quantities.size(memory));
        return true;
    }

    private boolean impossible(Fields guest, String key, String message) {
        report.at(guest.value(key).orElse(guest.node()), message);
        return false;
    }
}
