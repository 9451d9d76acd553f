package org.chanrace.reports;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.chanrace.explore.Detour;
import org.chanrace.explore.Ending;
import org.chanrace.explore.Explanation;
import org.chanrace.explore.Exploration;
import org.chanrace.explore.Exploration.Found;
import org.chanrace.explore.Provocation;
import org.chanrace.explore.Timing;
import org.chanrace.explore.Witness;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Verdict;

/**
 * One HTML page about explorations that needs nothing else: no network, no script. A table of the pairings, then for each the answer, the endings that can be
 * reached and, for each that should not, a shortest order that leads there, with its space-time diagram.
 */
public final class ExplorationHtml {
    /** Up to so many sections are all open at the beginning. */
    private static final int OPEN_MAX = 30;

    private final Set<String> anchors = new LinkedHashSet<>();
    private int diagrams;

    private ExplorationHtml() {}

    /** The page; {@code notMade} pairings were planned but not explored. */
    public static void write(List<ExploredPairing> pairings, List<FileProblem> problems, long notMade, Appendable out) throws IOException {
        StringBuilder text = new StringBuilder();
        ExplorationPageRenderer.of().execute(new ExplorationHtml().page(pairings, problems, notMade), text);
        out.append(text);
    }

    private ExplorationPage page(List<ExploredPairing> pairings, List<FileProblem> problems, long notMade) {
        long passed = count(pairings, ExploredPairing.Judgement.PASS);
        long failed = count(pairings, ExploredPairing.Judgement.FAIL);
        long inconclusive = count(pairings, ExploredPairing.Judgement.INCONCLUSIVE);
        String title = "chanrace: " + new ExplorationText(TextReport.Options.PLAIN).summary(passed, failed, inconclusive, problems.size()) + (notMade == 0 ? "" : " (partial)");
        List<HtmlPage.Tile> tiles = new ArrayList<>();
        tiles.add(tile("", pairings.size(), pairings.size() == 1 ? "pairing" : "pairings"));
        tiles.add(tile("good", passed, "as expected"));
        tiles.add(tile(failed == 0 ? "" : "bad", failed, "not as expected"));
        if (inconclusive > 0) tiles.add(tile("open", inconclusive, "inconclusive"));
        if (!problems.isEmpty()) tiles.add(tile("bad", problems.size(), problems.size() == 1 ? "error" : "errors"));
        if (notMade > 0) tiles.add(tile("bad", notMade, "pairings not explored: partial, it was interrupted"));
        String style = HtmlReport.resource("index.css") + HtmlReport.resource("explored.css") + SvgDiagram.styleSheet();
        return new ExplorationPage(title, style, tiles, problems.stream().map(HtmlReport::problem).toList(),
                pairings.stream().map(p -> pairing(p, pairings.size() <= OPEN_MAX || !p.asExpected())).toList());
    }

    private static HtmlPage.Tile tile(String style, long count, String what) {
        return new HtmlPage.Tile(style, (int) Math.min(count, Integer.MAX_VALUE), what);
    }

    private static long count(List<ExploredPairing> pairings, ExploredPairing.Judgement judgement) {
        return pairings.stream().filter(p -> p.judgement() == judgement).count();
    }

    private ExplorationPage.Pairing pairing(ExploredPairing pairing, boolean open) {
        Exploration exploration = pairing.exploration();
        Scenario scenario = exploration.scenario();
        String anchor = HtmlReport.anchor(scenario.name(), anchors);
        List<Explained> notable = pairing.notable();
        List<String> names = notable.stream().map(f -> HtmlReport.anchor(scenario.name() + "-" + f.ending().outcome().text(), anchors)).toList();
        boolean sought = ExplorationWords.soughtTells(exploration);
        List<ExplorationPage.Row> rows = new ArrayList<>();
        for (Found found : exploration.found()) {
            int at = notable.stream().map(Explained::found).toList().indexOf(found);
            rows.add(row(found, at < 0 ? "" : names.get(at), sought));
        }
        List<ExplorationPage.Ending> endings = new ArrayList<>();
        for (int i = 0; i < notable.size(); i++) endings.add(ending(pairing, notable.get(i), names.get(i)));
        ExplorationWords.SmallBounds bounds = ExplorationWords.SmallBounds.of(exploration);
        List<HtmlPage.Fact> facts = new ArrayList<>(List.of(fact("source", ScenarioWords.endpoint(scenario.source())), fact("destination", ScenarioWords.endpoint(scenario.destination())),
                fact("machine", scenario.machine()), fact("bounds", bounds.words()), fact("file", pairing.file())));
        if (exploration.timed()) facts.add(fact("times", String.join(" ", ExplorationWords.times(exploration))));
        ExplorationWords.reduction(exploration).ifPresent(reduction -> facts.add(fact("reduction", reduction)));
        return new ExplorationPage.Pairing(style(pairing), anchor, open, mark(pairing), clean(scenario.name()), clean(ScenarioWords.pairing(scenario)),
                clean(scenario.machine()), clean(scenario.title()), pairing.aimInShort(),
                ExplorationWords.statement(exploration), ExplorationWords.sometimes(exploration), clean(ExplorationWords.neverHappens(exploration)), outcomes(exploration), ExplorationWords.grouped(exploration.states()),
                ExplorationWords.size(exploration), clean(pairing.deviations()), facts,
                clean(bounds.operator()), rows, !rows.isEmpty(), sought, ExplorationWords.SOUGHT, endings);
    }

