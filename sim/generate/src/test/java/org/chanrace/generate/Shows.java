package org.chanrace.generate;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.chanrace.model.release.MachineVersion;
import org.chanrace.model.scenario.Bounds;
import org.chanrace.model.scenario.Capability;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Endpoint;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.OperatorEvent.Action;
import org.chanrace.model.scenario.Scenario;

/** Which features a scenario shows. */
final class Shows {
    private Shows() {}

    /** Whether it shows one; a case for every feature, or this does not compile. */
    static boolean shows(Scenario s, Feature feature) {
        Network n = s.network();
        Network d = Network.DEFAULT;
        return switch (feature) {
            case RELAY_NATURAL -> relay(s, Relay.Natural.class);
            case RELAY_SWAP -> relay(s, Relay.Swap.class);
            case RELAY_MAIN_LAST -> relay(s, Relay.MainLast.class);
            case RELAY_DELAY -> relay(s, Relay.Delay.class);
            case RELAY_DROP -> relay(s, Relay.Drop.class);
            case RELAY_RESET -> relay(s, Relay.Reset.class);
            case HOPS -> !n.hops().isEmpty();
            case LATENCY_CONSTANT -> n.latency() instanceof Distribution.Constant && !n.latency().equals(d.latency());
            case LATENCY_UNIFORM -> n.latency() instanceof Distribution.Uniform;
            case LATENCY_NORMAL -> n.latency() instanceof Distribution.Normal;
            case LATENCY_LOGNORMAL -> n.latency() instanceof Distribution.Lognormal;
            case LATENCY_EXPONENTIAL -> n.latency() instanceof Distribution.Exponential;
            case LATENCY_PARETO -> n.latency() instanceof Distribution.Pareto;
            case LATENCY_MIXTURE -> n.latency() instanceof Distribution.Mixture;
            case BANDWIDTHS -> n.bandwidth() != d.bandwidth();
            case BUFFERS -> n.sendBuffer() != d.sendBuffer() || n.receiveBuffer() != d.receiveBuffer();
            case BACKLOGS -> n.backlog().isPresent();
            case HANDSHAKE_LOSS -> !n.loss().equals(Network.Loss.NONE);
            case HOSTS -> !s.host().wakeUp().equals(new Distribution.Constant(100_000)) || s.host().perPageNanos() != 400;
            case SYN_LOSSES -> does(s, a -> a instanceof Action.LoseSyn);
            case LOST_DATA -> does(s, a -> a instanceof Action.BreakNetwork broken && broken.loses() != Action.BreakNetwork.Loses.NOTHING);
            case BREAKS -> does(s, a -> a instanceof Action.BreakNetwork);
            case CUTS -> does(s, a -> a instanceof Action.CutNetwork);
            case CANCELS -> does(s, a -> a instanceof Action.Cancel);
            case PAUSES -> does(s, a -> a instanceof Action.Pause);
            case RECOVERIES -> does(s, a -> a instanceof Action.Recover);
            case RESUMES -> does(s, a -> a instanceof Action.Resume);
            case ATTEMPTS -> does(s, a -> a instanceof Action.Migrate);
            case PROBES -> does(s, a -> a instanceof Action.Probe);
            case PARAMETER_CHANGES -> does(s, a -> a instanceof Action.SetParameters);
            case PROPERTY_BY_HAND -> sides(s).anyMatch(e -> !e.properties().isEmpty());
            case DIFFERING_CAPABILITIES -> !s.source().capabilities().equals(s.destination().capabilities());
            case MACHINE_TYPES -> sides(s).noneMatch(e -> e.release().newestMachine().equals(machine(s)));
            case CUSTOM_RELEASES -> sides(s).anyMatch(e -> e.release().derivation().isPresent());
            case SEVERAL_VCPUS -> s.guest().vcpus() > 1;
            case GUEST_STEPS -> s.guest().steps().isPresent();
            case BOUNDS -> !s.bounds().equals(Bounds.NONE);
        };
    }

    /** Whether the source can do anything that there is preempt for. */
    static boolean hasPreempt(Scenario s) {
        return s.source().has(Capability.POSTCOPY_PREEMPT);
    }

    static boolean does(Scenario s, Predicate<Action> what) {
        return s.events().stream().anyMatch(e -> what.test(e.action()));
    }

    static MachineVersion machine(Scenario s) {
        return MachineVersion.of(s.machine()).orElseThrow();
    }

    static Stream<Endpoint> sides(Scenario s) {
        return Stream.of(s.source(), s.destination());
    }

    private static boolean relay(Scenario s, Class<? extends Relay> kind) {
        return kind.isInstance(s.network().relay()) || does(s, a -> a.opensThrough().filter(kind::isInstance).isPresent());
    }

    /** All that it shows. */
    static Swarm all(Scenario s) {
        return Swarm.of(Arrays.stream(Feature.values()).filter(f -> shows(s, f)).toArray(Feature[]::new));
    }
}
