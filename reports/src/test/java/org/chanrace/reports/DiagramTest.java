package org.chanrace.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chanrace.model.trace.Actor.DESTINATION_MAIN_LOOP;
import static org.chanrace.model.trace.Actor.SOURCE_MIGRATION;

import java.io.IOException;
import java.util.List;
import org.chanrace.model.trace.Actor;
import org.chanrace.model.trace.Trace;
import org.junit.jupiter.api.Test;

/** What both diagrams are made of. */
class DiagramTest {
    @Test
    void bulkIsFoldedAndCounted() {
        SpaceTime diagram = SpaceTimeBuilder.of(Samples.swapped().result()).orElseThrow();
        List<SpaceTime.Bulk> bulk = diagram.marks().stream().filter(SpaceTime.Bulk.class::isInstance).map(SpaceTime.Bulk.class::cast).toList();
        assertThat(bulk).singleElement().satisfies(b -> {
            assertThat(b.what()).isEqualTo("260 × pages");
            assertThat(b.unread()).isEqualTo(260);
            assertThat(b.bytes()).isEqualTo(260L * 33_024);
        });
        assertThat(diagram.marks()).filteredOn(m -> m instanceof SpaceTime.Depart d && d.message().what().equals("PING(1)")).hasSize(1);
    }

    @Test
    void anEosAmongPagesIsFoldedAndTheLastOneIsNot() {
        Recorder recorder = new Recorder();
        for (int i = 0; i < 9; i++) recorder.lost(i, SOURCE_MIGRATION, 1, i % 3 == 2 ? "EOS" : i % 3 == 1 ? "zero pages 0x" + i : "pages 0x" + i, 100);
        List<SpaceTime.Mark> marks = SpaceTimeBuilder.of(Samples.with(Samples.hung(), recorder.trace()).result()).orElseThrow().marks();
        assertThat(marks).filteredOn(SpaceTime.Bulk.class::isInstance).singleElement()
                .satisfies(m -> assertThat(((SpaceTime.Bulk) m).what()).isEqualTo("3 × pages, 3 × zero, 2 × EOS"));
        assertThat(marks).filteredOn(m -> m instanceof SpaceTime.Depart d && d.message().what().equals("EOS")).hasSize(1);
    }

    @Test
    void ofManyWaitsTheFirstAndTheLongestAreDrawn() {
        Recorder recorder = new Recorder();
        for (int i = 0; i < 40; i++) recorder.waits(i * 1000L, SOURCE_MIGRATION, "waits for a slice").resumes(i * 1000L + (i == 30 ? 900 : i == 20 ? 0 : 10), SOURCE_MIGRATION);
        ReportedRun run = Samples.with(Samples.open(), recorder.trace());
        SpaceTime diagram = SpaceTimeBuilder.of(run.result()).orElseThrow();
        assertThat(diagram.waits()).extracting(SpaceTime.Wait::sinceNanos).containsExactly(0L, 30_000_000L);
        assertThat(diagram.remarks()).containsExactly("Source migration thread: 37 more waits are not drawn (370 us in all).");
    }

    @Test
    void acceptOrderIsThatOfTheDestinationAndCountsAnewInARecovery() {
        assertThat(accepts(Samples.swapped())).containsExactly("1: connection 2 (preempt) as main", "2: connection 1 (main) as preempt");
        assertThat(accepts(Samples.recovered())).containsExactly("1: connection 1 as main", "2: connection 2 as preempt", "1: connection 3 as main", "2: connection 4 as preempt");
    }

    @Test
    void anAcceptWithoutANoteStandsBetweenItsCauseAndItsEffect() {
        Recorder recorder = new Recorder().message(500, Actor.SOURCE_MAIN_LOOP, 560, DESTINATION_MAIN_LOOP, 2, "SYN", 0)
                .waits(560, DESTINATION_MAIN_LOOP, "is blocked");
        List<SpaceTime.Mark> marks = SpaceTimeBuilder.of(Samples.with(Samples.hung(), recorder.trace()).result()).orElseThrow().marks();
        assertThat(marks).filteredOn(m -> m.nanos() == 560_000).extracting(m -> m.getClass().getSimpleName()).containsExactly("Arrive", "Accept", "Block");
    }

    private static List<String> accepts(ReportedRun run) {
        return SpaceTimeBuilder.of(run.result()).orElseThrow().marks().stream().filter(SpaceTime.Accept.class::isInstance).map(SpaceTime.Accept.class::cast)
                .map(a -> a.order() + ": " + a.text().replace("accepts ", "")).toList();
    }

