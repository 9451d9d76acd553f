package org.chanrace.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.chanrace.model.measure.LatencyHistogram;
import org.chanrace.model.measure.Measurements;
import org.chanrace.model.scenario.Paging;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.ConnectionFate;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.Verdict;

/** Puts one run into the words and tables of the HTML page. */
final class HtmlSections {
    private static final int SEEDS_SHOWN = 5;

    private HtmlSections() {}

    /** The row of the summary. */
    static HtmlPage.Row row(HtmlReport.Ending ending) {
        ReportedRun run = ending.shown();
        Verdict verdict = run.result().verdict();
        return new HtmlPage.Row(style(run), ending.anchor(), mark(run), clean(run.scenario().name()), seeds(ending), clean(ScenarioWords.pairing(run.scenario())),
                clean(run.scenario().machine()), verdict.outcome().text(), expected(run), verdict.guestRunsOn().text(), clean(verdict.reason()));
    }

    private static String expected(ReportedRun run) {
        if (run.scenario().expectation().isEmpty()) return "–";
        if (run.asExpected()) return "yes";
        List<Outcome> outcomes = run.scenario().expectation().get().outcomes();
        if (outcomes.contains(run.result().verdict().outcome())) return "no: " + clean(String.join("; ", run.deviations()));
        return "no: " + outcomes.stream().map(Outcome::text).collect(Collectors.joining(" or "));
    }

    private static String seeds(HtmlReport.Ending ending) {
        if (!ending.severalSeeds()) return "";
        String seeds = ending.runs().stream().limit(SEEDS_SHOWN).map(r -> Long.toString(r.result().seed())).collect(Collectors.joining(", "));
        int more = ending.runs().size() - SEEDS_SHOWN;
        return (ending.runs().size() == 1 ? ", seed " : ", seeds ") + seeds + (more > 0 ? " and " + more + " more" : "");
    }

    private static String style(ReportedRun run) {
        String colour = !run.asExpected() ? "bad" : run.scenario().expectation().isEmpty() ? "open" : "good";
        return colour + " o-" + run.result().verdict().outcome().text();
    }

    private static String mark(ReportedRun run) {
        return !run.asExpected() ? "✗" : run.scenario().expectation().isEmpty() ? "·" : "✓";
    }

    /** The section of an ending. */
    static HtmlPage.Section section(HtmlReport.Ending ending, boolean open, String prefix, String diagram, String hint) {
        ReportedRun run = ending.shown();
        Scenario scenario = run.scenario();
        Verdict verdict = run.result().verdict();
        Clock clock = Clock.of(run.result());
        List<String> events = scenario.events().stream().map(e -> clock.counts() ? ScenarioWords.freely(e, false) : ScenarioWords.event(e)).map(HtmlSections::clean).toList();
        List<HtmlPage.Connection> connections = connections(run.result().connections(), clock);
        List<HtmlPage.Waiting> waits = waits(verdict.waits(), verdict.cycle(), clock);
        List<HtmlPage.Waiting> cycle = waits(verdict.cycle(), List.of(), clock);
        List<String> messages = verdict.messages().stream().map(HtmlSections::clean).toList();
        Optional<Measurements> measured = run.result().measurements().filter(m -> m.latency().count() > 0);
        return new HtmlPage.Section(style(run), ending.anchor(), open, mark(run), clean(scenario.name()), seeds(ending), verdict.outcome().text(), clean(scenario.title()),
                run.deviations().stream().map(HtmlSections::clean).toList(), clean(verdict.reason()), clean(verdict.advice()), !verdict.advice().isEmpty(), verdict(run),
                asked(run), events, !events.isEmpty(), connections, !connections.isEmpty(), waits, !waits.isEmpty(), cycle, !cycle.isEmpty(), messages,
                !messages.isEmpty(), measured.map(HtmlSections::faults).orElse(List.of()), measured.map(m -> LatencyPlots.of(m, prefix)).orElse(List.of()), measured.isPresent(),
                diagram, hint, run.againCommand(), run.replayCommand().orElse(""), run.replayCommand().isPresent());
    }

    private static List<HtmlPage.Fact> verdict(ReportedRun run) {
        Verdict verdict = run.result().verdict();
        List<HtmlPage.Fact> facts = new ArrayList<>();
        facts.add(fact("outcome", verdict.outcome().text()));
        facts.add(fact("guest runs on", verdict.guestRunsOn().text()));
        facts.add(fact("source", SideWords.of(verdict.sourceStatus(), verdict.sourceMonitor())));
        facts.add(fact("destination", SideWords.of(verdict.destinationStatus(), verdict.destinationMonitor())));
        if (verdict.lostPages() > 0) facts.add(fact("lost or stale pages", Long.toString(verdict.lostPages())));
        facts.add(fact("ended after", Clock.of(run.result()).lasting("", run.result().virtualNanos(), ", ") + run.result().events() + " events"));
        facts.add(fact("digest", run.result().digest()));
        return facts;
    }

