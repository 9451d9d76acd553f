package org.chanrace.explore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chanrace.explore.Order.Move;
import org.chanrace.model.Simulation;
import org.chanrace.model.Steps;
import org.chanrace.model.scenario.Scenario;

/**
 * Why each event of an order happens when it does: whose doing it is and how long after, what it stands behind, who has opened its lane, who keeps its
 * receiver busy. The event happens at the latest of these.
 *
 * <p>They are read off by going through the order with a clock that goes so far with each event that a due time tells which event it was set by.
 */
final class Causes {
    /** More than anything in the model takes: 2^40 ns are 18 minutes. */
    private static final int SHIFT = 40;
    private static final int BEGINNING = -1;

    private final List<Event> events = new ArrayList<>();
    private final Map<Long, Integer> places = new LinkedHashMap<>();

    /**
     * So long after another event of the order.
     *
     * @param event its place in the order; below 0 for the beginning of the run
     * @param nanos how long
     */
    record After(int event, long nanos) {}

    /**
     * A packet.
     *
     * @param connection from 0
     * @param hop from 0 at the source
     * @param number which one of its direction and hop, from 1
     */
    record Packet(int connection, String channel, int hop, boolean toDestination, int number, String step) {}

    /**
     * An event of the order.
     *
     * @param process whose event it is
     * @param cause what brought it about; when it is a packet that is late, it is late after this
     * @param others what it has to wait for besides
     * @param packetOrNull the packet that it is
     * @param free whether it may also come at any later moment
     */
    record Event(Move move, int process, After cause, List<After> others, Packet packetOrNull, boolean free) {}

    private Causes() {}

    /** The causes in an order of this instance. */
    static Causes of(Scenario timed, Order order) {
        Causes causes = new Causes();
        causes.read(Simulation.of(timed).steps(), order);
        return causes;
    }

    private void read(Steps steps, Order order) {
        int lanes = steps.lanes();
        Map<Long, int[]> sent = new LinkedHashMap<>();
        int[] handled = new int[lanes];
        int[] opener = new int[lanes];
        int[] last = new int[lanes];
        java.util.Arrays.fill(opener, BEGINNING);
        java.util.Arrays.fill(last, BEGINNING);
        Map<List<Integer>, Integer> lastPacket = new LinkedHashMap<>();
        steps.listenToPackets((connection, hop, forward, number, lane, position) ->
                sent.put(name(lane, handled[lane] + 1 + position), new int[] {connection, hop, forward ? 1 : 0, number}));
        steps.begin(0);
        boolean[] closed = new boolean[lanes];
        for (Move move : order.moves()) {
            int lane = move.lane();
            int place = events.size();
            long due = steps.due(lane, 0);
            List<After> others = new ArrayList<>();
            if (last[lane] >= 0) others.add(new After(last[lane], 0));
            if (opener[lane] >= 0) others.add(new After(opener[lane], 0));
            if (steps.heldUntil(lane) > 0) others.add(after(steps.heldUntil(lane)));
            Packet packet = null;
            int[] p = sent.get(name(lane, move.number()));
            if (p != null) {
                List<Integer> direction = List.of(p[0], p[1], p[2]);
                Integer ahead = lastPacket.put(direction, place);
                if (ahead != null) others.add(new After(ahead, 0));
                // The handshake's packets go ahead of the records: two toward the destination, one back.
                int record = p[3] - (p[2] == 1 ? 2 : 1);
                String text = steps.packetText(lane);
                packet = new Packet(p[0], steps.channel(p[0]), p[1], p[2] == 1, p[3], record > 0 ? "record " + record + ": " + text : text);
            }
            events.add(new Event(move, steps.process(lane), after(due), List.copyOf(others), packet, steps.isFree(lane)));
            places.put(name(lane, move.number()), place);
            for (int each = 0; each < lanes; each++) closed[each] = steps.isClosed(each);
            // Told before the event is handled: what it sends stands behind what is then still pending.
            handled[lane]++;
            steps.handleAt(lane, (place + 1L) << SHIFT);
            last[lane] = place;
            for (int each = 0; each < lanes; each++) if (closed[each] && !steps.isClosed(each)) opener[each] = place;
        }
    }

    private static After after(long nanos) {
        return new After((int) (nanos >> SHIFT) - 1, nanos & ((1L << SHIFT) - 1));
    }

    private static long name(int lane, int number) {
        return (long) lane << 32 | number;
    }

    List<Event> events() {
        return events;
    }

    /** The place of an event in the order; -1 when it does not happen. */
    int place(Move move) {
        return place(move.lane(), move.number());
    }

    int place(int lane, int number) {
        return places.getOrDefault(name(lane, number), -1);
    }
}
