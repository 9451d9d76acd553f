package org.chanrace.generate;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.chanrace.model.scenario.Capability;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.Host;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.OperatorEvent;
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
    private static final int VCPUS_MAX = 4;

    /** Simplest first. */
    private static final List<Guest.Access> ACCESSES =
            List.of(Guest.Access.SEQUENTIAL, Guest.Access.STRIDED, Guest.Access.RANDOM, Guest.Access.HOT_SET, Guest.Access.ZIPF);

    private static final Host QUIET = new Host(new Distribution.Constant(100 * Draw.US), 400, 5 * Draw.MS, 3 * Draw.MS);

    private final Swarm swarm;
    private final Function<Draw, Scenario> scenarios;
    private final Function<Draw, Pairing> pairings;

    private ScenarioGenerator(Swarm swarm, Function<Draw, Scenario> scenarios, Function<Draw, Pairing> pairings) {
        this.swarm = Objects.requireNonNull(swarm);
        this.scenarios = scenarios;
        this.pairings = pairings;
    }

    /** Scenarios between any two shipped releases. */
    public static ScenarioGenerator of(Swarm swarm) {
        return ofPairings(swarm, draw -> {
            PairingDraw pairing = new PairingDraw(draw);
            return pairing.between(pairing.anyPair());
        });
    }

    /**
     * Scenarios between certain releases.
     *
     * @param pairs at least one, the simplest first
     */
    public static ScenarioGenerator between(List<ReleasePair> pairs, Swarm swarm) {
        List<ReleasePair> given = List.copyOf(pairs);
        if (given.isEmpty()) throw new IllegalArgumentException("at least one pair of releases");
        return ofPairings(swarm, draw -> new PairingDraw(draw).between(draw.oneOf("pair of releases", given)));
    }

    private static ScenarioGenerator ofPairings(Swarm swarm, Function<Draw, Pairing> pairings) {
        return new ScenarioGenerator(swarm, draw -> between(pairings.apply(draw), draw), pairings);
    }

    /**
     * A scenario disturbed: with its pairing, guest and limits, in a network, on hosts and with an operator who may do more. When all
     * choices are 0 it is the scenario itself; what it expected is not expected any more.
     */
    public static ScenarioGenerator around(Scenario base, Swarm swarm) {
        Pairing pairing = new Pairing(base.source(), base.destination(), base.machine(), base.parameters());
        return new ScenarioGenerator(swarm, draw -> disturbed(base, draw), draw -> pairing);
    }

    /** The scenario that these choices make. */
    public Scenario generate(Choices choices) {
        return scenarios.apply(new Draw(choices, swarm));
    }

    /** The pairing of the scenario that these choices make. */
    public Pairing pairing(Choices choices) {
        return pairings.apply(new Draw(choices, swarm));
    }

    private static Scenario between(Pairing p, Draw draw) {
        NetworkDraw networks = new NetworkDraw(draw);
        OperatorDraw operator = new OperatorDraw(draw, networks);
        Guest guest = guest(draw);
        List<OperatorEvent> start = operator.start(p.source().has(Capability.POSTCOPY_RAM));
        return new Scenario("generated", "", "", p.source(), p.destination(), p.machine(), p.parameters(), false, networks.network(Network.DEFAULT), guest, networks.host(QUIET),
                operator.disturbed(start, p.source().release()), LIMITS, Optional.empty());
    }

    private static Scenario disturbed(Scenario s, Draw draw) {
        NetworkDraw networks = new NetworkDraw(draw);
        return new Scenario(s.name(), s.title(), s.because(), s.source(), s.destination(), s.machine(), s.parameters(), s.tls(), networks.network(s.network()), s.guest(),
                networks.host(s.host()), new OperatorDraw(draw, networks).disturbed(s.events(), s.source().release()), s.limits(), Optional.empty());
    }

    private static Guest guest(Draw draw) {
        int pages = PAGES_MIN + draw.upTo(PAGES_MAX - PAGES_MIN, "pages");
        int percent = draw.upTo(100, "working set, percent");
        int vcpus = 1 + draw.upTo(draw.has(Feature.SEVERAL_VCPUS) ? VCPUS_MAX - 1 : 0, "further vCPUs");
        Guest.Access access = draw.oneOf("access", ACCESSES);
        long rate = draw.upTo(100, "dirty rate, MB/s") * Draw.MB;
        return new Guest(pages * PAGE, (long) pages * percent / 100 * PAGE, PAGE, vcpus, access, rate, draw.millis(500, "warm-up"));
    }
}
