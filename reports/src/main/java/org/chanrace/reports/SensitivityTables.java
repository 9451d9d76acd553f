package org.chanrace.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What each parameter does to the mean, for people. */
public final class SensitivityTables {
    private static final String HALVED = "halved";
    private static final String DOUBLED = "doubled";

    private SensitivityTables() {}

    /** A block of text for a scenario, what matters most first. */
    public static String text(LatencyComparison comparison) {
        Sensitivity s = Sensitivity.of(comparison);
        List<List<String>> rows = new ArrayList<>();
        for (Sensitivity.Parameter p : s.byWeight()) rows.add(List.of(p.name(), p.value(), cell(p.smaller(), HALVED), cell(p.larger(), DOUBLED)));
        return Characters.oneLine(comparison.scenario().name() + ", " + s.asItIs().name() + "  (" + comparison.file() + ", " + LatencyWords.seeds(comparison) + ")") + "\n"
                + "  mean " + LatencyWords.estimate(s.asItIs().mean()) + "; what it becomes when one parameter is another, all dice the same:\n\n"
                + new LatencyTable(List.of("parameter", "as it is", HALVED, DOUBLED), rows).text() + "\n  " + LatencyWords.certainty(comparison) + "\n";
    }

    /** One table of all scenarios side by side, in the order of the parameters; the value is that of the first scenario that has the parameter. */
    public static String markdown(List<LatencyComparison> comparisons) {
        List<Sensitivity> all = comparisons.stream().map(Sensitivity::of).toList();
        List<String> header = new ArrayList<>(List.of("parameter", "as it is"));
        List<String> means = new ArrayList<>(List.of("mean", ""));
        for (int i = 0; i < all.size(); i++) {
            header.add(comparisons.get(i).scenario().name() + ", " + all.get(i).asItIs().name() + ": " + HALVED);
            header.add(DOUBLED);
            means.add(LatencyWords.estimate(all.get(i).asItIs().mean()));
            means.add("");
        }
        List<List<String>> rows = new ArrayList<>(List.of(means));
        for (String name : all.stream().flatMap(s -> s.parameters().stream()).map(Sensitivity.Parameter::name).distinct().toList()) {
            List<Optional<Sensitivity.Parameter>> found = all.stream().map(s -> s.parameters().stream().filter(p -> p.name().equals(name)).findFirst()).toList();
            List<String> row = new ArrayList<>(List.of("`" + name + "`", found.stream().flatMap(Optional::stream).findFirst().map(Sensitivity.Parameter::value).orElse("")));
            for (Optional<Sensitivity.Parameter> p : found) {
                row.add(cell(p.flatMap(Sensitivity.Parameter::smaller), HALVED));
                row.add(cell(p.flatMap(Sensitivity.Parameter::larger), DOUBLED));
            }
            rows.add(row);
        }
        return new LatencyTable(header, rows).markdown();
    }

    /** {@code +12.3 ± 0.4 %}, with the change before it when the head of the column does not say it. */
    private static String cell(Optional<Sensitivity.Effect> effect, String head) {
        if (effect.isEmpty()) return "";
        String change = effect.get().change().equals(head) ? "" : effect.get().change() + ": ";
        return change + effect.get().difference().map(SensitivityTables::percent).orElse(LatencyWords.NOTHING);
    }

    private static String percent(LatencyComparison.Difference d) {
        double mean = d.nanos().mean();
        String share = Amounts.fixed(100 * d.share(), 1);
        String signed = share.startsWith("-") ? share.equals("-0.0") ? "0.0" : "−" + share.substring(1) : share.equals("0.0") ? share : "+" + share;
        if (d.nanos().halfWidth().isEmpty() || mean == 0) return signed + " %";
        return signed + " ± " + Amounts.fixed(100 * d.nanos().halfWidth().getAsDouble() * Math.abs(d.share() / mean), 1) + " %";
    }
}