    private static String outcomes(Exploration exploration) {
        return exploration.found().stream().map(f -> f.ending().outcome().text()).distinct().collect(Collectors.joining(", "));
    }

    private static ExplorationPage.Row row(Found found, String anchor, boolean withSought) {
        Ending ending = found.ending();
        return new ExplorationPage.Row(ending.isBad() ? "bad" : "good", anchor, !anchor.isEmpty(), ending.isBad() ? "✗" : "✓", ending.outcome().text(),
                ending.guestRunsOn().text(), ending.sourceMonitor().text(), ending.destinationMonitor().text(), ending.disturbed() ? "yes" : "no",
                withSought, ending.sought() ? "yes" : "no", ExplorationWords.grouped(ExplorationWords.length(found.witness())), ExplorationWords.grouped(found.states()));
    }

    private ExplorationPage.Ending ending(ExploredPairing pairing, Explained found, String anchor) {
        Witness witness = found.witness();
        Verdict verdict = witness.result().verdict();
        Optional<Explanation> why = found.explanation();
        boolean draw = diagrams < HtmlReport.DIAGRAMS_MAX;
        String diagram = draw ? diagram(pairing, witness) : "";
        String mermaid = draw ? ExplorationMermaid.witness(pairing, found).orElse("") : "";
        Optional<Detour> detour = why.flatMap(Explanation::detour);
        boolean drawDetour = detour.isPresent() && diagrams < HtmlReport.DIAGRAMS_MAX;
        String other = drawDetour ? diagram(pairing, detour.get().witness()) : "";
        String otherMermaid = drawDetour ? ExplorationMermaid.detour(pairing, found).orElse("") : "";
        boolean byTime = witness.timing().map(Timing::ran).orElse(false);
        String hint = draw ? byTime ? "Run by time, with durations that the scenario allows." : "No clock runs while every order is tried: what is numbered are all events of the order, those included that follow without a choice."
                : "Left out: this page has " + HtmlReport.DIAGRAMS_MAX + " diagrams already.";
        List<String> disturbance = ExplanationWords.disturbance(pairing.exploration().scenario(), found);
        Optional<Provocation> provoked = found.provocation();
        List<String> log = clean(verdict.messages());
        return new ExplorationPage.Ending(anchor, clean(ExplorationWords.ending(pairing.exploration(), found.ending())), clean(verdict.reason()), clean(verdict.advice()),
                !verdict.advice().isEmpty(), ExplorationWords.steps(ExplorationWords.length(witness)),
                clean(ExplanationWords.steps(witness)), ExplorationWords.unexplained(pairing.exploration(), found.found()).orElse(ExplorationWords.STEPS), clean(ExplanationWords.timing(witness)), witness.timing().isPresent(),
                why.isPresent(), clean(why.map(ExplanationWords::decided).orElse("")), clean(why.map(ExplanationWords::pairs).orElse(List.of())),
                clean(why.map(ExplanationWords::certainty).orElse(List.of())), clean(why.map(ExplanationWords::parting).orElse("")), detour.isPresent(), detour.map(Detour::common).orElse(0) + 1,
                detour.map(ExplanationWords::detour).map(ExplorationHtml::clean).orElse(List.of()), clean(disturbance), !disturbance.isEmpty(),
                provoked.isPresent(), clean(provoked.map(ExplanationWords::relay).orElse("")), clean(provoked.map(ExplanationWords::netem).orElse(List.of())),
                clean(provoked.map(p -> p.queued().commands()).orElse(List.of())), provoked.map(p -> !p.queued().commands().isEmpty()).orElse(false),
                clean(provoked.map(p -> p.queued().limits()).orElse(List.of())), log, !log.isEmpty(), diagram, mermaid, !mermaid.isEmpty(),
                other, !other.isEmpty(), otherMermaid, hint, found.capsule().map(file -> "chanrace replay " + ShellWords.quoted(file)).map(ExplorationHtml::clean).orElse(""), found.capsule().isPresent());
    }

    private String diagram(ExploredPairing pairing, Witness witness) {
        diagrams++;
        return SvgDiagram.element(new ReportedRun(pairing.exploration().small(), pairing.file(), witness.result()), "d" + diagrams + "-").orElse("");
    }

    private static String style(ExploredPairing pairing) {
        return switch (pairing.judgement()) {
            case PASS -> "good";
            case FAIL -> "bad";
            case INCONCLUSIVE -> "open";
        };
    }

    private static String mark(ExploredPairing pairing) {
        return switch (pairing.judgement()) {
            case PASS -> "✓";
            case FAIL -> "✗";
            case INCONCLUSIVE -> "?";
        };
    }

    private static HtmlPage.Fact fact(String name, String value) {
        return new HtmlPage.Fact(name, clean(value));
    }

    private static List<String> clean(List<String> texts) {
        return texts.stream().map(ExplorationHtml::clean).toList();
    }

    private static String clean(String text) {
        return Characters.oneLine(text);
    }
}
