package org.chanrace.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.chanrace.explore.Exploration;
import org.chanrace.explore.Exploration.Found;
import org.chanrace.model.scenario.Expectation;
import org.chanrace.model.verdict.Outcome;

/**
 * A pairing of which every order was tried, beside the scenario file that asked for it.
 *
 * @param file where the scenario stands, as the user named it
 * @param expected what trying every order is to show
 * @param exploration what came out; its scenario is the one of this pairing
 * @param notable the endings that a reader wants to see a witness of, in the order of the exploration, with what was found out about it
 */
public record ExploredPairing(String file, Expected expected, Exploration exploration, List<Explained> notable) {
    /** What trying every order of a pairing is to show. */
    public enum Expected {
        /** Some order ends as the scenario says that it finds or, if it says nothing of that, badly. */
        FAILS("fails"),
        /** No order ends so, and some order completes. */
        PASSES("passes");

        private final String text;

        Expected(String text) {
            this.text = text;
        }

        /** The word in output. */
        public String text() {
            return text;
        }
    }

    /** Whether it shows what it is to show. */
    public enum Judgement {
        PASS("pass"),
        FAIL("fail"),
        /** The memory ran out before anything was shown. */
        INCONCLUSIVE("inconclusive");

        private final String text;

        Judgement(String text) {
            this.text = text;
        }

        /** The word in output. */
        public String text() {
            return text;
        }
    }

    public ExploredPairing {
        Objects.requireNonNull(file);
        Objects.requireNonNull(expected);
        Objects.requireNonNull(exploration);
        notable = List.copyOf(notable);
    }

    /** Explores no further: the endings that a reader wants to see are not explained. */
    public ExploredPairing(String file, Expected expected, Exploration exploration) {
        this(file, expected, exploration, notable(exploration).stream().map(Explained::not).toList());
    }

    /**
     * What is reached is reached, however much was not tried: a witness decides also when the memory ran out. That something cannot be reached is known
     * only when everything was tried. Where reduction makes a difference, nothing is known.
     */
    public Judgement judgement() {
        if (exploration.contradictsReduction()) return Judgement.FAIL;
        boolean found = !exploration.sought().isEmpty();
        boolean all = exploration.complete();
        return switch (expected) {
            case FAILS -> found ? Judgement.PASS : all ? Judgement.FAIL : Judgement.INCONCLUSIVE;
            case PASSES -> found ? Judgement.FAIL : !all ? Judgement.INCONCLUSIVE : exploration.completes() ? Judgement.PASS : Judgement.FAIL;
        };
    }

    /** Whether it shows what it is to show. */
    public boolean asExpected() {
        return judgement() == Judgement.PASS;
    }

    /** What trying every order is to show, as a clause: {@code that it cannot fail, and can complete}. */
    public String aim() {
        boolean named = exploration.scenario().bounds().finds().isPresent();
        return switch (expected) {
            case FAILS -> named ? "that some order ends " + sought() : "that it can fail";
            case PASSES -> named ? "that no order ends " + sought() + ", and some order completes" : "that it cannot fail, and can complete";
        };
    }

    /** The same for a table: {@code cannot fail}, {@code can end precopy-stall}. */
    String aimInShort() {
        String can = expected == Expected.FAILS ? "can " : "cannot ";
        return can + exploration.scenario().bounds().finds().map(finds -> "end " + outcomes(finds)).orElse("fail");
    }

    /** What is not as expected, or not known, a plain sentence each. */
    public List<String> deviations() {
        List<String> all = new ArrayList<>();
        if (asExpected()) return all;
        if (exploration.contradictsReduction()) all.add("with reduction other endings are found than without, which is an error of chanrace itself");
        if (judgement() == Judgement.INCONCLUSIVE) all.add(ExplorationWords.inconclusive(exploration));
        else if (expected == Expected.FAILS) {
            if (exploration.sought().isEmpty()) all.add("expected an order that ends " + sought() + ", and there is none");
        } else {
            if (!exploration.sought().isEmpty())
                all.add("expected no order that ends " + sought() + ", and some end "
                        + exploration.sought().stream().map(f -> f.ending().outcome().text()).distinct().collect(Collectors.joining(", ")));
            if (exploration.complete() && !exploration.completes()) all.add("expected an order that completes, and there is none");
        }
        return List.copyOf(all);
    }

    private String sought() {
        return exploration.scenario().bounds().finds().map(ExploredPairing::words).orElse("badly");
    }

    private static String words(Expectation finds) {
        List<String> all = new ArrayList<>();
        all.add(outcomes(finds));
        finds.guestRunsOn().ifPresent(on -> all.add("with the guest on " + on.text()));
        finds.sourceMonitor().ifPresent(monitor -> all.add("the source's monitor: " + monitor.text()));
        finds.destinationMonitor().ifPresent(monitor -> all.add("the destination's monitor: " + monitor.text()));
        finds.sourceStatus().ifPresent(status -> all.add("the source's status: " + status));
        finds.destinationStatus().ifPresent(status -> all.add("the destination's status: " + status));
        finds.waits().ifPresent(words -> all.add("somebody waits as in '" + words + "'"));
        return String.join(", ", all);
    }

    private static String outcomes(Expectation finds) {
        return finds.outcomes().stream().map(Outcome::text).collect(Collectors.joining(" or "));
    }

    /** The endings that a reader wants to see a witness of: the bad ones, and those that the scenario is about. */
    public static List<Found> notable(Exploration exploration) {
        List<Found> sought = exploration.sought();
        return exploration.found().stream().filter(f -> f.ending().isBad() || sought.contains(f)).toList();
    }

    /** {@code R02 (7.1.0 → 7.2.0)}, {@code R02 (7.1.0 → 7.2.0, timed)}: what names it among those of its file. */
    public String title() {
        return exploration.scenario().name() + " (" + ScenarioWords.pairing(exploration.scenario()) + (exploration.timed() ? ", timed" : "") + ")";
    }
}
