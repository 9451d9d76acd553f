package org.chanrace.explore.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.chanrace.explore.Ending;
import org.chanrace.explore.Walker;
import org.chanrace.kernel.RandomStream;
import org.chanrace.model.Steps;
import org.chanrace.model.scenario.Scenario;

/** Runs of one small instance in orders that a {@link Picker} chooses, with the invariants checked after every event. */
final class Orders {
    /**
     * An order with so many choices is broken off. It is one that never lets somebody have his turn, such as a main loop whose accept queue is full while
     * handshakes are tried again and again: nothing follows from it.
     */
    private static final int MAX_CHOICES = 1 << 12;

    private final boolean reduced;
    private final Walker walker;
    private final Steps steps;
    private final Invariants invariants;
    private final Faults faults;
    private final int[] ready;
    /** Events handled so far, for each lane. */
    private final int[] events;
    private int[] choices = new int[64];
    private int[] numbers = new int[64];
    private boolean unchecked;
    private int size;
    private int sizeAtViolation;
    private Seen seen = Seen.NOTHING;

    /** Hears of the states that are reached. */
    interface Seen {
        Seen NOTHING = (high, low, situation) -> {};

        void state(long high, long low, long situation);
    }

    /** Orders of choices among events that do not commute. */
    Orders(Scenario small) {
        this(small, true);
    }

    /** Orders of all events. */
    static Orders exact(Scenario scenario) {
        return new Orders(scenario, false);
    }

    private Orders(Scenario small, boolean reduced) {
        this.reduced = reduced;
        this.walker = new Walker(small, reduced);
        this.steps = walker.steps();
        this.invariants = new Invariants(small, steps);
        this.faults = Faults.of(small);
        this.ready = new int[walker.lanes()];
        this.events = new int[walker.lanes()];
        walker.listen(lane -> {
            check();
            unchecked = true;
            events[lane]++;
        });
    }

    void tell(Seen listener) {
        seen = listener;
    }

    private void check() {
        if (!unchecked) return;
        unchecked = false;
        boolean before = invariants.violation().isPresent();
        invariants.check();
        if (!before && invariants.violation().isPresent()) sizeAtViolation = size;
    }

    /** One run, to its end or to where it has gone wrong. */
    Ran run(Picker picker, RandomStream stream, int length) {
        size = sizeAtViolation = 0;
        Arrays.fill(events, 0);
        unchecked = false;
        invariants.begin();
        walker.begin();
        picker.begin(steps, stream, length);
        List<Ending> endings = new ArrayList<>();
        while (true) {
            check();
            // To look at a state puts vCPUs into an order of their own, which an order of all events does not know of.
            if (reduced) look();
            if (steps.guestRunsTwice() || walker.isOver()) {
                Ending ending = walker.ending();
                if (!endings.contains(ending)) endings.add(ending);
                if (faults.isBad(ending)) return ran(endings, Optional.of(Hit.of(ending, invariants.violation(), steps.verdict())));
            }
            if (reduced && size == MAX_CHOICES) break;
            int lane = next(picker);
            if (lane == Picker.NOTHING) break;
            add(lane);
            walker.pick(lane);
        }
        if (invariants.violation().isEmpty()) return ran(endings, Optional.empty());
        // The run ends well all the same: what is wrong is the state.
        size = sizeAtViolation;
        return ran(endings, Optional.of(Hit.of(endingOfChoices(), invariants.violation().get())));
    }

    /** How a run ends that is broken off after the choices made so far. */
    private Ending endingOfChoices() {
        walker.begin();
        for (int i = 0; i < size; i++) {
            if (reduced) walker.fingerprint();
            walker.pick(choices[i]);
        }
        unchecked = false;
        return walker.ending();
    }

    private void look() {
        walker.fingerprint();
        seen.state(walker.fingerprintHigh(), walker.fingerprintLow(), steps.situation());
    }

    private int next(Picker picker) {
        int count = 0;
        for (int lane = 0; lane < ready.length; lane++) if (steps.isReady(lane)) ready[count++] = lane;
        return count == 0 ? Picker.NOTHING : picker.pick(ready, count, events);
    }

    private void add(int lane) {
        if (size == choices.length) {
            choices = Arrays.copyOf(choices, 2 * size);
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        numbers[size] = events[lane] + 1;
        choices[size++] = lane;
    }

    private Ran ran(List<Ending> endings, Optional<Hit> hit) {
        return new Ran(Arrays.copyOf(choices, size), Arrays.copyOf(numbers, size), 0, endings, hit, invariants.events());
    }
}