    private static List<HtmlPage.Fact> faults(Measurements m) {
        LatencyHistogram latency = m.latency();
        List<HtmlPage.Fact> facts = new ArrayList<>();
        facts.add(fact("faults", ExplorationWords.grouped(latency.count())));
        facts.add(fact("mean", Amounts.mean((double) latency.sumNanos() / latency.count())));
        facts.add(fact("p50, p90, p99", Amounts.duration(latency.percentileNanos(50)) + ", " + Amounts.duration(latency.percentileNanos(90)) + ", "
                + Amounts.duration(latency.percentileNanos(99))));
        facts.add(fact("max", Amounts.duration(latency.maxNanos())));
        m.downtimeNanos().ifPresent(nanos -> facts.add(fact("downtime", Amounts.duration(nanos))));
        m.postcopyNanos().ifPresent(nanos -> facts.add(fact("postcopy", Amounts.duration(nanos))));
        m.totalNanos().ifPresent(nanos -> facts.add(fact("total time", Amounts.duration(nanos))));
        return facts;
    }

    private static List<HtmlPage.Fact> asked(ReportedRun run) {
        Scenario scenario = run.scenario();
        List<HtmlPage.Fact> facts = new ArrayList<>();
        facts.add(fact("source", ScenarioWords.endpoint(scenario.source())));
        facts.add(fact("destination", ScenarioWords.endpoint(scenario.destination())));
        facts.add(fact("machine", scenario.machine()));
        facts.add(fact("relay", ScenarioWords.relay(scenario.network().relay())));
        facts.add(fact("network", ScenarioWords.network(scenario.network())));
        facts.add(fact("parameters", ScenarioWords.parameters(scenario)));
        facts.add(fact("guest", ScenarioWords.guest(scenario.guest())));
        if (!scenario.host().paging().equals(Paging.NONE)) facts.add(fact("paging", ScenarioWords.paging(scenario.host().paging())));
        scenario.expectation().filter(e -> !e.quantities().isEmpty()).ifPresent(e -> facts.add(fact("expected", e.quantities().stream()
                .map(within -> within.quantity().text() + " " + ScenarioWords.limits(within)).collect(Collectors.joining("; ")))));
        if (!scenario.because().isEmpty()) facts.add(fact("because", scenario.because()));
        facts.add(fact("file", run.file()));
        facts.add(fact("seed", Long.toString(run.result().seed())));
        run.capsule().ifPresent(name -> facts.add(fact("capsule", name)));
        return facts;
    }

    private static HtmlPage.Fact fact(String name, String value) {
        return new HtmlPage.Fact(name, clean(value));
    }

    private static List<HtmlPage.Connection> connections(List<ConnectionFate> connections, Clock clock) {
        return connections.stream().map(c -> new HtmlPage.Connection(
                c.acceptedNanos().isPresent() && !c.takenFor().equals(c.channel()) ? "wrong" : "", c.number(), clean(c.channel()), clean(c.takenFor()),
                order(c, connections), c.attempt() == 1 ? "migration" : "attempt " + c.attempt(), clock.moment(c.openedNanos()), moment(c.acceptedNanos(), "never", clock),
                moment(c.closedNanos(), "open", clock), clean(c.closedBy()))).toList();
    }

    private static String order(ConnectionFate connection, List<ConnectionFate> all) {
        if (connection.acceptedNanos().isEmpty()) return "–";
        long at = connection.acceptedNanos().getAsLong();
        long before = all.stream().filter(c -> c.attempt() == connection.attempt() && c.acceptedNanos().isPresent()
                && (c.acceptedNanos().getAsLong() < at || (c.acceptedNanos().getAsLong() == at && c.number() < connection.number()))).count();
        return ScenarioWords.ordinal((int) before + 1);
    }

    private static String moment(OptionalLong nanos, String otherwise, Clock clock) {
        return nanos.isPresent() ? clock.moment(nanos.getAsLong()) : otherwise;
    }

    private static List<HtmlPage.Waiting> waits(List<Verdict.ThreadWait> waits, List<Verdict.ThreadWait> cycle, Clock clock) {
        return waits.stream().map(w -> new HtmlPage.Waiting(cycle.stream().anyMatch(c -> c.thread().equals(w.thread())) ? "incycle" : "", clean(w.thread()),
                clean(w.reason()), clean(w.awaited()), clock.moment(w.sinceNanos()))).toList();
    }

    private static String clean(String text) {
        return Characters.oneLine(text);
    }
}
