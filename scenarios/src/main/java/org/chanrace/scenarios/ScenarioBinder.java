package org.chanrace.scenarios;

import java.nio.file.Path;
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
import org.chanrace.scenarios.EndpointBinder.Capabilities;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

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
    private final boolean isOfCapsule;
    private final GuestBinder guests;
    private final HostBinder hosts;
    private final ExpectationBinder expectations;
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
        this.isOfCapsule = baseDir.isEmpty();
        this.guests = new GuestBinder(report, distributions);
        this.hosts = new HostBinder(report, distributions, ofAnotherModel);
        this.expectations = new ExpectationBinder(report);
        this.endpoints = new EndpointBinder(report, ofAnotherModel);
    }

    /**
     * For the scenario of a capsule, which names no other file.
     *
     * @param ofAnotherModel whether another model wrote it, whose releases may lack traits, and hosts costs, that this one knows
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
        NetworkBinder networks = new NetworkBinder(report, distributions, source, isOfCapsule);
        Network network = f.value("network").map(networks::bind).orElse(Network.DEFAULT);
        Guest guest = f.value("guest").map(guests::bind).orElse(Guest.DEFAULT);
        Host host = f.value("host").map(hosts::bind).orElse(Host.DEFAULT);
        List<OperatorEvent> events = new EventBinder(report, networks).bind(f, source, network.relay());
        RunLimits limits = f.value("limit").map(this::limits).orElse(RunLimits.DEFAULT);
        Optional<Expectation> expectation = f.value("expect").map(expectations::bind);
        ExploreBinder explore = new ExploreBinder(report, endpoints);
        Bounds bounds = f.value("explore").map(n -> explore.bounds(n, expectations::ofAnOrder)).orElse(Bounds.NONE);
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
}
