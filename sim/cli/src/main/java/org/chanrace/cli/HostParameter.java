package org.chanrace.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.Guest.Touching;
import org.chanrace.model.scenario.Host;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.Paging;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.scenario.Tcp;
import org.chanrace.reports.LatencyVariation;

/** A parameter of hosts, network or guest that decides how long page faults take, and how a scenario is with another value of it. */
enum HostParameter {
    LATENCY("network.latency", s -> drawn(s.network().latency()), (s, f) -> latency(s, Distributions.times(s.network().latency(), f))),
    LATENCY_SPREAD("network.latency, spread", s -> Distributions.spread(s.network().latency()).map(spread -> LatencyVariation.distribution(s.network().latency())), (s, f) -> latency(s, Distributions.spreadTimes(s.network().latency(), f))),
    BANDWIDTH("network.bandwidth", s -> ifAny(s.network().bandwidth(), LatencyVariation::linkRate), (s, f) -> bandwidth(s, (long) (s.network().bandwidth() * f))),
    SEND_BUFFER("network.tcp.send-buffer.max", s -> ofTcp(s, t -> ifAny(t.send().max(), LatencyVariation::bytes)), (s, f) -> tcp(s, t -> with(t, resized(t.send(), f), t.receive(), t.overhead(), t.queueing(), t.queueLimit(), t.ring()))),
    RECEIVE_BUFFER("network.tcp.receive-buffer.max", s -> ofTcp(s, t -> ifAny(t.receive().max(), LatencyVariation::bytes)), (s, f) -> tcp(s, t -> with(t, t.send(), resized(t.receive(), f), t.overhead(), t.queueing(), t.queueLimit(), t.ring()))),
    OVERHEAD("network.tcp.overhead", s -> ofTcp(s, t -> Optional.of(Double.toString(t.overhead()))), (s, f) -> tcp(s, t -> with(t, t.send(), t.receive(), Math.max(1, t.overhead() * f), t.queueing(), t.queueLimit(), t.ring()))) {
        @Override
        String change(Scenario changed, double factor) {
            double overhead = changed.network().tcp().orElseThrow().overhead();
            return overhead == 1 && factor < 1 ? "1" : super.change(changed, factor);
        }
    },
    QUEUEING("network.tcp.queueing", s -> ofTcp(s, t -> Optional.of(t.queueing().text())), (s, f) -> tcp(s, t -> with(t, t.send(), t.receive(), t.overhead(), other(t.queueing()), t.queueLimit(), t.ring()))) {
        @Override
        List<Double> factors() {
            return List.of(2.0);
        }

        @Override
        String change(Scenario changed, double factor) {
            return changed.network().tcp().orElseThrow().queueing().text();
        }
    },
    QUEUE_LIMIT("network.tcp.queue-limit", s -> ofTcp(s, t -> ifAny(t.queueLimit(), LatencyVariation::bytes)), (s, f) -> tcp(s, t -> with(t, t.send(), t.receive(), t.overhead(), t.queueing(), Math.max(1, (long) (t.queueLimit() * f)), t.ring()))),
    RING("network.tcp.ring", s -> ofTcp(s, t -> ifAny(t.ring(), LatencyVariation::bytes)), (s, f) -> tcp(s, t -> with(t, t.send(), t.receive(), t.overhead(), t.queueing(), t.queueLimit(), (long) (t.ring() * f)))),
    PER_PAGE("host.per-page", s -> nanos(s.host().perPageNanos()), (s, f) -> {
        Host h = s.host();
        return with(s, s.network(), s.guest(), new Host(h.wakeUp(), scaled(h.perPageNanos(), f), h.deviceStateNanos(), h.startDelayNanos(), h.paging(), h.relay()));
    }),
    WAKE_UP("host.paging.wake-up", s -> drawn(s.host().paging().wakeUp()), (s, f) -> paging(s, p -> new Paging(
            Distributions.times(p.wakeUp(), f), p.faultNanos(), p.requestNanos(), p.lookupNanos(), p.saveNanos(), p.lockedNanos(), p.sendNanos(), p.receiveNanos(), p.placeNanos(), p.copyRate()))),
    FAULT("host.paging.fault", s -> nanos(s.host().paging().faultNanos()), (s, f) -> costs(s, 0, f)),
    REQUEST("host.paging.request", s -> nanos(s.host().paging().requestNanos()), (s, f) -> costs(s, 1, f)),
    LOOKUP("host.paging.lookup", s -> nanos(s.host().paging().lookupNanos()), (s, f) -> costs(s, 2, f)),
    SAVE("host.paging.save-page", s -> nanos(s.host().paging().saveNanos()), (s, f) -> costs(s, 3, f)),
    LOCKED("host.paging.locked", s -> nanos(s.host().paging().lockedNanos()), (s, f) -> costs(s, 4, f)),
    SEND("host.paging.send", s -> nanos(s.host().paging().sendNanos()), (s, f) -> costs(s, 5, f)),
    RECEIVE("host.paging.receive", s -> nanos(s.host().paging().receiveNanos()), (s, f) -> costs(s, 6, f)),
    PLACE("host.paging.place-page", s -> nanos(s.host().paging().placeNanos()), (s, f) -> costs(s, 7, f)),
    COPY("host.paging.copy", s -> ifAny(s.host().paging().copyRate(), LatencyVariation::rate), (s, f) -> costs(s, 8, f)),
    THINK("guest.think", s -> s.guest().touching().think().flatMap(HostParameter::drawn), (s, f) -> {
        Guest g = s.guest();
        Touching t = g.touching();
        Touching other = new Touching(t.threads(), t.think().map(d -> Distributions.times(d, f)), t.writes(), t.preFaulted(), t.hotShare(), t.hotTouches(), t.exponent(), t.stride(), t.mix());
        return with(s, s.network(), new Guest(g.memory(), g.workingSet(), g.pageSize(), g.vcpus(), g.access(), g.dirtyRate(), g.warmUpNanos(), g.steps(), other), s.host());
    });

