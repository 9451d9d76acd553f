package org.chanrace.jqwik;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import org.chanrace.generate.Sides;
import org.chanrace.generate.ScenarioGenerator;
import org.chanrace.generate.Swarm;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.scenarios.LoadedFile;
import org.chanrace.scenarios.ScenarioLoader;
import org.chanrace.scenarios.ScenarioPaths;
import org.chanrace.scenarios.ScenarioPrinter;

/** Whatever is generated can be written, and loads equal. */
@Domain(ChanraceDomain.class)
class GeneratedFilesProperties {
    private static final Path LIBRARY = Path.of("../../scenarios/library/proxies");

    @Property(tries = 1_000)
    void aGeneratedScenarioLoadsEqual(@ForAll Scenario scenario) {
        loadsEqual(scenario);
    }

    /** What a drawn swarm leaves out is in the way of what it has; with everything possible at once the scenarios are others. */
    @Property(tries = 1_000)
    void withEverythingPossibleItDoesToo(@ForAll("crowded") Scenario scenario) {
        loadsEqual(scenario);
    }

    @Property
    void aDisturbedScenarioLoadsEqual(@ForAll("disturbed") Scenario scenario) {
        loadsEqual(scenario);
    }

    /** Which connections a relay can act on depends on the sides: here there is none. */
    @Property
    void theSidesAreThoseOfAScenario(@ForAll Sides p, @ForAll Scenario s) {
        loadsEqual(new Scenario(s.name(), s.title(), s.because(), p.source(), p.destination(), p.machine(), p.parameters(), s.tls(), s.network().withRelay(new Relay.None()), s.guest(), s.host(), List.of(),
                s.limits(), s.expectation()));
    }

    @Provide
    Arbitrary<Scenario> crowded() {
        return ChanraceArbitraries.drawn(choices -> ScenarioGenerator.of(Swarm.all()).generate(choices));
    }

    /** Around those of the library that are about proxies, of which one has a CSV file. */
    @Provide
    Arbitrary<Scenario> disturbed() throws IOException {
        List<Scenario> library = new ArrayList<>();
        for (Path file : ScenarioPaths.expand(List.of(LIBRARY))) ScenarioLoader.load(file, file.toString()).scenarios().forEach(loaded -> library.add(loaded.scenario()));
        return Arbitraries.of(library).flatMap(ChanraceArbitraries::around);
    }

    private static void loadsEqual(Scenario scenario) {
        LoadedFile file = ScenarioLoader.parse(ScenarioPrinter.print(scenario), "generated.yaml", LIBRARY);
        assertThat(file.problems()).isEmpty();
        assertThat(file.scenarios()).singleElement().satisfies(loaded -> assertThat(loaded.scenario()).isEqualTo(scenario));
    }
}
