package org.chanrace.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chanrace.model.release.Release;
import org.chanrace.model.release.Trait;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.OperatorEvent.Action;
import org.chanrace.model.scenario.OperatorEvent.When;

/** Draws what the operator does, and what befalls the network meanwhile, in an order that makes sense. */
final class OperatorDraw {
    private static final int SLOTS = 2;
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

    /** What is given, and up to two things more. */
    List<OperatorEvent> disturbed(List<OperatorEvent> given, Release source) {
        List<OperatorEvent> events = new ArrayList<>(given);
        List<String> statuses = statuses(source, given.stream().anyMatch(e -> e.action() instanceof Action.StartPostcopy));
        for (int i = 0; i < SLOTS; i++) disturb(events, statuses);
        return events;
    }

    private static List<String> statuses(Release source, boolean hasPostcopy) {
        List<String> statuses = new ArrayList<>(List.of("active"));
        // Twice: there are most of the races.
        if (hasPostcopy) statuses.addAll(List.of("postcopy-active", "postcopy-active"));
        statuses.addAll(List.of("setup", "device"));
        if (hasPostcopy && source.is(Trait.SWITCHOVER_STATES, "postcopy-device")) statuses.add("postcopy-device");
        return statuses;
    }

    private void disturb(List<OperatorEvent> events, List<String> statuses) {
        Optional<Feature> kind = draw.feature("disturbance", Feature.CANCELS, Feature.BREAKS, Feature.PAUSES, Feature.CUTS, Feature.PROBES, Feature.PARAMETER_CHANGES);
        String status = draw.oneOf("status after which it happens", statuses);
        long by = draw.millis(300, "how long after");
        boolean other = draw.once(2, "on which side, or how");
        int lasts = draw.upTo(3_000, "how long it lasts, ms");
        int pauses = pauses(events);
        kind.ifPresent(k -> {
            switch (k) {
                case CANCELS -> events.add(after(status, 1, by, new Action.Cancel()));
                case BREAKS -> events.add(after(status, 1, by, new Action.BreakNetwork()));
                case PAUSES -> events.add(after(statuses.contains("postcopy-active") ? "postcopy-active" : status, 1, by, new Action.Pause(!other)));
                case CUTS -> {
                    events.add(after(status, 1, by, new Action.CutNetwork()));
                    events.add(after(status, 1, by + lasts * Draw.MS, new Action.RestoreNetwork()));
                }
                case PROBES -> events.add(after(status, 1, by, new Action.Probe(lasts * Draw.MS)));
                case PARAMETER_CHANGES -> events.add(after(status, 1, by, other ? new Action.SetParameters(0, 0, 1_000 * Draw.MS)
                        : new Action.SetParameters(Action.SetParameters.KEEP, Action.SetParameters.KEEP, lasts * Draw.MS)));
                default -> throw new IllegalStateException(k.toString());
            }
        });
        recover(events, kind.filter(k -> k == Feature.BREAKS || k == Feature.PAUSES || k == Feature.CUTS).isPresent() && draw.has(Feature.RECOVERIES), pauses);
    }

    /** How often the migration may have been paused before. */
    private static int pauses(List<OperatorEvent> events) {
        return (int) events.stream().filter(e -> e.action() instanceof Action.BreakNetwork || e.action() instanceof Action.Pause || e.action() instanceof Action.CutNetwork).count();
    }

    /** Recovers, or has the recovery broken and recovers again. */
    private void recover(List<OperatorEvent> events, boolean isPossible, int pausesBefore) {
        int how = draw.upTo(3, "whether and how it is recovered");
        long later = draw.millis(300, "how long after the pause");
        Relay relay = networks.relay("relay of the recovery", new Relay.None());
        boolean breaks = draw.has(Feature.BREAKS);
        if (how == 0 || !isPossible) return;
        events.add(after(PAUSED, pausesBefore + 1, later, new Action.Recover(relay)));
        if (how == 3 && breaks) {
            events.add(after("postcopy-recover", pausesBefore + 1, later, new Action.BreakNetwork()));
            events.add(after(PAUSED, pausesBefore + 2, later, new Action.Recover(relay)));
        }
    }

    private static OperatorEvent after(String status, int occurrence, long by, Action action) {
        return new OperatorEvent(new When.After(status, occurrence, by), action);
    }
}
