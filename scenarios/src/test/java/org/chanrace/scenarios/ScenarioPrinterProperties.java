package org.chanrace.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.scenarios.Quantities.Dimension;

/** What is printed reads back equal, and prints the same again. */
class ScenarioPrinterProperties {
    @Provide
    Arbitrary<Scenario> scenarios() {
        return ScenarioArbitraries.scenarios();
    }

    @Property
    void parseOfPrintIsTheScenario(@ForAll("scenarios") Scenario scenario) {
        String text = ScenarioPrinter.print(scenario);
        LoadedFile file = ScenarioLoader.parse(text, "printed.yaml", Path.of("."));
        assertThat(file.problems()).as(text).isEmpty();
        assertThat(file.scenarios()).singleElement().satisfies(loaded -> assertThat(loaded.scenario()).as(text).isEqualTo(scenario));
        assertThat(ScenarioPrinter.print(file.scenarios().get(0).scenario())).isEqualTo(text);
    }

    @Property
    void scenariosOfAFileKeepTheirOrder(@ForAll("scenarios") Scenario a, @ForAll("scenarios") Scenario b) {
        String first = ScenarioPrinter.print(a);
        String second = ScenarioPrinter.print(b).replaceFirst("name: \\S+", "name: the-second");
        LoadedFile file = ScenarioLoader.parse(first + "---\n" + second, "both.yaml", Path.of("."));
        assertThat(file.problems()).isEmpty();
        assertThat(file.scenarios()).extracting(l -> l.scenario().name()).containsExactly(a.name(), "the-second");
        assertThat(file.scenarios()).extracting(Loaded::line).containsExactly(1, (int) first.lines().count() + 2);
    }

    @Property
    void printedQuantitiesReadBack(@ForAll("naturals") long n) throws BadValue {
        assertThat(Quantities.parse(Quantities.time(n), Dimension.TIME)).isEqualTo(n);
        assertThat(Quantities.parse(Quantities.size(n), Dimension.SIZE)).isEqualTo(n);
        assertThat(Quantities.parse(Quantities.rate(n), Dimension.RATE)).isEqualTo(n);
    }

    @Provide
    Arbitrary<Long> naturals() {
        return Arbitraries.longs().between(0, Math.min(Dimension.RATE.max(), Dimension.SIZE.max()));
    }

    @Property
    void printedProbabilitiesReadBackExactly(@ForAll("probabilities") double p) throws BadValue {
        assertThat(Quantities.probability(Quantities.number(p))).isEqualTo(p);
    }

    @Provide
    Arbitrary<Double> probabilities() {
        return Arbitraries.doubles().between(0, 1).ofScale(18).filter(p -> p < 1);
    }
}
