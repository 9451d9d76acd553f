package org.chanrace.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chanrace.explore.Order.Move;
import org.chanrace.model.LaneMap;
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
    private final Map<Long, int[]> sent = new LinkedHashMap<>();
    private final Map<List<Integer>, Integer> lastPacket = new LinkedHashMap<>();
    private final Steps steps;
    private final Numbering numbering;
    private final Windows windows;
    private final int lanes;
    private final int[] handled;
    private final int[] opener;
    private final int[] last;
    private int happening;

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
     * @param causes what brought it about, the latest of these; when it is a packet that is late, it is late after that
     * @param behind what went ahead of it, in its lane and on its way
     * @param shut what has opened its lane, and what keeps its receiver busy
     * @param packetOrNull the packet that it is
     * @param free whether it may also come at any later moment
     * @param command whether it is a command of the operator
     */
    record Event(Move move, int process, List<After> causes, List<After> behind, List<After> shut, Packet packetOrNull, boolean free, boolean command) {
        Event {
            causes = List.copyOf(causes);
            behind = List.copyOf(behind);
            shut = List.copyOf(shut);
        }

        /** Whether it makes a difference to a process when, among its events, this one comes. Commands to the network, such as a break, concern everybody. */
        boolean concerns(int other) {
            return process == other ? move.chosen() || command : command && process == LaneMap.NETWORK;
        }
    }

    private Causes(Scenario timed, Steps steps) {
        this.steps = steps;
        this.numbering = new Numbering(steps);
        this.windows = new Windows(timed, steps);
        this.lanes = steps.lanes();
        this.handled = new int[lanes];
        this.opener = new int[lanes];
        this.last = new int[2 * lanes];
        Arrays.fill(opener, BEGINNING);
        Arrays.fill(last, BEGINNING);
    }

    /** The causes in an order of this instance. */
    static Causes of(Scenario timed, Order order) {
        Causes causes = new Causes(timed, Simulation.of(timed).steps());
        causes.read(order);
        return causes;
    }

    /** When the event is handled that has this place in the order. */
    static long moment(int place) {
        return (place + 1L) << SHIFT;
    }

    private void read(Order order) {
        steps.listenToPackets((connection, hop, forward, number, lane, position) ->
                sent.put(key(lane, handled[lane] + 1 + position), new int[] {connection, hop, forward ? 1 : 0, number}));
        steps.begin(0);
        boolean[] closed = new boolean[lanes];
        for (Move move : order.moves()) {
            int lane = numbering.actual(move.lane());
            int place = events.size();
            add(event(lane, 0, move.words(), move.chosen()));
            windows.handling(lane, place);
            for (int each = 0; each < lanes; each++) closed[each] = steps.isClosed(each);
            // Counted before the event is handled: what it sends stands behind what is then still pending.
            handled[lane]++;
            steps.handleAt(lane, moment(place));
            last[move.lane()] = place;
            for (int each = 0; each < lanes; each++) if (closed[each] && !steps.isClosed(each)) opener[each] = place;
        }
        happening = events.size();
        for (int lane = 0; lane < lanes; lane++) {
            if (steps.isFree(lane)) continue;
            for (int i = 0; i < steps.size(lane); i++) {
                add(event(lane, i, i == 0 ? steps.words(lane) : "what is behind it", true));
                last[events.get(events.size() - 1).move().lane()] = events.size() - 1;
            }
        }
    }

    private void add(Event event) {
        places.put(key(event.move().lane(), event.move().number()), events.size());
        events.add(event);
    }

    /** The event that is pending in a lane behind so many others. */
    private Event event(int lane, int position, String words, boolean chosen) {
        long what = steps.event(lane, position);
        int nameLane = numbering.lane(lane, what);
        List<After> behind = new ArrayList<>();
        // What is about buffers is told of at once, and holds nothing up that comes by the same lane.
        if (last[nameLane] >= 0) behind.add(new After(last[nameLane], 0));
        List<After> shut = new ArrayList<>();
        if (opener[lane] >= 0) shut.add(new After(opener[lane], 0));
        if (steps.heldUntil(lane) > 0) shut.add(after(steps.heldUntil(lane)));
        Optional<List<After>> causes = windows.letTell(lane, what);
        Packet packet = null;
        int[] p = sent.get(key(lane, handled[lane] + 1 + position));
        if (p != null) {
            Integer ahead = lastPacket.put(List.of(p[0], p[1], p[2]), events.size());
            if (ahead != null) behind.add(new After(ahead, 0));
            // The handshake's packets go ahead of the records: two toward the destination, one back.
            int record = p[3] - (p[2] == 1 ? 2 : 1);
            causes = windows.letArrive(p[0], p[2] == 1, record);
            String text = steps.packetText(lane, position);
            packet = new Packet(p[0], steps.channel(p[0]), p[1], p[2] == 1, p[3], record > 0 ? "record " + record + ": " + text : text);
        }
        boolean free = steps.isFree(lane) || (position == 0 && steps.mayTakeLonger(lane));
        Move move = new Move(nameLane, numbering.next(nameLane), words, chosen);
        return new Event(
                move, steps.process(lane), causes.orElseGet(() -> List.of(after(steps.due(lane, position)))), behind, shut, packet, free, steps.bringsCommands(lane));
    }

    private static After after(long nanos) {
        return new After((int) (nanos >> SHIFT) - 1, nanos & ((1L << SHIFT) - 1));
    }

    private static long key(int lane, int number) {
        return (long) lane << 32 | number;
    }

    /** The events of the order, and behind them those that are still pending at its end, because their lanes are closed. */
    List<Event> events() {
        return events;
    }

    /** How many of the events happen. */
    int happening() {
        return happening;
    }

    /** The place of an event in the order; -1 when it does not happen. */
    int place(Move move) {
        return place(move.lane(), move.number());
    }

    int place(int lane, int number) {
        return places.getOrDefault(key(lane, number), -1);
    }
}
