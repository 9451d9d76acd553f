package org.chanrace.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.chanrace.model.scenario.Capability;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Endpoint;
import org.chanrace.model.scenario.Expectation;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.Pairing;
import org.chanrace.model.scenario.Paging;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.scenario.Tcp;

/** What a scenario asks for, in words. */
final class ScenarioWords {
    private ScenarioWords() {}

    /** {@code 7.2.0 → 8.0-rc1}. */
    static String pairing(Scenario scenario) {
        return new Pairing(scenario.source().release(), scenario.destination().release()).words();
    }

    /** A side with its release, capabilities and properties. */
    static String endpoint(Endpoint endpoint) {
        StringBuilder out = new StringBuilder("QEMU ").append(endpoint.release().name());
        endpoint.release().derivation().filter(d -> !d.byValue()).ifPresent(d -> out.append(" (").append(d.base()).append(" with ")
                .append(d.changes().entrySet().stream().map(e -> e.getKey().key() + " = " + e.getValue()).collect(Collectors.joining(", ")))
                .append(')'));
        String capabilities = endpoint.capabilities().stream().map(Capability::text).collect(Collectors.joining(", "));
        out.append(capabilities.isEmpty() ? "; no capability" : "; " + capabilities);
        endpoint.properties().forEach((name, on) -> out.append("; ").append(name).append(" forced ").append(on ? "on" : "off"));
        return out.toString();
    }

    /** What the middle box does. */
    static String relay(Network.Relay relay) {
        if (relay instanceof Network.Relay.Natural) return "natural: a relay passes every connection on at once, in order";
        if (relay instanceof Network.Relay.Swap) return "swap: a relay holds the first connection back until the second has been passed on";
        if (relay instanceof Network.Relay.MainLast) return "main-last: a relay holds the first connection back until all others have been passed on";
        if (relay instanceof Network.Relay.Delay delay)
            return "delay: a relay passes " + target(delay.target()) + " on " + Amounts.duration(delay.byNanos()) + " late";
        if (relay instanceof Network.Relay.Drop drop) return "drop: a relay accepts " + target(drop.target()) + " and never passes it on";
        if (relay instanceof Network.Relay.Reset reset) return "reset: a relay resets " + target(reset.target());
        return "none";
    }

    private static String target(Network.Relay.Target target) {
        if (target instanceof Network.Relay.Target.Arrival arrival) return "connection " + arrival.number();
        return "the " + ((Network.Relay.Target.Role) target).channel() + " channel";
    }

    /** Latency, bandwidth, tuning, hops and loss. */
    static String network(Network network) {
        List<String> parts = new ArrayList<>();
        parts.add("latency " + distribution(network.latency()));
        parts.add("bandwidth " + Amounts.linkRate(network.bandwidth()));
        network.tcp().ifPresent(tcp -> parts.add(tcp(tcp)));
        for (Network.Hop hop : network.hops()) parts.add(hop.kind() + " that dials on after " + distribution(hop.connect()));
        Network.Loss loss = network.loss();
        if (!loss.equals(Network.Loss.NONE)) parts.add("loss of SYN " + loss.syn() + ", SYN-ACK " + loss.synAck() + ", ACK " + loss.ack());
        return String.join("; ", parts);
    }

    private static String tcp(Tcp tcp) {
        String words = "tcp with send buffers of up to " + Amounts.bytes(tcp.send().max()) + ", receive buffers of up to " + Amounts.bytes(tcp.receive().max())
                + (tcp.queueing() == Tcp.Queueing.FIFO ? ", first come, first served" : "");
        return tcp.equals(Tcp.LINUX) ? "tcp as Linux has it" : words;
    }

    /** What a page fault's steps cost. */
    static String paging(Paging paging) {
        return "wake-up " + distribution(paging.wakeUp()) + "; fault " + Amounts.duration(paging.faultNanos()) + ", request " + Amounts.duration(paging.requestNanos())
                + ", look-up " + Amounts.duration(paging.lookupNanos()) + "; a page: saved in " + Amounts.duration(paging.saveNanos()) + " ("
                + Amounts.duration(paging.lockedNanos()) + " locked), placed in " + Amounts.duration(paging.placeNanos()) + "; a write " + Amounts.duration(paging.sendNanos())
                + ", a read " + Amounts.duration(paging.receiveNanos()) + "; copying at " + Amounts.rate(paging.copyRate());
    }

    /** A measured value with its unit, exactly. */
    static String quantity(Expectation.Quantity quantity, long value) {
        return quantity.isDuration() ? Amounts.exact(value) : Long.toString(value);
    }

