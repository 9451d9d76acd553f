package org.chanrace.scenarios;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.chanrace.model.release.Release;
import org.chanrace.model.scenario.Bounds;
import org.chanrace.model.scenario.Capability;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Endpoint;
import org.chanrace.model.scenario.Expectation;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.Host;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.OperatorEvent.Action;
import org.chanrace.model.scenario.OperatorEvent.Action.BreakNetwork.Loses;
import org.chanrace.model.scenario.OperatorEvent.Action.StandStill.Party;
import org.chanrace.model.scenario.Paging;
import org.chanrace.model.scenario.Pairing;
import org.chanrace.model.scenario.Parameters;
import org.chanrace.model.scenario.RelayWakeUps;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.scenario.Tcp;

/**
 * Writes scenarios in their canonical form: every value explicit, quantities in the largest unit that divides them.
 *
 * <p>Reading what was written yields an equal scenario, provided that the CSV files which it names are still the same. What is by
 * value, a release or measured durations, is written out in lines of about {@value #LINE_MAX} characters.
 */
public final class ScenarioPrinter {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/+-]*");

    private static final int LINE_MAX = 110;

    private ScenarioPrinter() {}

    /** The scenario as one YAML document, without {@code ---}; ends in a newline. */
    public static String print(Scenario s) {
        StringBuilder out = new StringBuilder();
        line(out, "name", string(s.name()));
        if (!s.title().isEmpty()) line(out, "title", string(s.title()));
        if (!s.because().isEmpty()) line(out, "because", string(s.because()));
        line(out, "source", endpoint(s.source(), s.source().capabilities()));
        line(out, "destination", endpoint(s.destination(), s.source().capabilities()));
        line(out, "machine", string(s.machine()));
        line(out, "capabilities", capabilities(s.source().capabilities()));
        line(out, "parameters", parameters(s.parameters()));
        line(out, "tls", Boolean.toString(s.tls()));
        network(out, s.network());
        line(out, "guest", guest(s.guest()));
        line(out, "host", host(s.host()));
        if (!s.events().isEmpty()) {
            out.append("events:\n");
            for (OperatorEvent event : s.events()) out.append("  - ").append(event(event)).append('\n');
        }
        line(out, "limit", map("virtual-time", Quantities.time(s.limits().virtualNanos()), "quiet", Quantities.time(s.limits().quietNanos()),
                "events", Long.toString(s.limits().events())));
        s.expectation().ifPresent(e -> line(out, "expect", expectation(e)));
        if (!s.bounds().equals(Bounds.NONE)) line(out, "explore", bounds(s.bounds()));
        if (!s.failsIn().isEmpty()) line(out, "fails-in", pairings(s.failsIn()));
        if (!s.passesIn().isEmpty()) line(out, "passes-in", pairings(s.passesIn()));
        return out.toString();
    }

    private static void line(StringBuilder out, String key, String value) {
        out.append(key).append(": ").append(value).append('\n');
    }

    private static String map(String... keysAndValues) {
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) entries.add(keysAndValues[i] + ": " + keysAndValues[i + 1]);
        return "{" + String.join(", ", entries) + "}";
    }

    private static String endpoint(Endpoint e, Set<Capability> common) {
        List<String> entries = new ArrayList<>(List.of("release", release(e.release())));
        if (!e.properties().isEmpty()) {
            entries.add("properties");
            entries.add(e.properties().entrySet().stream().map(p -> p.getKey() + ": " + onOff(p.getValue()))
                    .collect(Collectors.joining(", ", "{", "}")));
        }
        if (!e.capabilities().equals(common)) entries.addAll(List.of("capabilities", capabilities(e.capabilities())));
        return entries.size() == 2 && e.release().derivation().isEmpty() ? entries.get(1) : map(entries.toArray(String[]::new));
    }

    private static String release(Release r) {
        return r.derivation().map(d -> {
            List<String> changes = d.changes().entrySet().stream().map(c -> c.getKey().key() + ": " + string(c.getValue())).toList();
            return d.byValue() ? map("name", string(r.name()), "newest-machine", string(r.newestMachine().toString()), "traits", "{" + inLines(changes, ", ") + "}")
                    : map("base", string(d.base()), "name", string(r.name()), "traits", "{" + String.join(", ", changes) + "}");
        }).orElse(string(r.name()));
    }

    /** Words on lines of their own, none of which is too long; each may stand wherever YAML's flow style goes over several lines. */
    private static String inLines(List<String> words, String separator) {
        StringBuilder out = new StringBuilder();
        int lineStart = -LINE_MAX;
        for (String word : words) {
            boolean fits = out.length() - lineStart + word.length() <= LINE_MAX;
            if (out.length() > 0) out.append(fits ? separator : separator.stripTrailing());
            if (!fits) {
                out.append("\n    ");
                lineStart = out.length();
            }
            out.append(word);
        }
        return out.toString();
    }

    private static String capabilities(Set<Capability> set) {
        return set.stream().sorted().map(Capability::text).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String parameters(Parameters p) {
        return map("max-bandwidth", rateOrUnlimited(p.maxBandwidth()), "max-postcopy-bandwidth", rateOrUnlimited(p.maxPostcopyBandwidth()),
                "downtime-limit", Quantities.time(p.downtimeLimitNanos()), "multifd-channels", Integer.toString(p.multifdChannels()));
    }

    private static String rateOrUnlimited(long rate) {
        return rate == 0 ? Quantities.UNLIMITED : Quantities.rate(rate);
    }

    private static String sizeOrUnlimited(long size) {
        return size == 0 ? Quantities.UNLIMITED : Quantities.size(size);
    }

    private static void network(StringBuilder out, Network n) {
        out.append("network:\n");
        line(out, "  latency", distribution(n.latency()));
        line(out, "  bandwidth", rateOrUnlimited(n.bandwidth()));
        line(out, "  loss", map("syn", Quantities.number(n.loss().syn()), "syn-ack", Quantities.number(n.loss().synAck()),
                "ack", Quantities.number(n.loss().ack())));
        n.backlog().ifPresent(b -> line(out, "  backlog", Integer.toString(b)));
        n.tcp().ifPresentOrElse(tcp -> line(out, "  tcp", tcp(tcp)), () -> {
            line(out, "  send-buffer", sizeOrUnlimited(n.sendBuffer()));
            line(out, "  receive-buffer", sizeOrUnlimited(n.receiveBuffer()));
        });
        line(out, "  hops", n.hops().stream().map(h -> map("kind", string(h.kind()), "connect", distribution(h.connect())))
                .collect(Collectors.joining(", ", "[", "]")));
        line(out, "  relay", relay(n.relay()));
    }

    private static String tcp(Tcp t) {
        return map("send-buffer", buffer(t.send()), "receive-buffer", buffer(t.receive()), "overhead", Quantities.number(t.overhead()),
                "initial-window", Integer.toString(t.initialWindow()), "segment", t.segment() + " B", "restart-after-idle", onOff(t.restartsAfterIdle()),
                "queueing", t.queueing().text(), "queue-limit", Quantities.size(t.queueLimit()), "ring", Quantities.size(t.ring()));
    }

    private static String buffer(Tcp.Buffer b) {
        return map("initial", Quantities.size(b.initial()), "max", Quantities.size(b.max()));
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }

    private static String relay(Relay relay) {
        if (relay instanceof Relay.None) return "none";
        if (relay instanceof Relay.Natural) return "natural";
        if (relay instanceof Relay.Swap) return "swap";
        if (relay instanceof Relay.MainLast) return "main-last";
        if (relay instanceof Relay.Delay delay)
            return map("delay", map(targetKey(delay.target()), targetValue(delay.target()), "by", Quantities.time(delay.byNanos())));
        if (relay instanceof Relay.Drop drop) return map("drop", map(targetKey(drop.target()), targetValue(drop.target())));
        if (relay instanceof Relay.Reset reset) return map("reset", map(targetKey(reset.target()), targetValue(reset.target())));
        throw new IllegalStateException(relay.toString());
    }

    private static String targetKey(Relay.Target target) {
        return target instanceof Relay.Target.Role ? "channel" : "connection";
    }

    private static String targetValue(Relay.Target target) {
        if (target instanceof Relay.Target.Role role) return string(role.channel());
        if (target instanceof Relay.Target.Arrival arrival) return Integer.toString(arrival.number());
        throw new IllegalStateException(target.toString());
    }

    private static String distribution(Distribution d) {
        if (d instanceof Distribution.Constant c) return Quantities.time(c.nanos());
        if (d instanceof Distribution.Uniform u)
            return map("uniform", map("from", Quantities.time(u.fromNanos()), "to", Quantities.time(u.toNanos())));
        if (d instanceof Distribution.Normal n)
            return map("normal", map("mean", Quantities.time(n.meanNanos()), "sd", Quantities.time(n.sdNanos())));
        if (d instanceof Distribution.Lognormal l)
            return map("lognormal", map("median", Quantities.time(l.medianNanos()), "sigma", Quantities.number(l.sigma())));
        if (d instanceof Distribution.Exponential e) return map("exponential", map("mean", Quantities.time(e.meanNanos())));
        if (d instanceof Distribution.Pareto p)
            return map("pareto", map("scale", Quantities.time(p.scaleNanos()), "shape", Quantities.number(p.shape())));
        if (d instanceof Distribution.Empirical e)
            return map("empirical", e.file().isEmpty() ? map("values", '"' + inLines(e.sortedNanos().stream().map(n -> Long.toString(n)).toList(), " ") + " ns\"")
                    : string(e.file()));
        if (d instanceof Distribution.Mixture m)
            return map("mixture", m.parts().stream().map(part -> map("weight", Quantities.number(part.weight()), "of", distribution(part.of())))
                    .collect(Collectors.joining(", ", "[", "]")));
        throw new IllegalStateException(d.toString());
    }

    /** What only some guests have is written where it is not as usual, the rest always. */
    private static String guest(Guest g) {
        Guest.Touching t = g.touching();
        Guest.Touching d = Guest.Touching.DEFAULT;
        List<String> entries = new ArrayList<>(List.of("memory", Quantities.size(g.memory()), "working-set", Quantities.size(g.workingSet()),
                "page-size", Quantities.size(g.pageSize()), "vcpus", Integer.toString(g.vcpus())));
        if (t.threads() != d.threads()) entries.addAll(List.of("threads", Integer.toString(t.threads())));
        entries.addAll(List.of("access", access(g)));
        if (t.hotShare() != d.hotShare() || t.hotTouches() != d.hotTouches())
            entries.addAll(List.of("hot-set", map("share", Quantities.number(t.hotShare()), "touches", Quantities.number(t.hotTouches()))));
        if (t.exponent() != d.exponent()) entries.addAll(List.of("zipf", map("exponent", Quantities.number(t.exponent()))));
        if (t.stride() != d.stride()) entries.addAll(List.of("stride", Integer.toString(t.stride())));
        if (t.writes() != d.writes()) entries.addAll(List.of("writes", Quantities.number(t.writes())));
        t.think().ifPresentOrElse(think -> entries.addAll(List.of("think", distribution(think))), () -> entries.addAll(List.of("dirty-rate", Quantities.rate(g.dirtyRate()))));
        entries.addAll(List.of("warm-up", Quantities.time(g.warmUpNanos())));
        if (t.preFaulted() != d.preFaulted()) entries.addAll(List.of("pre-faulted", onOff(t.preFaulted())));
        g.steps().ifPresent(s -> entries.addAll(List.of("steps", map("writes", Integer.toString(s.writes()), "faults", Integer.toString(s.faults()),
                "device-faults", Integer.toString(s.deviceFaults())))));
        return map(entries.toArray(String[]::new));
    }

    private static String access(Guest g) {
        if (g.access() != Guest.Access.MIX) return g.access().text();
        return g.touching().mix().stream().map(k -> k.access().text() + ": " + Quantities.number(k.weight())).collect(Collectors.joining(", ", "{", "}"));
    }

    private static String host(Host h) {
        List<String> entries = new ArrayList<>(List.of("wake-up", distribution(h.wakeUp()), "per-page", Quantities.time(h.perPageNanos()),
                "device-state", Quantities.time(h.deviceStateNanos()), "start-delay", Quantities.time(h.startDelayNanos()), "paging", paging(h.paging())));
        if (!h.relay().equals(RelayWakeUps.like(h.wakeUp()))) entries.addAll(List.of("relay", relay(h.relay())));
        return map(entries.toArray(String[]::new));
    }

    private static String relay(RelayWakeUps r) {
        return "{" + inLines(List.of("take: " + distribution(r.take()), "pass-on: " + distribution(r.passOn()), "timer: " + distribution(r.timer())), ", ") + "}";
    }

    private static String paging(Paging p) {
        if (p.equals(Paging.NONE)) return "none";
        return map("wake-up", distribution(p.wakeUp()), "fault", Quantities.time(p.faultNanos()), "request", Quantities.time(p.requestNanos()),
                "lookup", Quantities.time(p.lookupNanos()), "save-page", Quantities.time(p.saveNanos()), "locked", Quantities.time(p.lockedNanos()),
                "send", Quantities.time(p.sendNanos()), "receive", Quantities.time(p.receiveNanos()), "place-page", Quantities.time(p.placeNanos()),
                "copy", rateOrUnlimited(p.copyRate()));
    }

    private static String event(OperatorEvent event) {
        List<String> entries = new ArrayList<>();
        if (event.when() instanceof OperatorEvent.When.At at) entries.addAll(List.of("at", Quantities.time(at.nanos())));
        if (event.when() instanceof OperatorEvent.When.After after) {
            entries.addAll(List.of("after", after.status()));
            if (after.occurrence() != 1) entries.addAll(List.of("occurrence", Integer.toString(after.occurrence())));
            if (after.byNanos() != 0) entries.addAll(List.of("by", Quantities.time(after.byNanos())));
        }
        entries.addAll(action(event.action()));
        event.oneOf().ifPresent(name -> entries.addAll(List.of("one-of", string(name))));
        return map(entries.toArray(String[]::new));
    }

    private static List<String> action(Action action) {
        if (action instanceof Action.StartPostcopy) return List.of("do", "start-postcopy");
        if (action instanceof Action.BreakNetwork broken) {
            List<String> entries = new ArrayList<>(List.of("do", "break-network"));
            broken.channel().ifPresent(channel -> entries.addAll(List.of("channel", channel)));
            if (broken.loses() != Loses.NOTHING) entries.addAll(List.of("loses", broken.loses().text()));
            return entries;
        }
        if (action instanceof Action.CutNetwork) return List.of("do", "cut-network");
        if (action instanceof Action.RestoreNetwork) return List.of("do", "restore-network");
        if (action instanceof Action.LoseSyn) return List.of("do", "lose-syn");
        if (action instanceof Action.Cancel) return List.of("do", "cancel");
        if (action instanceof Action.StandStill still) {
            List<String> entries = new ArrayList<>(List.of("do", "stand-still", "for", Quantities.time(still.nanos())));
            // All are all who are there: a relay is named only where there is one.
            if (still.of().size() < Party.values().length) entries.addAll(List.of("of", still.of().stream().map(Party::text).collect(Collectors.joining(", ", "[", "]"))));
            return entries;
        }
        if (action instanceof Action.Recover recover) return List.of("do", "recover", "relay", relay(recover.relay()));
        if (action instanceof Action.Resume resume) return List.of("do", "resume", "relay", relay(resume.relay()));
        if (action instanceof Action.Migrate migrate) return List.of("do", "migrate", "relay", relay(migrate.relay()));
        if (action instanceof Action.Pause pause) return List.of("do", "pause", "side", pause.onSource() ? "source" : "destination");
        if (action instanceof Action.Probe probe) return List.of("do", "probe", "hold", Quantities.time(probe.holdNanos()));
        if (action instanceof Action.SetParameters set) {
            List<String> changes = new ArrayList<>();
            if (set.maxBandwidth() >= 0) changes.addAll(List.of("max-bandwidth", rateOrUnlimited(set.maxBandwidth())));
            if (set.maxPostcopyBandwidth() >= 0)
                changes.addAll(List.of("max-postcopy-bandwidth", rateOrUnlimited(set.maxPostcopyBandwidth())));
            if (set.downtimeLimitNanos() >= 0) changes.addAll(List.of("downtime-limit", Quantities.time(set.downtimeLimitNanos())));
            return List.of("do", "set-parameters", "parameters", map(changes.toArray(String[]::new)));
        }
        throw new IllegalStateException(action.toString());
    }

    private static String expectation(Expectation e) {
        String outcomes = e.outcomes().stream().map(o -> o.text()).collect(Collectors.joining(", ", "[", "]"));
        if (e.outcomes().size() == 1) outcomes = e.outcomes().get(0).text();
        List<String> entries = new ArrayList<>(List.of("outcome", outcomes));
        e.guestRunsOn().ifPresent(g -> entries.addAll(List.of("guest-runs-on", g.text())));
        e.sourceMonitor().ifPresent(m -> entries.addAll(List.of("source-monitor", m.text())));
        e.destinationMonitor().ifPresent(m -> entries.addAll(List.of("destination-monitor", m.text())));
        e.sourceStatus().ifPresent(status -> entries.addAll(List.of("source-status", string(status))));
        e.destinationStatus().ifPresent(status -> entries.addAll(List.of("destination-status", string(status))));
        e.waits().ifPresent(words -> entries.addAll(List.of("waits", string(words))));
        e.quantities().forEach(within -> entries.addAll(List.of(within.quantity().text(), Ranges.print(within))));
        return entries.size() == 2 ? outcomes : map(entries.toArray(String[]::new));
    }

    private static String bounds(Bounds b) {
        List<String> entries = new ArrayList<>();
        count(entries, "pages", b.pages());
        count(entries, "precopy-rounds", b.precopyRounds());
        count(entries, "faults", b.faults());
        count(entries, "device-faults", b.deviceFaults());
        count(entries, "unread-pages", b.unreadPages());
        count(entries, "network-cuts", b.networkCuts());
        count(entries, "syn-losses", b.synLosses());
        b.operator().ifPresent(list -> entries.addAll(List.of("operator", list.stream().map(Bounds.Command::text).collect(Collectors.joining(", ", "[", "]")))));
        b.finds().ifPresent(finds -> entries.addAll(List.of("finds", expectation(finds))));
        return map(entries.toArray(String[]::new));
    }

    private static void count(List<String> entries, String key, OptionalInt value) {
        if (value.isPresent()) entries.addAll(List.of(key, Integer.toString(value.getAsInt())));
    }

    private static String pairings(List<Pairing> pairings) {
        return pairings.stream().map(p -> string(p.text())).collect(Collectors.joining(", ", "[", "]"));
    }

    /** A string as a plain scalar where that is safe anywhere, else in double quotes. */
    static String string(String text) {
        if (PLAIN.matcher(text).matches() && !text.equals("null")) return text;
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') out.append('\\').appendCodePoint(c);
            else if (c >= ' ' && c <= '~') out.appendCodePoint(c);
            else if (c > 0xFFFF) out.append(String.format(Locale.ROOT, "\\U%08X", c));
            else if (Character.isISOControl(c) || c == 0xFEFF || c == 0x2028 || c == 0x2029 || c >= 0xFFFE) out.append(String.format(Locale.ROOT, "\\u%04X", c));
            else out.appendCodePoint(c);
        });
        return out.append('"').toString();
    }
}
