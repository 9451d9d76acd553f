package org.chanrace.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.chanrace.model.verdict.RunResult;
import org.junit.jupiter.api.Test;

/** An order takes no time: whatever shows its moments shows numbers of events, and no duration. */
class ClockTest {
    /** A number with a unit of time, or one that reads as seconds. */
    private static final String TIME = "(?s).*\\b[0-9.]+ (ns|us|ms|s)\\b.*";
    private static final String SECONDS = "(?s).*\\b[0-9]+\\.[0-9]{6}\\b.*";

    @Test
    void aRunByTimeHasTimes() {
        Clock clock = new Clock(0);
        assertThat(clock.heading()).isEqualTo("time, s");
        assertThat(clock.number(18_000)).isEqualTo("0.000018");
        assertThat(clock.moment(18_000)).isEqualTo("0.000018 s");
        assertThat(clock.exactly(18_001)).isEqualTo("18001 ns");
        assertThat(clock.lasting(", ", 42_000, " later")).isEqualTo(", 42 us later");
    }

    @Test
    void anOrderHasEvents() {
        Clock clock = new Clock(1000);
        assertThat(clock.heading()).isEqualTo("event");
        assertThat(clock.number(18_000)).isEqualTo("18");
        assertThat(clock.moment(18_000)).isEqualTo("event 18");
        assertThat(clock.exactly(18_000)).isEqualTo("event 18");
        assertThat(clock.lasting(", ", 42_000, " later")).isEmpty();
    }

    @Test
    void noDocumentOfAnOrderShowsATime() throws Exception {
        for (ReportedRun run : List.of(Samples.swapped(), Samples.completed(), Samples.recovered())) {
            RunResult order = run.result().ticking(1000);
            ReportedRun reported = new ReportedRun(run.scenario(), run.file(), order);
            StringBuilder text = new StringBuilder();
            TextDiagram.write(reported, TextDiagram.Options.DEFAULT, text);
            assertThat(text.toString()).contains("event  ").doesNotMatch(TIME).doesNotMatch(SECONDS);
            assertThat(SvgDiagram.element(reported, "d-").orElseThrow()).contains(">event</text>").doesNotMatch(TIME).doesNotMatch(SECONDS);
            assertThat(MermaidDiagram.of(order, List.of()).orElseThrow()).doesNotMatch(TIME).doesNotMatch(SECONDS);
            String explanation = new TextReport(TextReport.Options.PLAIN).explanation(reported);
            assertThat(explanation).containsPattern("accepted at event \\d+").doesNotMatch(SECONDS);

            StringBuilder byTime = new StringBuilder();
            TextDiagram.write(run, TextDiagram.Options.DEFAULT, byTime);
            assertThat(byTime.toString()).as("the same run, were it by time").contains("time, s").matches(SECONDS);
        }
    }
}