    private static final double HALF = 0.5;
    private static final double TWICE = 2;

    private final String text;
    private final Function<Scenario, Optional<String>> value;
    private final BiFunction<Scenario, Double, Scenario> change;

    HostParameter(String text, Function<Scenario, Optional<String>> value, BiFunction<Scenario, Double, Scenario> change) {
        this.text = text;
        this.value = value;
        this.change = change;
    }

    /** The name, after the scenario language. */
    String text() {
        return text;
    }

    /** A scenario with one parameter changed, and how. */
    record Varied(Scenario scenario, LatencyVariation variation) {}

    /** The scenario with each of these parameters halved, then doubled; those that have no value in it are left out. */
    static List<Varied> of(Scenario scenario, List<HostParameter> parameters) {
        List<Varied> all = new ArrayList<>();
        for (HostParameter parameter : parameters) {
            Optional<String> value = parameter.value.apply(scenario);
            if (value.isEmpty()) continue;
            for (double factor : parameter.factors()) {
                Scenario changed = parameter.change.apply(scenario, factor);
                all.add(new Varied(changed, new LatencyVariation(parameter.text, value.get(), parameter.change(changed, factor), factor > 1)));
            }
        }
        return all;
    }

    /** The parameter of this name. */
    static Optional<HostParameter> named(String text) {
        return Arrays.stream(values()).filter(p -> p.text.equals(text)).findFirst();
    }

    List<Double> factors() {
        return List.of(HALF, TWICE);
    }

    String change(Scenario changed, double factor) {
        return factor < 1 ? "halved" : "doubled";
    }

    // How a scenario is changed.

    private static Scenario with(Scenario s, Network network, Guest guest, Host host) {
        return new Scenario(s.name(), s.title(), s.because(), s.source(), s.destination(), s.machine(), s.parameters(), s.tls(), network, guest, host, s.events(), s.limits(),
                Optional.empty(), s.bounds(), List.of(), List.of());
    }

    private static Scenario latency(Scenario s, Distribution latency) {
        return with(s, s.network().withLatency(latency), s.guest(), s.host());
    }

    private static Scenario bandwidth(Scenario s, long bandwidth) {
        Network n = s.network();
        return with(s, new Network(n.latency(), bandwidth, n.loss(), n.backlog(), n.sendBuffer(), n.receiveBuffer(), n.hops(), n.relay(), n.tcp()), s.guest(), s.host());
    }

    private static Scenario tcp(Scenario s, UnaryOperator<Tcp> change) {
        Network n = s.network();
        return with(s, new Network(n.latency(), n.bandwidth(), n.loss(), n.backlog(), n.sendBuffer(), n.receiveBuffer(), n.hops(), n.relay(), n.tcp().map(change)), s.guest(), s.host());
    }

    private static Tcp with(Tcp t, Tcp.Buffer send, Tcp.Buffer receive, double overhead, Tcp.Queueing queueing, long queueLimit, long ring) {
        return new Tcp(send, receive, overhead, t.initialWindow(), t.segment(), t.restartsAfterIdle(), queueing, queueLimit, ring);
    }

    private static Tcp.Buffer resized(Tcp.Buffer buffer, double factor) {
        long max = Math.max(1, (long) (buffer.max() * factor));
        return new Tcp.Buffer(Math.min(buffer.initial(), max), max);
    }

    private static Tcp.Queueing other(Tcp.Queueing queueing) {
        return queueing == Tcp.Queueing.FAIR ? Tcp.Queueing.FIFO : Tcp.Queueing.FAIR;
    }

    private static Scenario paging(Scenario s, UnaryOperator<Paging> change) {
        Host h = s.host();
        return with(s, s.network(), s.guest(), new Host(h.wakeUp(), h.perPageNanos(), h.deviceStateNanos(), h.startDelayNanos(), change.apply(h.paging()), h.relay()));
    }

    /** Costs of the steps in the order of {@link Paging}, the one of this number changed. */
    private static Scenario costs(Scenario s, int number, double factor) {
        return paging(s, p -> {
            long[] c = {p.faultNanos(), p.requestNanos(), p.lookupNanos(), p.saveNanos(), p.lockedNanos(), p.sendNanos(), p.receiveNanos(), p.placeNanos(), p.copyRate()};
            c[number] = scaled(c[number], factor);
            return new Paging(p.wakeUp(), c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8]);
        });
    }

    private static long scaled(long value, double factor) {
        return Math.round(value * factor);
    }

    // Values in words; empty where there is nothing that could be halved.

    private static Optional<String> ofTcp(Scenario s, Function<Tcp, Optional<String>> value) {
        return s.network().tcp().flatMap(value);
    }

    private static Optional<String> nanos(long nanos) {
        return ifAny(nanos, LatencyVariation::duration);
    }

    private static Optional<String> ifAny(long value, LongFunction<String> words) {
        return value == 0 ? Optional.empty() : Optional.of(words.apply(value));
    }

    private static Optional<String> drawn(Distribution distribution) {
        return distribution.expectedNanos() == 0 ? Optional.empty() : Optional.of(LatencyVariation.distribution(distribution));
    }
}
