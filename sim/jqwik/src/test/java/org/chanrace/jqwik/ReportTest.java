package org.chanrace.jqwik;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.scenarios.Loaded;
import org.chanrace.scenarios.LoadedFile;
import org.chanrace.scenarios.ScenarioLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What the user of a failing property sees. */
class ReportTest {
    private static final String FIRST_LINE = "name: generated";

    /** Properties that fail; nested, so that the build does not run them by itself. */
    @Domain(ChanraceDomain.class)
    static class Planted {
        @Property(tries = 2_000, seed = "1", afterFailure = AfterFailureMode.RANDOM_SEED)
        void first(@ForAll Scenario scenario, @ForAll long seed) {
            check(scenario);
        }

        @Property(tries = 2_000, seed = "2", afterFailure = AfterFailureMode.RANDOM_SEED)
        void second(@ForAll Scenario scenario, @ForAll long seed) {
            check(scenario);
        }

        private static void check(Scenario s) {
            if (s.network().relay() instanceof Relay.Swap && s.destination().release().name().equals("7.2.0")) throw new AssertionError("planted");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"first", "second"})
    void aFailureIsReportedAsTheFileOfAMinimalScenario(String property) {
        String shrunk = sample(run(property), "Shrunk Sample", "Original Sample");
        assertThat(shrunk).contains("save its file as law.yaml").containsPattern("(?m)^  seed: 1$");
        Scenario s = loaded(shrunk);
        assertThat(s.network().relay()).isEqualTo(new Relay.Swap());
        assertThat(s.destination().release().name()).isEqualTo("7.2.0");
        assertThat(s.source().release().name()).isIn("7.0.0", "7.2.0");
        assertThat(s.network().hops()).isEmpty();
        assertThat(s.events()).isEmpty();
        assertThat(s.source().capabilities()).isEmpty();
        assertThat(s.guest().pages()).isEqualTo(16);
    }

    @Test
    void theSameSeedReportsTheSame() {
        assertThat(run("first")).isEqualTo(run("first"));
    }

    /** What jqwik says, without the lines that say when. */
    private static String run(String property) {
        List<String> reports = new ArrayList<>();
        LauncherFactory.create().execute(
                LauncherDiscoveryRequestBuilder.request().selectors(selectMethod(Planted.class, property, Scenario.class, long.class))
                        .configurationParameter("jqwik.reporting.usejunitplatform", "true").build(),
                new TestExecutionListener() {
                    @Override
                    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
                        entry.getKeyValuePairs().values().forEach(reports::add);
                    }
                });
        return String.join("\n", reports);
    }

    private static String sample(String report, String from, String to) {
        assertThat(report).contains(from, to);
        return report.substring(report.indexOf(from), report.indexOf(to));
    }

    /** The lines of the file as they stand in the report, with its indentation. */
    private static Scenario loaded(String sample) {
        String text = sample.lines().dropWhile(line -> !line.strip().equals(FIRST_LINE)).takeWhile(line -> line.startsWith("    ")).collect(Collectors.joining("\n", "", "\n"));
        LoadedFile file = ScenarioLoader.parse(text, "law.yaml", Path.of("."));
        assertThat(file.problems()).as(text).isEmpty();
        return file.scenarios().stream().map(Loaded::scenario).findFirst().orElseThrow();
    }
}
