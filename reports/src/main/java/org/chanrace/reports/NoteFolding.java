package org.chanrace.reports;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.chanrace.model.trace.Actor;
import org.chanrace.model.trace.TraceEvent;

/** Folds notes that a thread makes over and over, as {@link BulkFolding} folds messages. */
final class NoteFolding {
    private static final int OFTEN = 12;
    private static final int RUN_MIN = 3;

    private record Indexed(int index, TraceEvent.Noted note) {}

    private final Clock clock;
    private final Map<Actor, List<Indexed>> notes = new EnumMap<>(Actor.class);

    /** Takes the notes of a trace, without those at the given indices. */
    NoteFolding(List<TraceEvent> events, Set<Integer> without, Clock clock) {
        this.clock = clock;
        for (int i = 0; i < events.size(); i++)
            if (events.get(i) instanceof TraceEvent.Noted note && !without.contains(i))
                notes.computeIfAbsent(note.actor(), a -> new ArrayList<>()).add(new Indexed(i, note));
    }

    /** What is left after folding, by the index in the trace of the (first) note. */
    Map<Integer, SpaceTime.Note> fold() {
        Map<Integer, SpaceTime.Note> all = new TreeMap<>();
        for (List<Indexed> ofActor : notes.values()) {
            Map<String, Integer> counts = new TreeMap<>();
            for (Indexed note : ofActor) counts.merge(BulkFolding.kind(note.note().what()), 1, Integer::sum);
            for (int i = 0; i < ofActor.size(); ) {
                Indexed first = ofActor.get(i);
                String kind = BulkFolding.kind(first.note().what());
                int end = i + 1;
                if (counts.get(kind) > OFTEN)
                    while (end < ofActor.size() && BulkFolding.kind(ofActor.get(end).note().what()).equals(kind)) end++;
                if (end - i >= RUN_MIN) {
                    long span = ofActor.get(end - 1).note().nanos() - first.note().nanos();
                    String what = (end - i) + " × " + kind + " …" + clock.lasting(" within ", span, "");
                    all.put(first.index(), new SpaceTime.Note(first.note().nanos(), first.note().actor(), first.note().connection(), what));
                    i = end;
                } else {
                    for (; i < end; i++) {
                        TraceEvent.Noted note = ofActor.get(i).note();
                        all.put(ofActor.get(i).index(), new SpaceTime.Note(note.nanos(), note.actor(), note.connection(), note.what()));
                    }
                }
            }
        }
        return all;
    }
}
