package org.chanrace.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.chanrace.explore.Causes.After;
import org.chanrace.model.Steps;
import org.chanrace.model.network.Wire;
import org.chanrace.model.scenario.Scenario;

/**
 * What lets a record go where the buffers of a connection fill up: that it was written, and that the reader has read so much of what went before it that there is
 * room. In an order either may come last, whichever does in another one.
 *
 * <p>Of connections that go straight from source to destination.
 */
final class Windows {
    private final Scenario timed;
    private final Steps steps;
    private final long nanos;
    private final boolean limited;
    private final Map<Integer, Direction> directions = new TreeMap<>();

    /** One direction of a connection. */
    private static final class Direction {
        /** For each record who has written it, and how many bytes there are up to its end. */
        final List<Integer> writers = new ArrayList<>();
        final List<Long> written = new ArrayList<>();
        /** For each time that the reader has said so who has read, and how many bytes by then. */
        final List<Integer> readers = new ArrayList<>();
        final List<Long> read = new ArrayList<>();
        /** Of how many bytes the writer has heard that they are out of its buffer. */
        long heard;

        static long last(List<Long> sums) {
            return sums.isEmpty() ? 0 : sums.get(sums.size() - 1);
        }
    }

    /** @param timed an instance whose packets take the same time all */
    Windows(Scenario timed, Steps steps) {
        this.timed = timed;
        this.steps = steps;
        this.nanos = TimedInstance.typicalNanos(timed.network().latency());
        this.limited = timed.network().receiveBuffer() > 0 && timed.network().hops().isEmpty() && !timed.isRelayed();
    }

    /** Notes what the head of a lane does, which comes at this place of the order. */
    void handling(int lane, int place) {
        if (!limited) return;
        for (boolean source : new boolean[] {true, false}) if (steps.bringsCallsOf(source, lane)) called(source, steps.event(lane, 0), place);
    }

    private void called(boolean bySource, long call, int place) {
        int c = Wire.connection(call);
        if (Wire.kind(call) == Wire.READ) {
            Direction in = direction(c, !bySource);
            in.readers.add(place);
            in.read.add(Direction.last(in.read) + Wire.argument(call));
        } else if (Wire.kind(call) < Wire.FIRST_CALL || Wire.kind(call) == Wire.CLOSE) {
            Direction out = direction(c, bySource);
            out.writers.add(place);
            // A FIN has no bytes, and neither has a call.
            out.written.add(Direction.last(out.written) + Wire.bytes(call, timed.guest().pageSize(), (timed.guest().pages() + 7) / 8));
        }
    }

    private Direction direction(int connection, boolean toDestination) {
        return directions.computeIfAbsent(2 * connection + (toDestination ? 0 : 1), any -> new Direction());
    }

    /**
     * What lets a record arrive; the latest of these does.
     *
     * @param number which one of its direction of the connection, from 1
     * @return empty where nothing is known of it beside what its due time says
     */
    Optional<List<After>> letArrive(int connection, boolean toDestination, int number) {
        Direction way = direction(connection, toDestination);
        return number < 1 || number > way.writers.size() ? Optional.empty() : Optional.of(letGo(way, number, nanos));
    }

    /** What lets a writer hear of the room that an event tells of, which comes by this lane; empty when it tells of something else. */
    Optional<List<After>> letTell(int lane, long event) {
        if (!limited || Wire.kind(event) != Wire.ROOM) return Optional.empty();
        for (boolean source : new boolean[] {true, false}) {
            if (!steps.bringsResultsTo(source, lane)) continue;
            Direction way = direction(Wire.connection(event), source);
            way.heard += Wire.argument(event);
            int number = 1;
            while (number < way.written.size() && way.written.get(number - 1) < way.heard) number++;
            return number > way.writers.size() ? Optional.empty() : Optional.of(letGo(way, number, 0));
        }
        return Optional.empty();
    }

    private List<After> letGo(Direction way, int number, long later) {
        List<After> all = new ArrayList<>();
        all.add(new After(way.writers.get(number - 1), later));
        long ahead = number == 1 ? 0 : way.written.get(number - 2);
        // Less than the buffer holds is to be unread, and then a record goes as a whole.
        long needed = ahead - timed.network().receiveBuffer() + 1;
        for (int i = 0; needed > 0 && i < way.read.size(); i++) {
            if (way.read.get(i) < needed) continue;
            all.add(new After(way.readers.get(i), nanos + later));
            break;
        }
        return all;
    }
}
