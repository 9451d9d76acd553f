package org.chanrace.generate;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.chanrace.model.scenario.Bounds;
import org.chanrace.model.scenario.Capability;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.Host;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.Pairing;
import org.chanrace.model.scenario.RunLimits;
import org.chanrace.model.scenario.Scenario;

/**
 * Makes sensible scenarios of choices: real releases with a machine type that both know, or releases with a trait or two of another; small
 * guests; networks of this world; an operator who does things in an order that makes sense.
 *
 * <p>When all choices are 0, the scenario is the plainest: the first release to itself, QEMU's own parameters, a quiet network, a guest of
 * 64 KiB, and nothing done besides {@code migrate}.
 *
 * <p>A generator has no state and can be used by several threads.
 */
public final class ScenarioGenerator {
    /** Enough for a small guest and a recovery or two; what goes round in circles ends soon. */
    public static final RunLimits LIMITS = new RunLimits(30_000_000_000L, 4_500_000_000L, 2_000_000);

    private static final int PAGES_MIN = 16;
    private static final int PAGES_MAX = 4_096;
    private static final long PAGE = 4_096;
    private static final long HUGE_PAGES_MIN = 4;
    private static final int VCPUS_MAX = 4;
    private static final int STEPS_MAX = 8;

    /** Simplest first. */
    private static final List<Guest.Access> ACCESSES =
            List.of(Guest.Access.SEQUENTIAL, Guest.Access.STRIDED, Guest.Access.RANDOM, Guest.Access.HOT_SET, Guest.Access.ZIPF);

    private static final Host QUIET = new Host(new Distribution.Constant(100 * Draw.US), 400, 5 * Draw.MS, 3 * Draw.MS);

    private final Swarm swarm;
    private final Function<Draw, Scenario> scenarios;
    private final Function<Draw, Sides> sides;

    private ScenarioGenerator(Swarm swarm, Function<Draw, Scenario> scenarios, Function<Draw, Sides> sides) {
        this.swarm = Objects.requireNonNull(swarm);
        this.scenarios = scenarios;
        this.sides = sides;
    }

    /** Scenarios between any two shipped releases. */
    public static ScenarioGenerator of(Swarm swarm) {
        return ofSides(swarm, draw -> {
            PairingDraw pairing = new PairingDraw(draw);
            return pairing.between(pairing.anyPair());
        });
    }

    /**
     * Scenarios between certain releases.
     *
     * @param pairs at least one, the simplest first
     */
    public static ScenarioGenerator between(List<Pairing> pairs, Swarm swarm) {
        List<Pairing> given = List.copyOf(pairs);
        if (given.isEmpty()) throw new IllegalArgumentException("at least one pair of releases");
        return ofSides(swarm, draw -> new PairingDraw(draw).between(draw.oneOf("pair of releases", given)));
    }

    private static ScenarioGenerator ofSides(Swarm swarm, Function<Draw, Sides> sides) {
        return new ScenarioGenerator(swarm, draw -> between(sides.apply(draw), draw), sides);
    }

    /**
     * A scenario disturbed: with its pairing, guest and limits, in a network, on hosts and with an operator who may do more. When all
     * choices are 0 it is the scenario itself; what it expected is not expected any more.
     */
    public static ScenarioGenerator around(Scenario base, Swarm swarm) {
        Sides sides = new Sides(base.source(), base.destination(), base.machine(), base.parameters());
        return new ScenarioGenerator(swarm, draw -> disturbed(base, draw), draw -> sides);
    }

    /** The scenario that these choices make. */
    public Scenario generate(Choices choices) {
        return scenarios.apply(new Draw(choices, swarm));
    }

    /** The two sides of the scenario that these choices make. */
    public Sides sides(Choices choices) {
        return sides.apply(new Draw(choices, swarm));
    }

    private static Scenario between(Sides p, Draw draw) {
        NetworkDraw networks = new NetworkDraw(draw, p.source());
        OperatorDraw operator = new OperatorDraw(draw, networks);
        Guest guest = guest(draw);
        List<OperatorEvent> start = operator.start(p.source().has(Capability.POSTCOPY_RAM));
        return new Scenario("generated", "", "", p.source(), p.destination(), p.machine(), p.parameters(), false, networks.network(Network.DEFAULT), guest, networks.host(QUIET),
                operator.disturbed(start, p.source()), LIMITS, Optional.empty(), bounds(Bounds.NONE, draw), List.of(), List.of());
    }

    private static Scenario disturbed(Scenario s, Draw draw) {
        NetworkDraw networks = new NetworkDraw(draw, s.source());
        return new Scenario(s.name(), s.title(), s.because(), s.source(), s.destination(), s.machine(), s.parameters(), s.tls(), networks.network(s.network()), s.guest(),
                networks.host(s.host()), new OperatorDraw(draw, networks).disturbed(s.events(), s.source()), s.limits(), Optional.empty(), bounds(s.bounds(), draw), List.of(),
                List.of());
    }

    private static Guest guest(Draw draw) {
        int smallPages = PAGES_MIN + draw.upTo(PAGES_MAX - PAGES_MIN, "pages");
        int percent = draw.upTo(100, "working set, percent");
        int vcpus = 1 + draw.upTo(draw.has(Feature.SEVERAL_VCPUS) ? VCPUS_MAX - 1 : 0, "further vCPUs");
        Guest.Access access = draw.oneOf("access", ACCESSES);
        long rate = draw.upTo(100, "dirty rate, MB/s") * Draw.MB;
        long warmUp = draw.millis(500, "warm-up");
        Optional<Guest.Steps> steps = steps(draw);
        long page = draw.oneOf("page size", draw.plainOr(PAGE, Feature.HUGE_PAGES, List.of(16 * PAGE, 512 * PAGE)));
        // As much memory, but enough pages that something can happen to them.
        long pages = Math.max(page == PAGE ? 1 : HUGE_PAGES_MIN, smallPages * PAGE / page);
        Guest plain = new Guest(pages * page, pages * percent / 100 * page, page, vcpus, access, rate, warmUp, steps);
        return new TouchingDraw(draw).guest(plain);
    }

    private static Optional<Guest.Steps> steps(Draw draw) {
        boolean inSteps = draw.once(2, "whether the guest acts in steps");
        Guest.Steps steps = new Guest.Steps(draw.upTo(STEPS_MAX, "writes"), draw.upTo(STEPS_MAX, "faults"), draw.upTo(1, "device faults"));
        return inSteps && draw.has(Feature.GUEST_STEPS) ? Optional.of(steps) : Optional.empty();
    }

    /** The bounds that are given, or others that are as small as they are. */
    private static Bounds bounds(Bounds given, Draw draw) {
        boolean areOther = draw.once(2, "whether the bounds are others");
        OptionalInt pages = OptionalInt.of(1 + draw.upTo(3, "pages of the small instance"));
        OptionalInt rounds = OptionalInt.of(draw.upTo(2, "precopy rounds of the small instance"));
        OptionalInt faults = OptionalInt.of(draw.upTo(2, "faults of the small instance"));
        OptionalInt deviceFaults = OptionalInt.of(draw.upTo(1, "device faults of the small instance"));
        if (!areOther || !draw.has(Feature.BOUNDS)) return given;
        return new Bounds(pages, rounds, faults, deviceFaults, given.unreadPages(), given.networkCuts(), given.synLosses(), given.operator(), given.finds());
    }
}
