package org.chanrace.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chanrace.model.network.Wire;
import org.chanrace.model.release.Release;
import org.chanrace.model.release.Trait;
import org.chanrace.model.scenario.Endpoint;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.OperatorEvent.Action;
import org.chanrace.model.scenario.OperatorEvent.Action.BreakNetwork.Loses;
import org.chanrace.model.scenario.OperatorEvent.When;

/** Draws what the operator does, and what befalls the network meanwhile, in an order that makes sense. */
final class OperatorDraw {
    private static final int SLOTS = 2;
    /** Twice so many connections, and those of the first attempt and of a stranger, have numbers. */
    private static final int ATTEMPTS_MAX = (Wire.MAX_CONNECTIONS - 3) / 2;
    private static final String PAUSED = "postcopy-paused";

    private final Draw draw;
    private final NetworkDraw networks;

    OperatorDraw(Draw draw, NetworkDraw networks) {
        this.draw = draw;
        this.networks = networks;
    }

    /** Postcopy, mostly. */
    List<OperatorEvent> start(boolean isPossible) {
        boolean starts = draw.upTo(6, "whether postcopy is started") > 0;
        long by = draw.millis(400, "when postcopy is started");
        return starts && isPossible ? List.of(after("active", 1, by, new Action.StartPostcopy())) : List.of();
    }

    /** What is given, and up to two things more, as long as there are connections for them. */
    List<OperatorEvent> disturbed(List<OperatorEvent> given, Endpoint source) {
        List<OperatorEvent> events = new ArrayList<>(given);
        boolean hasPostcopy = given.stream().anyMatch(e -> e.action() instanceof Action.StartPostcopy);
        List<String> statuses = statuses(source.release(), hasPostcopy);
        for (int i = 0; i < SLOTS; i++) {
            List<OperatorEvent> more = disturbances(events, statuses, hasPostcopy);
            if (attempts(events) + attempts(more) <= ATTEMPTS_MAX) events.addAll(more);
        }
        return events;
    }

    private static long attempts(List<OperatorEvent> events) {
        return events.stream().filter(e -> e.action().opensThrough().isPresent()).count();
    }

    private static List<String> statuses(Release source, boolean hasPostcopy) {
        List<String> statuses = new ArrayList<>(List.of("active"));
        // Twice: there are most of the races.
        if (hasPostcopy) statuses.addAll(List.of("postcopy-active", "postcopy-active"));
        statuses.addAll(List.of("setup", "device"));
        if (hasPostcopy && source.is(Trait.SWITCHOVER_STATES, "postcopy-device")) statuses.add("postcopy-device");
        return statuses;
    }

    private List<OperatorEvent> disturbances(List<OperatorEvent> before, List<String> statuses, boolean hasPostcopy) {
        Optional<Feature> kind = draw.feature("disturbance", Feature.CANCELS, Feature.BREAKS, Feature.PAUSES, Feature.CUTS, Feature.PROBES, Feature.PARAMETER_CHANGES, Feature.SYN_LOSSES);
        String status = draw.oneOf("status after which it happens", statuses);
        long by = draw.millis(300, "how long after");
        boolean other = draw.once(2, "on which side, or how");
        int lasts = draw.upTo(3_000, "how long it lasts, ms");
        Action broken = new Action.BreakNetwork(draw.oneOf("what a break loses", draw.plainOr(Loses.NOTHING, Feature.LOST_DATA, List.of(Loses.TO_SOURCE, Loses.TO_DESTINATION, Loses.BOTH))));
        List<OperatorEvent> events = new ArrayList<>();
        kind.ifPresent(k -> {
            switch (k) {
                case CANCELS -> events.add(after(status, 1, by, new Action.Cancel()));
                case BREAKS -> events.add(after(status, 1, by, broken));
                case PAUSES -> events.add(after(hasPostcopy ? "postcopy-active" : status, 1, by, new Action.Pause(!other)));
                case CUTS -> {
                    events.add(after(status, 1, by, new Action.CutNetwork()));
                    events.add(after(status, 1, by + lasts * Draw.MS, new Action.RestoreNetwork()));
                }
                case PROBES -> events.add(after(status, 1, by, new Action.Probe(lasts * Draw.MS)));
                case PARAMETER_CHANGES -> events.add(after(status, 1, by, other ? new Action.SetParameters(0, 0, 1_000 * Draw.MS)
                        : new Action.SetParameters(Action.SetParameters.KEEP, Action.SetParameters.KEEP, lasts * Draw.MS)));
                // From the migrate command on: that is when there are handshakes.
                case SYN_LOSSES -> events.add(new OperatorEvent(new When.At(other ? by * lasts / 3_000 : 0), new Action.LoseSyn()));
                default -> throw new IllegalStateException(k.toString());
            }
        });
        boolean pauses = kind.filter(k -> k == Feature.BREAKS || k == Feature.PAUSES || k == Feature.CUTS).isPresent();
        recover(events, pauses, pauses(before), broken);
        migrateAgain(events, kind.isPresent() && kind.get() != Feature.PARAMETER_CHANGES, "again-" + (attempts(before) + 1), hasPostcopy);
        return events;
    }

    /** How often the migration may have been paused before. */
    private static int pauses(List<OperatorEvent> events) {
        return (int) events.stream().filter(e -> e.action() instanceof Action.BreakNetwork || e.action() instanceof Action.Pause || e.action() instanceof Action.CutNetwork).count();
    }

    /** Recovers, or has the recovery broken and recovers again; or resumes without looking, once or twice. */
    private void recover(List<OperatorEvent> events, boolean isPossible, int pausesBefore, Action broken) {
        int how = draw.upTo(3, "whether and how it is recovered");
        long later = draw.millis(300, "how long after the pause");
        Relay relay = networks.relay("relay of the recovery", new Relay.None());
        boolean resumes = draw.once(2, "whether the destination is looked at") && draw.has(Feature.RESUMES);
        if (how == 0 || !isPossible) return;
        if (resumes) {
            events.add(after(PAUSED, pausesBefore + 1, later, new Action.Resume(relay)));
            if (how == 3) events.add(after(PAUSED, pausesBefore + 1, later + Draw.MS / 5, new Action.Resume(relay)));
        } else if (draw.has(Feature.RECOVERIES)) {
            events.add(after(PAUSED, pausesBefore + 1, later, new Action.Recover(relay)));
            if (how < 3 || !draw.has(Feature.BREAKS)) return;
            events.add(after("postcopy-recover", pausesBefore + 1, later, broken));
            events.add(after(PAUSED, pausesBefore + 2, later, new Action.Recover(relay)));
        }
    }

    /** Migrates once more, whether the attempt before failed or was cancelled, and then, as before, to postcopy. */
    private void migrateAgain(List<OperatorEvent> events, boolean isPossible, String name, boolean hasPostcopy) {
        boolean again = draw.once(2, "whether there is another attempt");
        long later = draw.millis(300, "how long after the attempt before");
        long start = draw.millis(300, "when postcopy is started then");
        Relay relay = networks.relay("relay of the attempt", new Relay.None());
        if (!again || !isPossible || !draw.has(Feature.ATTEMPTS)) return;
        for (String status : List.of("cancelled", "failed")) events.add(new OperatorEvent(new When.After(status, 1, later), new Action.Migrate(relay), Optional.of(name)));
        if (hasPostcopy) events.add(after("active", 2, start, new Action.StartPostcopy()));
    }

    private static OperatorEvent after(String status, int occurrence, long by, Action action) {
        return new OperatorEvent(new When.After(status, occurrence, by), action);
    }
}
