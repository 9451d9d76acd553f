package org.chanrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chanrace.explore.Exploration.Found;
import org.chanrace.model.release.Release;
import org.chanrace.model.release.Releases;
import org.chanrace.model.scenario.Bounds;
import org.chanrace.model.scenario.Capability;
import org.chanrace.model.scenario.Endpoint;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.OperatorEvent.Action;
import org.chanrace.model.scenario.Pairing;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.Verdict;
import org.chanrace.scenarios.Loaded;
import org.chanrace.scenarios.ScenarioLoader;
import org.chanrace.scenarios.ScenarioPaths;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What is advised for the next time is followed to the letter, by trying every order of the pairing that it comes to: none ends as the one did that the advice was
 * for. With every race of the library, and each of its bad endings.
 */
class AdviceTest {
    private static final Path LIBRARY = Path.of("../../scenarios/library");
    private static final String NEXT_TIME = "; next time ";
    private static final Pattern RELEASE = Pattern.compile("let (?:a release|releases) from (\\S+) on (with a machine type above 7\\.2 )?(send|receive|send and receive) the guest");
    private static final Pattern LOOK = Pattern.compile("see what became of connection \\d+ \\(preempt\\), which never reached the destination");

    /** What is advised somewhere in the library, so that nothing is said that nobody follows. */
    private static final List<String> ALL = List.of(
            "leave postcopy-preempt off on both sides",
            "leave postcopy-preempt off on both sides, which one side alone has set",
            "let a migration that has begun to switch come to its end rather than cancel it",
            "let a release from 8.0 on receive the guest",
            "let a release from 8.2 on receive the guest",
            "let a release from 8.2 on send the guest",
            "let a release from 9.0 on receive the guest",
            "let a release from 9.0 on with a machine type above 7.2 send the guest",
            "let a release from 9.1 on send the guest",
            "let nothing but the source connect to the destination's port",
            "let releases from 9.0 on with a machine type above 7.2 send and receive the guest",
            "see what became of connection N (preempt), which never reached the destination",
            "set x-preempt-pre-7-2=on on the source, and hope that preempt does not overtake main",
            "use a machine type above 7.2 or set x-preempt-pre-7-2=off on the source");

    @TestFactory
    List<DynamicTest> whoFollowsTheAdviceDoesNotEndSoAgain() throws NoSuchFileException {
        List<DynamicTest> tests = new ArrayList<>();
        Set<String> followed = new TreeSet<>();
        for (Path path : ScenarioPaths.expand(List.of(LIBRARY.resolve("races"), LIBRARY.resolve("findings"))))
            for (Loaded loaded : ScenarioLoader.load(path, path.toString()).scenarios())
                for (Pairing pairing : loaded.scenario().failsIn())
                    tests.add(DynamicTest.dynamicTest(loaded.scenario().name() + " in " + pairing.text(), () -> isFollowed(loaded.scenario().in(pairing), followed)));
        tests.add(DynamicTest.dynamicTest("each was followed by somebody", () -> assertThat(followed).containsExactlyElementsOf(ALL)));
        return tests;
    }

    /** What a later release does as well is not mended by it: here preempt comes first, and a device touches a page. */
    @Test
    void whoHasTheReleaseIsNotToldToUseIt() {
        Scenario race = Explored.library("races/r32-stale-pong.yaml");
        Bounds bounds = new Bounds(race.bounds().pages(), race.bounds().precopyRounds(), race.bounds().faults(), OptionalInt.of(1), OptionalInt.empty(), OptionalInt.empty(),
                OptionalInt.empty(), Optional.empty(), Optional.empty());
        Release master = Releases.shipped().find("master").orElseThrow();
        Exploration exploration = Explorer.explore(with(race, bounds).in(new Pairing(master, master)), Settings.DEFAULT);
        assertThat(exploration.bad()).isNotEmpty().extracting(found -> found.witness().result().verdict().advice()).noneMatch(advice -> advice.contains("let a release"));
    }

    /** It crashes in the swap, and when main breaks: nobody else had to connect for it. */
    @Test
    void onlyWhereAStrangerCameIsTheAdviceAgainstStrangers() {
        Scenario swap = Explored.preempt("7.2.0", "7.2.0", "pc-q35-7.2");
        Scenario broken = Explored.written("source: 8.2.0\ndestination: 8.2.0\nmachine: pc-q35-8.2\nexplore: {operator: [], network-cuts: 1}\n");
        for (Scenario scenario : List.of(swap, broken))
            assertThat(Explored.found(Explorer.explore(scenario, Settings.DEFAULT), Outcome.DESTINATION_CRASH).witness().result().verdict().advice()).doesNotContain("nothing but the source");
    }

    private static void isFollowed(Scenario scenario, Set<String> byAnybody) {
        Set<String> followed = new LinkedHashSet<>();
        for (Found found : Explorer.explore(scenario, Settings.DEFAULT).bad()) {
            Verdict verdict = found.witness().result().verdict();
            int at = verdict.advice().indexOf(NEXT_TIME);
            if (at < 0) continue;
            for (String alternative : verdict.advice().substring(at + NEXT_TIME.length()).split(", or ")) {
                byAnybody.add(alternative.replaceAll("connection \\d+", "connection N"));
                if (followed.add(alternative + " " + kind(found.ending()) + found.ending().sought())) follow(alternative, scenario, found.ending());
            }
        }
    }