    /** {@code 180 us to 280 us}, {@code at most 5 ms}. */
    static String limits(Expectation.Within within) {
        String from = quantity(within.quantity(), within.from());
        if (within.to() == Expectation.Within.NO_LIMIT) return "at least " + from;
        String to = quantity(within.quantity(), within.to());
        if (within.from() == within.to()) return to;
        return within.from() == 0 ? "at most " + to : from + " to " + to;
    }

    /** A distribution of durations. */
    static String distribution(Distribution distribution) {
        if (distribution instanceof Distribution.Constant d) return Amounts.duration(d.nanos());
        if (distribution instanceof Distribution.Uniform d) return "uniform from " + Amounts.duration(d.fromNanos()) + " to " + Amounts.duration(d.toNanos());
        if (distribution instanceof Distribution.Normal d) return "normal with mean " + Amounts.duration(d.meanNanos()) + ", sd " + Amounts.duration(d.sdNanos());
        if (distribution instanceof Distribution.Lognormal d) return "lognormal with median " + Amounts.duration(d.medianNanos()) + ", sigma " + d.sigma();
        if (distribution instanceof Distribution.Exponential d) return "exponential with mean " + Amounts.duration(d.meanNanos());
        if (distribution instanceof Distribution.Pareto d) return "Pareto with scale " + Amounts.duration(d.scaleNanos()) + ", shape " + d.shape();
        if (distribution instanceof Distribution.Empirical d) return d.sortedNanos().size() + " measured values" + (d.file().isEmpty() ? "" : " (" + d.file() + ")");
        return ((Distribution.Mixture) distribution).parts().stream()
                .map(part -> part.weight() + " × (" + distribution(part.of()) + ")").collect(Collectors.joining(" + "));
    }

    /** Migration parameters that bear on the order of events. */
    static String parameters(Scenario scenario) {
        var p = scenario.parameters();
        return "max-bandwidth " + Amounts.rate(p.maxBandwidth()) + "; max-postcopy-bandwidth " + Amounts.rate(p.maxPostcopyBandwidth())
                + "; downtime-limit " + Amounts.duration(p.downtimeLimitNanos()) + (scenario.tls() ? "; TLS" : "");
    }

    /** Memory, working set, vCPUs. */
    static String guest(Guest guest) {
        Guest.Touching touching = guest.touching();
        boolean some = guest.threads() < guest.vcpus();
        String who = some ? guest.threads() + " of " + guest.vcpus() + " vCPUs" : guest.vcpus() + (guest.vcpus() == 1 ? " vCPU" : " vCPUs");
        String verb = (touching.writes() == 1 ? "write" : "touch") + (guest.threads() > 1 ? " " : touching.writes() == 1 ? "s " : "es ");
        String pace = guest.steps().map(ScenarioWords::steps)
                .orElseGet(() -> touching.think().map(think -> "one page every " + distribution(think)).orElseGet(() -> Amounts.rate(guest.dirtyRate())));
        return Amounts.bytes(guest.memory()) + " of memory in pages of " + Amounts.bytes(guest.pageSize()) + "; " + who + " " + verb + Amounts.bytes(guest.workingSet())
                + " of it, " + access(guest) + ", " + pace + (touching.writes() == 1 ? "" : "; " + Amounts.share(touching.writes()) + " of the touches write")
                + (touching.preFaulted() ? "; all of that was written before" : "");
    }

    private static String access(Guest guest) {
        Guest.Touching touching = guest.touching();
        if (guest.access() == Guest.Access.MIX)
            return touching.mix().stream().map(kind -> kind.weight() + " × " + access(kind.access(), touching)).collect(Collectors.joining(" + "));
        return access(guest.access(), touching);
    }

    private static String access(Guest.Access access, Guest.Touching touching) {
        Guest.Touching usual = Guest.Touching.DEFAULT;
        return access.text() + switch (access) {
            case HOT_SET -> touching.hotShare() == usual.hotShare() && touching.hotTouches() == usual.hotTouches() ? ""
                    : " (" + Amounts.share(touching.hotTouches()) + " to " + Amounts.share(touching.hotShare()) + ")";
            case ZIPF -> touching.exponent() == usual.exponent() ? "" : " (exponent " + touching.exponent() + ")";
            case STRIDED -> touching.stride() == usual.stride() ? "" : " (every " + ordinal(touching.stride()) + " page)";
            default -> "";
        };
    }

    private static String steps(Guest.Steps steps) {
        return "in steps: " + steps.writes() + " writes, " + steps.faults() + " faults" + (steps.deviceFaults() > 0 ? ", and a device touches a missing page" : "");
    }

