package org.chanrace.scenarios;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.chanrace.model.scenario.Bounds;
import org.chanrace.model.scenario.Endpoint;
import org.chanrace.model.scenario.Expectation;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.Host;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.Pairing;
import org.chanrace.model.scenario.Parameters;
import org.chanrace.model.scenario.RunLimits;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.GuestLocation;
import org.chanrace.model.verdict.Monitor;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.scenarios.EndpointBinder.Capabilities;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Binds one document to a scenario, going on after each problem to find the next. */
final class ScenarioBinder {
    /** The longest name, characters. */
    static final int NAME_MAX = 128;

    private static final int TEXT_MAX = 1000;
    private static final int MULTIFD_CHANNELS_MAX = 255;
    private static final long EVENTS_MAX = 1_000_000_000_000L;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1," + NAME_MAX + "}");

    private final Report report;
    private final String defaultName;
    private final Set<String> names;
    private final DistributionBinder distributions;
    private final NetworkBinder networks;
    private final EndpointBinder endpoints;

    /**
     * @param baseDir what files that the document names are relative to
     * @param defaultName the scenario's name when the document gives none
     * @param names of the file's documents so far; this one's is added
     */
    ScenarioBinder(Report report, Path baseDir, String defaultName, Set<String> names) {
        this(report, Optional.of(baseDir), defaultName, names, false);
    }

    private ScenarioBinder(Report report, Optional<Path> baseDir, String defaultName, Set<String> names, boolean ofAnotherModel) {
        this.report = report;
        this.defaultName = defaultName;
        this.names = names;
        this.distributions = new DistributionBinder(report, baseDir);
        this.networks = new NetworkBinder(report, distributions);
        this.endpoints = new EndpointBinder(report, ofAnotherModel);
    }

    /**
     * For the scenario of a capsule, which names no other file.
     *
     * @param ofAnotherModel whether another model wrote it, whose releases may lack traits that this one knows
     */
    static ScenarioBinder forCapsule(Report report, boolean ofAnotherModel) {
        return new ScenarioBinder(report, Optional.empty(), "capsule", new TreeSet<>(), ofAnotherModel);
    }

    /** The scenario; empty when the document has a problem. */
    Optional<Loaded> bind(Node root) {
        Fields f = Fields.of(root, Section.SCENARIO, report);
        if (!(root instanceof MappingNode)) return Optional.empty();
        String name = name(f);
        String title = line(f, "title");
        String because = line(f, "because");

        Capabilities common = f.has("capabilities") ? endpoints.capabilities(f) : Capabilities.NONE;
        Optional<Endpoint> source = f.required("source").flatMap(n -> endpoints.bind(n, common));
        Optional<Endpoint> destination = f.required("destination").flatMap(n -> endpoints.bind(n, common));
        Optional<String> machine = f.required("machine").map(n -> {
            String type = endpoints.machineName(n);
            source.ifPresent(e -> endpoints.checkMachine(n, type, e.release()));
            destination.ifPresent(e -> endpoints.checkMachine(n, type, e.release()));
            return type;
        });

        if (f.flag("tls", false)) report.at(f.value("tls").orElseThrow(), "TLS is not simulated yet");
        Parameters parameters = f.value("parameters").map(this::parameters).orElse(Parameters.DEFAULT);
        Network network = f.value("network").map(networks::bind).orElse(Network.DEFAULT);
        Guest guest = f.value("guest").map(this::guest).orElse(Guest.DEFAULT);
        Host host = f.value("host").map(this::host).orElse(Host.DEFAULT);
        List<OperatorEvent> events = new EventBinder(report, networks).bind(f, source);
        RunLimits limits = f.value("limit").map(this::limits).orElse(RunLimits.DEFAULT);
        Optional<Expectation> expectation = f.value("expect").map(this::expectation);
        ExploreBinder explore = new ExploreBinder(report, endpoints);
        Bounds bounds = f.value("explore").map(n -> explore.bounds(n, this::expectation)).orElse(Bounds.NONE);
        ExploreBinder.Setting setting = new ExploreBinder.Setting(source, destination, machine, events);
        List<Pairing> failsIn = explore.pairings(f, "fails-in", setting, List.of(), "");
        List<Pairing> passesIn = explore.pairings(f, "passes-in", setting, failsIn, "fails-in");

        if (!report.isClean()) return Optional.empty();
        Scenario scenario = new Scenario(name, title, because, source.orElseThrow(), destination.orElseThrow(), machine.orElseThrow(), parameters,
                false, network, guest, host, events, limits, expectation, bounds, failsIn, passesIn);
        return Optional.of(new Loaded(scenario, report.lineOf(root.getStartMark())));
    }

    private String name(Fields f) {
        String name = f.scalar("name", ScenarioBinder::name, defaultName);
        if (!names.add(name)) report.at(f.value("name").orElse(f.node()), "another scenario of this file has the name '" + name + "'");
        return name;
    }

    static String name(String text) throws BadValue {
        if (!NAME.matcher(text).matches())
            throw new BadValue("a name is made of letters, digits, and . _ -, at most " + NAME_MAX + ", not " + Quantities.quoted(text));
        return text;
    }

    private String line(Fields f, String key) {
        return f.scalar(key, text -> {
            if (text.length() > TEXT_MAX || text.codePoints().anyMatch(Character::isISOControl))
                throw new BadValue("'" + key + "' is one line of at most " + TEXT_MAX + " characters");
            return text;
        }, "");
    }

    private Parameters parameters(Node node) {
        Fields f = Fields.of(node, Section.PARAMETERS, report);
        Parameters d = Parameters.DEFAULT;
        return new Parameters(
                f.rateOrUnlimited("max-bandwidth", d.maxBandwidth()),
                f.rateOrUnlimited("max-postcopy-bandwidth", d.maxPostcopyBandwidth()),
                f.time("downtime-limit", d.downtimeLimitNanos()),
                (int) f.whole("multifd-channels", 1, MULTIFD_CHANNELS_MAX, d.multifdChannels()));
    }

    private Guest guest(Node node) {
        Fields f = Fields.of(node, Section.GUEST, report);
        Guest d = Guest.DEFAULT;
        long pageSize = f.size("page-size", d.pageSize());
        long memory = f.size("memory", d.memory());
        long workingSet = f.size("working-set", f.has("memory") && pageSize > 0 ? memory / 8 * 7 / pageSize * pageSize : Math.min(d.workingSet(), memory));
        int vcpus = (int) f.whole("vcpus", 1, Guest.MAX_VCPUS, d.vcpus());
        Guest.Access access = f.word("access", Guest.Access.values(), Guest.Access::text, d.access());
        long dirtyRate = f.rate("dirty-rate", d.dirtyRate());
        long warmUp = f.time("warm-up", d.warmUpNanos());
        Optional<Guest.Steps> steps = f.value("steps").map(this::steps);

        boolean possible = isPossible(f, memory, workingSet, pageSize);
        return possible ? new Guest(memory, workingSet, pageSize, vcpus, access, dirtyRate, warmUp, steps) : d;
    }

    private Guest.Steps steps(Node node) {
        Fields f = Fields.of(node, Section.STEPS, report);
        return new Guest.Steps((int) f.whole("writes", 0, Guest.Steps.MAX, 0), (int) f.whole("faults", 0, Guest.Steps.MAX, 0),
                (int) f.whole("device-faults", 0, 1, 0));
    }

    private boolean isPossible(Fields guest, long memory, long workingSet, long pageSize) {
        if (pageSize < 4096 || Long.bitCount(pageSize) != 1)
            return impossible(guest, "page-size", "the page size is a power of two, 4 KiB or more: 4 KiB, 2 MiB, 1 GiB");
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

    private Host host(Node node) {
        Fields f = Fields.of(node, Section.HOST, report);
        Host d = Host.DEFAULT;
        return new Host(distributions.bind(f, "wake-up", d.wakeUp()), f.time("per-page", d.perPageNanos()),
                f.time("device-state", d.deviceStateNanos()), f.time("start-delay", d.startDelayNanos()));
    }

    private RunLimits limits(Node node) {
        Fields f = Fields.of(node, Section.LIMIT, report);
        RunLimits d = RunLimits.DEFAULT;
        return new RunLimits(above0(f, "virtual-time", d.virtualNanos()), above0(f, "quiet", d.quietNanos()),
                f.whole("events", 1, EVENTS_MAX, d.events()));
    }

    private long above0(Fields f, String key, long fallback) {
        long time = f.time(key, fallback);
        if (time > 0) return time;
        report.at(f.value(key).orElseThrow(), "'" + key + "' is above 0");
        return fallback;
    }

    private Expectation expectation(Node node) {
        if (!(node instanceof MappingNode)) {
            return new Expectation(outcomes(node), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }
        Fields f = Fields.of(node, Section.EXPECT, report);
        return new Expectation(
                f.required("outcome").map(this::outcomes).orElse(List.of(Outcome.COMPLETED)),
                present(f, "guest-runs-on", f.word("guest-runs-on", GuestLocation.values(), GuestLocation::text, GuestLocation.NEITHER)),
                present(f, "source-monitor", f.word("source-monitor", Monitor.values(), Monitor::text, Monitor.ANSWERS)),
                present(f, "destination-monitor", f.word("destination-monitor", Monitor.values(), Monitor::text, Monitor.ANSWERS)),
                present(f, "source-status", f.scalar("source-status", text -> Status.named(text, Status.ALL), "none")),
                present(f, "destination-status", f.scalar("destination-status", text -> Status.named(text, Status.ALL), "none")));
    }

    private static <T> Optional<T> present(Fields f, String key, T value) {
        return f.has(key) ? Optional.of(value) : Optional.empty();
    }

    private List<Outcome> outcomes(Node node) {
        List<Node> items = node instanceof SequenceNode list ? list.getValue() : List.of(node);
        if (items.isEmpty()) report.at(node, "at least one outcome is expected");
        List<Outcome> outcomes = new ArrayList<>();
        for (Node item : items) {
            Optional<Outcome> outcome = Fields.scalar(item, "an outcome",
                    text -> Optional.of(Fields.word(text, "unknown outcome ", Outcome.values(), Outcome::text)), report, Optional.empty());
            if (outcome.filter(outcomes::contains).isPresent()) report.at(item, "'" + outcome.get().text() + "' is given twice");
            else outcome.ifPresent(outcomes::add);
        }
        return outcomes.isEmpty() ? List.of(Outcome.COMPLETED) : outcomes;
    }
}