    private static void follow(String alternative, Scenario scenario, Ending ending) {
        if (LOOK.matcher(alternative).matches()) return;
        if (alternative.startsWith("set x-preempt-pre-7-2=on on the source, and hope")) {
            assertThat(Explorer.explore(scenario, Settings.DEFAULT).completes()).isFalse();
            assertThat(Explorer.explore(withProperty(scenario, true), Settings.DEFAULT).completes()).isTrue();
            return;
        }
        for (Scenario other : meant(alternative, scenario)) {
            Exploration exploration = Explorer.explore(other, Settings.DEFAULT);
            assertThat(exploration.complete()).isTrue();
            assertThat(exploration.found()).filteredOn(found -> found.ending().sought() || !ending.sought()).extracting(found -> kind(found.ending()))
                    .as(alternative + ": " + other.source().release().name() + " to " + other.destination().release().name() + ", " + other.machine()).doesNotContain(kind(ending));
        }
    }

    private static String kind(Ending e) {
        return e.outcome() + " " + e.guestRunsOn() + " " + e.sourceMonitor() + " " + e.destinationMonitor() + (e.disturbed() ? " disturbed" : "");
    }

    /** The scenarios of those who did as they were told. */
    private static List<Scenario> meant(String alternative, Scenario s) {
        switch (alternative) {
            case "leave postcopy-preempt off on both sides", "leave postcopy-preempt off on both sides, which one side alone has set":
                return List.of(withoutPreempt(s));
            case "let nothing but the source connect to the destination's port":
                return List.of(without(s, Action.Probe.class::isInstance));
            case "let a migration that has begun to switch come to its end rather than cancel it":
                return List.of(without(s, Action.Cancel.class::isInstance));
            case "use a machine type above 7.2 or set x-preempt-pre-7-2=off on the source":
                return List.of(withProperty(s, false), between(s, s.source(), s.destination(), "q35"));
            default:
                return ofReleases(alternative, s);
        }
    }

    private static List<Scenario> ofReleases(String alternative, Scenario s) {
        Matcher m = RELEASE.matcher(alternative);
        assertThat(m.matches()).as("advice that nobody has followed yet: " + alternative).isTrue();
        List<Scenario> all = new ArrayList<>();
        boolean reached = false;
        for (Release release : Releases.shipped().rows()) {
            reached |= release.name().equals(m.group(1) + ".0");
            if (!reached || release.name().contains("-rc")) continue;
            Endpoint source = m.group(3).contains("send") ? with(s.source(), release) : s.source();
            Endpoint destination = m.group(3).contains("receive") ? with(s.destination(), release) : s.destination();
            all.add(between(s, source, destination, m.group(2) == null ? s.machine() : "q35"));
        }
        List<String> names = all.stream().map(other -> m.group(3).contains("receive") ? other.destination().release().name() : other.source().release().name()).toList();
        assertThat(names).isNotEmpty();
        if (!m.group(3).equals("send and receive")) assertThat(names).as(alternative + ", to one who has such a release").doesNotContain((m.group(3).equals("receive") ? s.destination() : s.source()).release().name());
        return all;
    }

    private static Endpoint with(Endpoint endpoint, Release release) {
        return new Endpoint(release, endpoint.properties(), endpoint.capabilities());
    }

    private static Scenario withProperty(Scenario s, boolean value) {
        TreeMap<String, Boolean> properties = new TreeMap<>(s.source().properties());
        properties.put(Endpoint.PREEMPT_PRE_7_2, value);
        return between(s, new Endpoint(s.source().release(), properties, s.source().capabilities()), s.destination(), s.machine());
    }

    private static Scenario withoutPreempt(Scenario s) {
        return between(s, withoutPreempt(s.source()), withoutPreempt(s.destination()), s.machine());
    }

    private static Endpoint withoutPreempt(Endpoint endpoint) {
        EnumSet<Capability> capabilities = EnumSet.noneOf(Capability.class);
        capabilities.addAll(endpoint.capabilities());
        capabilities.remove(Capability.POSTCOPY_PREEMPT);
        return new Endpoint(endpoint.release(), endpoint.properties(), capabilities);
    }

    private static Scenario with(Scenario s, Bounds bounds) {
        return new Scenario(s.name(), s.title(), s.because(), s.source(), s.destination(), s.machine(), s.parameters(), s.tls(), s.network(), s.guest(), s.host(), s.events(), s.limits(),
                s.expectation(), bounds, s.failsIn(), s.passesIn());
    }

    private static Scenario between(Scenario s, Endpoint source, Endpoint destination, String machine) {
        return new Scenario(s.name(), s.title(), s.because(), source, destination, machine, s.parameters(), s.tls(), s.network(), s.guest(), s.host(), s.events(), s.limits(), s.expectation(),
                s.bounds(), s.failsIn(), s.passesIn());
    }

    private static Scenario without(Scenario s, Predicate<Action> unwanted) {
        List<OperatorEvent> events = s.events().stream().filter(event -> !unwanted.test(event.action())).toList();
        return new Scenario(s.name(), s.title(), s.because(), s.source(), s.destination(), s.machine(), s.parameters(), s.tls(), s.network(), s.guest(), s.host(), events, s.limits(),
                s.expectation(), s.bounds(), s.failsIn(), s.passesIn());
    }
}