    /** One thing that the operator does, with its moment. */
    static String event(OperatorEvent event) {
        return when(event.when()) + ": " + action(event.action()) + event.oneOf().map(name -> ", if nothing else of " + name + " came first").orElse("");
    }

    /**
     * One thing that the operator does whenever it likes, as every order is tried. A stranger leaves as a break comes: or not.
     *
     * @param timed whether only orders count that durations allow, and so a stranger who leaves does so after the time that it stays
     */
    static String freely(OperatorEvent event, boolean timed) {
        String when = "at any moment";
        if (event.when() instanceof OperatorEvent.When.After after)
            when += " from " + after.status() + " on" + (after.occurrence() == 1 ? "" : ", for the " + ordinal(after.occurrence()) + " time");
        if (!(event.action() instanceof OperatorEvent.Action.Probe probe)) return command(event.action()) + " " + when;
        String leaves = probe.holdNanos() == 0 ? "closes at once" : "closes after " + Amounts.duration(probe.holdNanos());
        return "a stranger connects " + when + ", says nothing and " + (timed ? leaves + " or stays to the end" : "stays as long as it likes, also to the end");
    }

    private static String when(OperatorEvent.When when) {
        if (when instanceof OperatorEvent.When.At at) return "at " + Amounts.duration(at.nanos());
        OperatorEvent.When.After after = (OperatorEvent.When.After) when;
        String time = after.occurrence() == 1 ? "" : " for the " + ordinal(after.occurrence()) + " time";
        String by = after.byNanos() == 0 ? "once " : Amounts.duration(after.byNanos()) + " after ";
        return by + after.status() + time;
    }

    private static String action(OperatorEvent.Action action) {
        return command(action) + action.opensThrough().map(relay -> " (relay " + relay(relay) + ")").orElse("");
    }

    /** What is done, without the relay that it is done through. */
    static String command(OperatorEvent.Action action) {
        if (action instanceof OperatorEvent.Action.StartPostcopy) return "migrate-start-postcopy";
        if (action instanceof OperatorEvent.Action.BreakNetwork broken)
            return broken.channel().map(channel -> channel + " is broken").orElse("every connection is broken") + lost(broken.loses());
        if (action instanceof OperatorEvent.Action.CutNetwork) return "the network is cut silently";
        if (action instanceof OperatorEvent.Action.RestoreNetwork) return "the network carries packets again";
        if (action instanceof OperatorEvent.Action.Pause pause) return "migrate-pause on the " + (pause.onSource() ? "source" : "destination");
        if (action instanceof OperatorEvent.Action.Recover) return "migrate-recover and migrate resume";
        if (action instanceof OperatorEvent.Action.Resume) return "migrate-recover and migrate resume, whatever the destination's status";
        if (action instanceof OperatorEvent.Action.Migrate) return "migrate, once more";
        if (action instanceof OperatorEvent.Action.LoseSyn) return "a handshake packet is lost";
        if (action instanceof OperatorEvent.Action.Cancel) return "migrate_cancel";
        if (action instanceof OperatorEvent.Action.Probe probe)
            return "a stranger connects, says nothing and closes after " + Amounts.duration(probe.holdNanos());
        if (action instanceof OperatorEvent.Action.StandStill still)
            return still.who() + (still.of().size() == 1 ? " stands" : " stand") + " still for " + Amounts.duration(still.nanos());
        OperatorEvent.Action.SetParameters set = (OperatorEvent.Action.SetParameters) action;
        List<String> parts = new ArrayList<>();
        if (set.maxBandwidth() >= 0) parts.add("max-bandwidth " + Amounts.rate(set.maxBandwidth()));
        if (set.maxPostcopyBandwidth() >= 0) parts.add("max-postcopy-bandwidth " + Amounts.rate(set.maxPostcopyBandwidth()));
        if (set.downtimeLimitNanos() >= 0) parts.add("downtime-limit " + Amounts.duration(set.downtimeLimitNanos()));
        return "migrate-set-parameters " + String.join(", ", parts);
    }

    private static String lost(OperatorEvent.Action.BreakNetwork.Loses loses) {
        return switch (loses) {
            case NOTHING -> "";
            case TO_SOURCE -> "; what is on its way to the source is lost";
            case TO_DESTINATION -> "; what is on its way to the destination is lost";
            case BOTH -> "; what is on its way is lost";
        };
    }

    /** {@code 1st}, {@code 2nd}, {@code 3rd}, {@code 4th} … */
    static String ordinal(int n) {
        int tens = n % 100;
        if (tens >= 11 && tens <= 13) return n + "th";
        return n + switch (n % 10) {
            case 1 -> "st";
            case 2 -> "nd";
            case 3 -> "rd";
            default -> "th";
        };
    }
}
