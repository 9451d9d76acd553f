package org.chanrace.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.chanrace.model.scenario.Expectation;
import org.chanrace.model.scenario.Pairing;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.reports.ExploredPairing.Expected;

/**
 * A pairing of which every order is to be tried.
 *
 * @param file the scenario's file, as the user wrote it
 * @param line where in the file the scenario begins, from 1
 * @param scenario the scenario, in this pairing
 * @param expected what is to be shown
 */
record Question(String file, int line, Scenario scenario, Expected expected) {
    Question {
        Objects.requireNonNull(file);
        Objects.requireNonNull(scenario);
        Objects.requireNonNull(expected);
    }

    /** What a scenario asks: each of the pairings that it lists or, when it lists none, the one that it is. */
    static List<Question> of(Workload.Good good) {
        Scenario scenario = good.scenario();
        List<Question> questions = new ArrayList<>();
        for (Pairing pairing : scenario.failsIn()) questions.add(new Question(good.file(), good.line(), scenario.in(pairing), Expected.FAILS));
        for (Pairing pairing : scenario.passesIn()) questions.add(new Question(good.file(), good.line(), scenario.in(pairing), Expected.PASSES));
        if (questions.isEmpty()) {
            Scenario asked = scenario.bounds().finds().isEmpty() ? expected(scenario).map(scenario::finding).orElse(scenario) : scenario;
            questions.add(new Question(good.file(), good.line(), asked, asked.bounds().finds().isEmpty() ? Expected.PASSES : Expected.FAILS));
        }
        return questions;
    }

    /**
     * What a scenario expects of its run, if that is bad: then some order is to end so. Where the run ends well, that tells of one order, and all are to end well.
     * What was measured is of the run by time.
     */
    private static Optional<Expectation> expected(Scenario scenario) {
        return scenario.expectation().filter(Expectation::isBad).map(Expectation::withoutQuantities);
    }

    /** {@code name (7.2.0 → 8.0.0)}. */
    String title() {
        return scenario.name() + " (" + scenario.source().release().name() + " → " + scenario.destination().release().name() + ")";
    }
}
