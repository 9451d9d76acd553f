package org.chanrace.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.chanrace.model.Simulation;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.OperatorEvent.When;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.Parameters;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.trace.TraceEvent;
import org.chanrace.model.verdict.ConnectionFate;
import org.chanrace.model.verdict.RunResult;
import org.chanrace.model.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole traces of library scenarios, with a tiny guest: a change of the model that changes one of them is seen, and is meant. To accept
 * it: {@code mvn test -Dgolden.update=true}, look at the difference, and commit it.
 */
class GoldenTraceTest {
    private static final Path LIBRARY = Path.of("library");
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");
    private static final long SEED = 1;
    /** 24 pages, of which 16 are written. */
    private static final Guest TINY = new Guest(24 * 4096, 16 * 4096, 4096, 1, Guest.Access.SEQUENTIAL, 400_000, 400_000_000);

    @ParameterizedTest
    @ValueSource(strings = {
        "guest-on-neither-side/7.1-postcopy-into-socket-buffers",
        "8.0-rc-breaks-7.2/8.0-rc1-to-7.2",
        "compatibility/same-release-10.0",
        "monitors-that-hang/10.1-to-10.1-main-late",
        "recovery/10.0-in-order",
        "proxies/10.1-through-two-proxies",
    })
    void theTraceIsAsItWas(String name) throws IOException {
        LoadedFile loaded = ScenarioLoader.load(LIBRARY.resolve(name + ".yaml"), name);
        assertThat(loaded.problems()).isEmpty();
        Scenario scenario = tiny(loaded.scenarios().get(0).scenario());
        RunResult result = Simulation.of(scenario).run(SEED, true);
        assertThat(scenario.expectation().orElseThrow().outcomes()).as("a tiny guest ends as the real one").contains(result.verdict().outcome());
        Path golden = GOLDEN.resolve(name.replace('/', '_') + ".txt");
        String text = text(result);
        if (UPDATE) Files.writeString(golden, text);
        assertThat(golden).as("run the tests with -Dgolden.update=true to make it").exists();
        assertThat(text.lines().toList()).isEqualTo(Files.readString(golden).lines().toList());
    }

    @Test
    void everyGoldenFileBelongsToATest() throws IOException {
        assumeThat(UPDATE).isFalse();
        try (var files = Files.list(GOLDEN)) {
            assertThat(files.map(f -> f.getFileName().toString()).sorted().toList()).hasSize(6).allMatch(f -> f.endsWith(".txt"));
        }
    }

    /** The same story with few pages: slow enough that precopy does not end by itself, with buffers that a few pages fill. */
    private static Scenario tiny(Scenario s) {
        Network network = s.network().withBuffers(1 << 10, 1 << 10);
        return new Scenario(s.name(), s.title(), s.because(), s.source(), s.destination(), s.machine(), new Parameters(200_000, 100_000, 0, 2), s.tls(), network,
                TINY, s.host(), s.events().stream().map(GoldenTraceTest::sooner).toList(), s.limits(), s.expectation());
    }

    private static OperatorEvent sooner(OperatorEvent event) {
        return event.when() instanceof When.After after ? new OperatorEvent(new When.After(after.status(), after.occurrence(), after.byNanos() / 10), event.action()) : event;
    }

    // One event a line, in a form that no report shares: a change there is not a change here.

    private static String text(RunResult result) {
        StringBuilder out = new StringBuilder();
        for (TraceEvent event : result.trace().orElseThrow().events()) out.append(line(event)).append('\n');
        for (ConnectionFate c : result.connections())
            out.append("connection ").append(c.number()).append(' ').append(c.channel()).append(" taken for ").append(c.takenFor()).append(", attempt ").append(c.attempt())
                    .append(", opened ").append(c.openedNanos()).append(", accepted ").append(c.acceptedNanos().isPresent() ? c.acceptedNanos().getAsLong() : "never")
                    .append(c.closedNanos().isPresent() ? ", closed " + c.closedNanos().getAsLong() + " by " + c.closedBy() : "").append('\n');
        Verdict v = result.verdict();
        out.append("outcome ").append(v.outcome().text()).append(", guest on ").append(v.guestRunsOn().text()).append('\n');
        out.append("source ").append(v.sourceStatus()).append(", monitor ").append(v.sourceMonitor().text()).append('\n');
        out.append("destination ").append(v.destinationStatus()).append(", monitor ").append(v.destinationMonitor().text()).append('\n');
        for (Verdict.ThreadWait wait : v.cycle()) out.append("cycle: ").append(wait.thread()).append(' ').append(wait.reason()).append('\n');
        out.append("reason: ").append(v.reason()).append('\n');
        return out.append(result.events()).append(" events, ").append(result.virtualNanos()).append(" ns\n").toString();
    }

    private static String line(TraceEvent event) {
        return String.format(Locale.ROOT, "%,13d  %-27s  ", event.nanos(), event.actor().text()) + what(event);
    }

    private static String what(TraceEvent event) {
        if (event instanceof TraceEvent.Sent e) return "sends [" + e.connection() + "] " + e.what();
        if (event instanceof TraceEvent.Received e) return "receives [" + e.connection() + "] " + e.what();
        if (event instanceof TraceEvent.Noted e) return (e.connection() > 0 ? "[" + e.connection() + "] " : "") + e.what();
        if (event instanceof TraceEvent.StatusChanged e) return "status " + e.status();
        if (event instanceof TraceEvent.Waits e) return e.reason();
        return "goes on";
    }
}