    @Test
    void columnsAreTheThreadsThatTakePart() {
        assertThat(SpaceTimeBuilder.of(Samples.hung().result()).orElseThrow().columns())
                .containsExactly(Actor.OPERATOR, Actor.SOURCE_MAIN_LOOP, Actor.SOURCE_MIGRATION, Actor.NETWORK, Actor.DESTINATION_MAIN_LOOP);
    }

    @Test
    void theCycleIsMarkedInItsWaits() {
        SpaceTime diagram = SpaceTimeBuilder.of(Samples.hung().result()).orElseThrow();
        assertThat(diagram.waits()).filteredOn(w -> w.cyclePosition() == 1).singleElement().satisfies(w -> assertThat(w.actor()).isEqualTo(SOURCE_MIGRATION));
        assertThat(diagram.waits()).filteredOn(w -> w.cyclePosition() == 2).singleElement().satisfies(w -> assertThat(w.actor()).isEqualTo(DESTINATION_MAIN_LOOP));
        assertThat(diagram.cycle()).extracting(SpaceTime.CycleStep::to).containsExactly(DESTINATION_MAIN_LOOP, SOURCE_MIGRATION);
    }

    @Test
    void aVerdictsWaitsAreDrawnWhenTheTraceHasNone() {
        ReportedRun run = Samples.with(Samples.hung(), new Recorder().status(0, SOURCE_MIGRATION, "setup").trace());
        assertThat(SpaceTimeBuilder.of(run.result()).orElseThrow().waits()).extracting(SpaceTime.Wait::actor)
                .containsExactlyInAnyOrder(SOURCE_MIGRATION, DESTINATION_MAIN_LOOP);
    }

    @Test
    void rowsAreCappedInTheMiddle() throws IOException {
        Recorder recorder = new Recorder();
        for (int i = 0; i < 500; i++) recorder.status(i, SOURCE_MIGRATION, "status-" + i);
        ReportedRun run = Samples.with(Samples.open(), recorder.trace());
        StringBuilder text = new StringBuilder();
        TextDiagram.write(run, new TextDiagram.Options(false, 100, 50), text);
        assertThat(text).contains("status-0 ", "status-499", "⋮ 455 more rows ⋮").doesNotContain("status-250");
        assertThat(SvgDiagram.document(run).orElseThrow()).contains("more rows", "status-499").doesNotContain("status-250");
    }

    @Test
    void anEmptyTraceIsDrawnToo() throws IOException {
        ReportedRun run = Samples.with(Samples.saying("x"), new Trace(List.of(), 3));
        StringBuilder text = new StringBuilder();
        TextDiagram.write(run, TextDiagram.Options.DEFAULT, text);
        assertThat(text).contains("3 later events are missing");
        assertThat(SvgDiagram.document(run).orElseThrow()).contains("3 later events are missing");
    }

    @Test
    void noTraceNoDiagram() throws IOException {
        StringBuilder text = new StringBuilder();
        TextDiagram.write(Samples.open(), TextDiagram.Options.DEFAULT, text);
        assertThat(text).isEmpty();
        assertThat(SvgDiagram.document(Samples.open())).isEmpty();
    }

    @Test
    void linesOfTextFitTheWidth() throws IOException {
        for (ReportedRun run : Samples.all()) {
            StringBuilder text = new StringBuilder();
            TextDiagram.write(run, new TextDiagram.Options(false, 150, 120), text);
            String diagram = text.toString().split("The cycle:")[0];
            assertThat(diagram.lines().mapToInt(String::length).max().orElse(0)).isLessThanOrEqualTo(150);
        }
    }

    @Test
    void mermaidShowsTheOrderOfAcceptsAndWhoWaitsAtTheEnd() {
        String diagram = MermaidDiagram.of(Samples.swapped().result(), List.of("a; b", "c")).orElseThrow();
        assertThat(diagram).startsWith("sequenceDiagram\n").contains("#35;1 accepts connection 2 (preempt) as main", "#35;2 accepts connection 1 (main) as preempt", ": a#59; b<br/>c\n");
        assertThat(diagram.indexOf("#35;1 accepts")).isLessThan(diagram.indexOf("#35;2 accepts"));
        assertThat(diagram.lines().filter(l -> l.endsWith(", to the end"))).hasSize(Samples.swapped().result().verdict().waits().size());
        assertThat(MermaidDiagram.of(Samples.open().result(), List.of())).isEmpty();
    }
}
