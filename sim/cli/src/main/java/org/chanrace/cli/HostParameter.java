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
import org.chanrace.model.scenario.Paging;
import org.chanrace.model.scenario.Paging.Cost;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.scenario.Tcp;
import org.chanrace.reports.LatencyVariation;

/** A parameter of hosts, network or guest that decides how long page faults take, and how a scenario is with another value of it. */
enum HostParameter {
    LATENCY("network.latency",
            s -> drawn(s.network().latency()),
            (s, factor) -> s.with(s.network().withLatency(Distributions.times(s.network().latency(), factor)))),
    LATENCY_SPREAD("network.latency, spread",
            s -> Distributions.spread(s.network().latency()).map(spread -> LatencyVariation.distribution(s.network().latency())),
            (s, factor) -> s.with(s.network().withLatency(Distributions.spreadTimes(s.network().latency(), factor)))),
    BANDWIDTH("network.bandwidth",
            s -> ifAny(s.network().bandwidth(), LatencyVariation::linkRate),
            (s, factor) -> s.with(s.network().withBandwidth(cut(s.network().bandwidth(), factor)))),
    SEND_BUFFER("network.tcp.send-buffer.max",
            s -> ofTcp(s, tcp -> ifAny(tcp.send().max(), LatencyVariation::bytes)),
            (s, factor) -> tcp(s, tcp -> tcp.withSend(resized(tcp.send(), factor)))),
    RECEIVE_BUFFER("network.tcp.receive-buffer.max",
            s -> ofTcp(s, tcp -> ifAny(tcp.receive().max(), LatencyVariation::bytes)),
            (s, factor) -> tcp(s, tcp -> tcp.withReceive(resized(tcp.receive(), factor)))),
    OVERHEAD("network.tcp.overhead",
            s -> ofTcp(s, tcp -> Optional.of(Double.toString(tcp.overhead()))),
            (s, factor) -> tcp(s, tcp -> tcp.withOverhead(Math.max(1, tcp.overhead() * factor)))) {
        @Override
        String change(Scenario changed, double factor) {
            double overhead = changed.network().tcp().orElseThrow().overhead();
            return overhead == 1 && factor < 1 ? "1" : super.change(changed, factor);
        }
    },
    QUEUEING("network.tcp.queueing",
            s -> ofTcp(s, tcp -> Optional.of(tcp.queueing().text())),
            (s, factor) -> tcp(s, tcp -> tcp.with(other(tcp.queueing())))) {
        @Override
        List<Double> factors() {
            return List.of(TWICE);
        }

        @Override
        String change(Scenario changed, double factor) {
            return changed.network().tcp().orElseThrow().queueing().text();
        }
    },
    QUEUE_LIMIT("network.tcp.queue-limit",
            s -> ofTcp(s, tcp -> ifAny(tcp.queueLimit(), LatencyVariation::bytes)),
            (s, factor) -> tcp(s, tcp -> tcp.withQueueLimit(Math.max(1, cut(tcp.queueLimit(), factor))))),
    RING("network.tcp.ring",
            s -> ofTcp(s, tcp -> ifAny(tcp.ring(), LatencyVariation::bytes)),
            (s, factor) -> tcp(s, tcp -> tcp.withRing(cut(tcp.ring(), factor)))),
    PER_PAGE("host.per-page",
            s -> ifAny(s.host().perPageNanos(), LatencyVariation::duration),
            (s, factor) -> s.with(s.host().withPerPageNanos(Math.round(s.host().perPageNanos() * factor)))),
    WAKE_UP("host.paging.wake-up",
            s -> drawn(s.host().paging().wakeUp()),
            (s, factor) -> paging(s, paging -> paging.withWakeUp(Distributions.times(paging.wakeUp(), factor)))),
    FAULT("host.paging.fault", Cost.FAULT),
    REQUEST("host.paging.request", Cost.REQUEST),
    LOOKUP("host.paging.lookup", Cost.LOOKUP),
    SAVE("host.paging.save-page", Cost.SAVE),
    LOCKED("host.paging.locked", Cost.LOCKED),
    SEND("host.paging.send", Cost.SEND),
    RECEIVE("host.paging.receive", Cost.RECEIVE),
    PLACE("host.paging.place-page", Cost.PLACE),
    COPY("host.paging.copy", Cost.COPY_RATE),
    THINK("guest.think",
            s -> s.guest().touching().think().flatMap(HostParameter::drawn),
            (s, factor) -> s.with(s.guest().with(s.guest().touching().withThink(Distributions.times(s.guest().touching().think().orElseThrow(), factor)))));

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

    HostParameter(String text, Cost cost) {
        this(text,
                s -> ifAny(s.host().paging().of(cost), cost == Cost.COPY_RATE ? LatencyVariation::rate : LatencyVariation::duration),
                (s, factor) -> paging(s, paging -> paging.with(cost, Math.round(paging.of(cost) * factor))));
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
                Scenario changed = parameter.change.apply(scenario, factor).withoutExpectation();
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

    private static Scenario tcp(Scenario scenario, UnaryOperator<Tcp> change) {
        return scenario.with(scenario.network().withTcp(change.apply(scenario.network().tcp().orElseThrow())));
    }

    private static Scenario paging(Scenario scenario, UnaryOperator<Paging> change) {
        return scenario.with(scenario.host().with(change.apply(scenario.host().paging())));
    }

    private static Tcp.Buffer resized(Tcp.Buffer buffer, double factor) {
        long max = Math.max(1, cut(buffer.max(), factor));
        return new Tcp.Buffer(Math.min(buffer.initial(), max), max);
    }

    private static Tcp.Queueing other(Tcp.Queueing queueing) {
        return queueing == Tcp.Queueing.FAIR ? Tcp.Queueing.FIFO : Tcp.Queueing.FAIR;
    }

    private static long cut(long bytes, double factor) {
        return (long) (bytes * factor);
    }

    // Values in words; empty where there is nothing that could be halved.

    private static Optional<String> ofTcp(Scenario scenario, Function<Tcp, Optional<String>> value) {
        return scenario.network().tcp().flatMap(value);
    }

    private static Optional<String> ifAny(long value, LongFunction<String> words) {
        return value == 0 ? Optional.empty() : Optional.of(words.apply(value));
    }

    private static Optional<String> drawn(Distribution distribution) {
        return distribution.expectedNanos() == 0 ? Optional.empty() : Optional.of(LatencyVariation.distribution(distribution));
    }
}
