package org.chanrace.explore;

import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.scenarios.LoadedFile;
import org.chanrace.scenarios.ScenarioLoader;

/** Scenarios of which every order can be tried quickly, from the text of a file. */
public final class Small {
    private static final List<String> RELEASES = List.of(
            "7.1.0", "7.2.0", "8.0-rc0", "8.0-rc1", "8.0-rc4", "8.0.0", "8.1.0", "8.2.0", "9.0.0", "9.1.0", "9.2.0", "10.0.0", "10.1.0", "10.1.3", "10.2.0", "11.1.0");
    private static final List<String> OPERATOR = List.of("cancel", "resume", "pause-source", "pause-destination", "migrate", "probe");

    private Small() {}

    /** The one scenario of a text. */
    public static Scenario of(String text) {
        LoadedFile file = ScenarioLoader.parse(text, "small.yaml", Path.of("."));
        if (!file.problems().isEmpty()) throw new IllegalArgumentException(file.problems().toString() + "\n" + text);
        return file.scenarios().get(0).scenario();
    }

    /** A pairing with preempt, in the default bounds. */
    public static Scenario pairing(String source, String destination, String machine) {
        return of("name: pairing\nsource: " + source + "\ndestination: " + destination + "\nmachine: " + machine
                + "\ncapabilities: [postcopy-ram, postcopy-preempt]\nexplore: {operator: [start-postcopy]}\n");
    }

    /** Pairings of all kinds in bounds that are tight enough to try every order without any reduction, or most. */
    public static Arbitrary<String> pairings() {
        Arbitrary<String> releases = Arbitraries.of(RELEASES);
        Arbitrary<Boolean> preempt = Arbitraries.frequency(net.jqwik.api.Tuple.of(5, true), net.jqwik.api.Tuple.of(1, false));
        Arbitrary<List<String>> operator = Arbitraries.of(OPERATOR).list().ofMaxSize(2);
        Arbitrary<int[]> bounds = Combinators.combine(Arbitraries.of(2, 3), Arbitraries.of(0, 1), Arbitraries.of(0, 1), Arbitraries.of(0, 1), Arbitraries.of(0, 0, 1))
                .as((pages, rounds, faults, devices, cuts) -> new int[] {pages, rounds, faults, devices, cuts});
        return Combinators.combine(releases, releases, Arbitraries.of(true, false), preempt, preempt, operator, bounds).as((a, b, same, on, other, commands, n) ->
                "name: small\nsource: {release: " + a + ", capabilities: " + capabilities(on) + "}\ndestination: {release: " + (same ? a : b) + ", capabilities: "
                        + capabilities(other == on ? on : other) + "}\nmachine: pc-q35-7.1\nexplore: {pages: " + n[0] + ", precopy-rounds: " + n[1] + ", faults: " + n[2] + ", device-faults: "
                        + n[3] + ", network-cuts: " + n[4] + ", operator: [start-postcopy" + (commands.isEmpty() ? "" : ", " + String.join(", ", commands)) + "]}\n");
    }

    private static String capabilities(boolean preempt) {
        return preempt ? "[postcopy-ram, postcopy-preempt]" : "[postcopy-ram]";
    }
}
