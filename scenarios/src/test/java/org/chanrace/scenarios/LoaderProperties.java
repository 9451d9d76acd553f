package org.chanrace.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.chanrace.model.scenario.Scenario;

/** Whatever is in a file, it yields scenarios or problems with positions in it, never an exception. */
class LoaderProperties {
    @Property(tries = 600)
    void damagedFilesAreReported(@ForAll("damaged") String text) {
        check(text);
    }

    @Property(tries = 300)
    void anyTextIsReported(@ForAll("texts") String text) {
        check(text);
    }

    private static void check(String text) {
        LoadedFile file = ScenarioLoader.parse(text, "x.yaml", Path.of("."));
        assertThat(file.scenarios().isEmpty() && file.problems().isEmpty()).as("neither scenarios nor problems").isFalse();
        List<String> lines = text.lines().toList();
        for (Problem problem : file.problems()) {
            assertThat(problem.line()).isBetween(1, Math.max(1, lines.size() + 1));
            assertThat(problem.column()).isPositive();
            assertThat(problem.message()).isNotBlank().doesNotContain("\n").doesNotContain("Exception");
            assertThat(problem.text()).startsWith("x.yaml:" + problem.line() + ":" + problem.column() + ": ");
        }
    }

    @Property(tries = 100)
    void aBadDocumentLeavesTheGoodOnesAlone(@ForAll("scenarios") Scenario good, @ForAll("breakages") String bad) {
        String text = bad + "\n---\n" + ScenarioPrinter.print(good) + "---\n" + bad + "\n";
        LoadedFile file = ScenarioLoader.parse(text, "x.yaml", Path.of("."));
        assertThat(file.scenarios()).extracting(Loaded::scenario).containsExactly(good);
        assertThat(file.problems()).isNotEmpty();
    }

    @Provide
    Arbitrary<Scenario> scenarios() {
        return ScenarioArbitraries.scenarios();
    }

    @Provide
    Arbitrary<String> breakages() {
        return Arbitraries.of("source: [", "{", "a: b: c", "\t- x", "latncy: 100 us", "source: 7.2.0", "- 1", "&a [*a]", "\"open", "name: *nobody", "? [a, b]\n: c");
    }

    /** Printed scenarios with a few characters replaced, removed or put in. */
    @Provide
    Arbitrary<String> damaged() {
        Arbitrary<String> snippets = Arbitraries.of("", ":", "{", "}", "[", "]", ",", "-", "&a ", "*a", "\n", "  ", "#", "'", "\"", "!!int ", "%", "0", "---\n", "us", "é", "\0", "\r", "? ", "| ");
        return scenarios().map(ScenarioPrinter::print).flatMap(text -> Combinators
                .combine(Arbitraries.integers().between(0, text.length() - 1), Arbitraries.integers().between(0, 3), snippets)
                .as((at, cut, put) -> text.substring(0, at) + put + text.substring(Math.min(text.length(), at + cut))));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(Arbitraries.strings(), Arbitraries.strings().withChars("ab:-{}[],&*#!|>'\"%@` \n\t?").ofMaxLength(60));
    }
}
