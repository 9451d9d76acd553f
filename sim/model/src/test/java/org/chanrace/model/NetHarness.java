package org.chanrace.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.chanrace.kernel.ByTime;
import org.chanrace.kernel.End;
import org.chanrace.kernel.Kernel;
import org.chanrace.kernel.Lanes;
import org.chanrace.kernel.Limits;
import org.chanrace.model.network.Channel;
import org.chanrace.model.measure.FaultLedger;
import org.chanrace.model.network.Net;
import org.chanrace.model.network.Sampler;
import org.chanrace.model.network.Wire;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.RelayWakeUps;

/**
 * The network between two dumb programs that do what a test says and write down what they see. Connections are numbered from 0, as the
 * network numbers them.
 */
public final class NetHarness {
    public static final int PAGE_BYTES = 4096;
    /** What a record of one page takes on the wire. */
    public static final int PAGE_RECORD_BYTES = PAGE_BYTES + 8;

    /**
     * Something that a program saw.
     *
     * @param kind of the event or record, as {@link Wire} numbers them
     */
    public record Seen(long nanos, int kind, int connection, long argument) {}

    public final Net net;
    /** Follows page faults that a test reports to it. */
    public final FaultLedger ledger = new FaultLedger(1);
    public final LaneMap map;
    public final List<Seen> source = new ArrayList<>();
    public final List<Seen> destination = new ArrayList<>();
    private final Lanes lanes;
    private final Kernel kernel;
    private final TreeMap<Long, List<LongConsumer>> script = new TreeMap<>();
    private final boolean[] destinationReads;
    private final List<Integer> queue = new ArrayList<>();
    private boolean accepts = true;
    private int refused = -1;
    private long readNanos;
    private LongConsumer whenSourceSees = now -> {};

    /** @param wakeUp how long the relay takes to pass a connection on */
    public NetHarness(Network network, int connections, int backlog, Distribution wakeUp, long seed) {
        this(network, connections, backlog, RelayWakeUps.like(wakeUp), seed);
    }

    public NetHarness(Network network, int connections, int backlog, RelayWakeUps relay, long seed) {
        int boxes = network.hops().size() + (network.relay() instanceof Network.Relay.None ? 0 : 1);
        map = new LaneMap(connections, 1 + boxes, 1, 1);
        lanes = new Lanes(map.processes());
        destinationReads = new boolean[connections];
        Arrays.fill(destinationReads, true);
        Net[] later = new Net[1];
        kernel = new Kernel(
                lanes, this::sourceSees, this::destinationSees, (lane, event, now) -> later[0].handle(lane, event, now), (lane, event, now) -> act(now));
        net = new Net(network, new Network.Relay[] {network.relay()}, backlog, PAGE_BYTES, 64, relay, map, lanes, kernel, new Ahead(lanes, map), ledger, new Standstills());
        later[0] = net;
        net.reset(seed, null);
    }

    public NetHarness(Network network, int connections) {
        this(network, connections, 8, new Distribution.Constant(0), 1);
    }

    // What a test says.

    /** At this time the given thing is done; things said for one time are done in the order said. */
    public NetHarness at(long nanos, LongConsumer thing) {
        script.computeIfAbsent(nanos, t -> new ArrayList<>()).add(thing);
        return this;
    }

    public NetHarness connect(int connection, Channel channel, long nanos) {
        return at(nanos, now -> lanes.append(map.sourceCalls, now, Wire.event(Wire.CONNECT, connection, channel.ordinal())));
    }

    /** The ledger is told that a vCPU touches a page, for which the source is asked. */
    public void fault(int page, long now) {
        ledger.touched(0, page, now);
        ledger.asked(page);
    }

    /** The source writes pages, one a record. */
    public NetHarness write(int connection, int pages, long nanos) {
        return at(nanos, now -> {
            for (int i = 0; i < pages; i++) writeNow(connection, 1, i, now);
        });
    }

    /** The source writes one record with so many pages. */
    public void writeNow(int connection, int pages, int number, long now) {
        lanes.append(map.sourceCalls, now, Wire.run(Wire.PAGES, connection, number, pages));
    }

    /** The source writes a part of a page. */
    public void writePartNow(int connection, int page, int part, int parts, long now) {
        lanes.append(map.sourceCalls, now, Wire.part(connection, page, part, parts));
    }

    /** The destination asks for a page. */
    public NetHarness request(int connection, int page, long nanos) {
        return at(nanos, now -> lanes.append(map.destinationCalls, now, Wire.run(Wire.REQ_PAGES, connection, page, 1)));
    }

    public NetHarness reply(int connection, int number, long nanos) {
        return at(nanos, now -> lanes.append(map.destinationCalls, now, Wire.event(Wire.PONG, connection, number)));
    }

    public NetHarness close(int connection, boolean bySource, long nanos) {
        return at(nanos, now -> lanes.append(bySource ? map.sourceCalls : map.destinationCalls, now, Wire.event(Wire.CLOSE, connection, 0)));
    }

    public NetHarness command(int kind, long argument, long nanos) {
        return at(nanos, now -> lanes.append(map.networkCommands, now, Wire.event(kind, 0, argument)));
    }

    public NetHarness stopListening(long nanos) {
        return at(nanos, now -> lanes.append(map.destinationCalls, now, Wire.event(Net.STOP_LISTENING, 0, 0)));
    }

    /** The destination takes so many connections from its queue; before, it takes each at once. */
    public NetHarness acceptOnly(int connections, long nanos) {
        accepts = false;
        return at(nanos, now -> {
            for (int i = 0; i < connections; i++) acceptNext(now);
        });
    }

    /** The destination reads so many records; 0 says that it reads none from the beginning. */
    public NetHarness read(int connection, int records, long nanos) {
        if (destinationReads[connection]) {
            destinationReads[connection] = false;
            lanes.close(map.toDestination + connection, 1);
        }
        return at(nanos, now -> {
            for (int i = 0; i < records; i++) {
                long record = lanes.take(map.toDestination + connection);
                readNow(record, now);
            }
        });
    }

    /** From now on the destination takes this long for each record that it reads. */
    public NetHarness readEvery(long nanos) {
        readNanos = nanos;
        return this;
    }

    /** The destination's socket is closed: what arrives is refused. */
    public NetHarness refuseAll(int connection) {
        refused = connection;
        return this;
    }

    /** How many records of a connection are written and have not arrived at the destination. */
    public int inTheNetwork(int connection) {
        int[] records = {lanes.size(map.toDestination + connection)};
        net.forEachOnItsWay(connection, record -> records[0]++);
        return records[0];
    }

    /** Calls back after everything that the source sees. */
    public NetHarness whenSourceSees(LongConsumer then) {
        whenSourceSees = then;
        return this;
    }

    public End run(long untilNanos) {
        if (!script.isEmpty()) lanes.append(map.operatorTimer, script.firstKey(), 0);
        return kernel.run(ByTime.INSTANCE, new Limits(10_000_000, untilNanos, Long.MAX_VALUE), null);
    }

    // What the programs do.

    private void act(long now) {
        List<LongConsumer> things = script.remove(now);
        things.forEach(thing -> thing.accept(now));
        if (!script.isEmpty()) lanes.append(map.operatorTimer, script.firstKey(), 0);
    }

    private void sourceSees(int lane, long event, long now) {
        source.add(new Seen(now, Wire.kind(event), Wire.connection(event), Wire.argument(event)));
        if (Wire.kind(event) < Wire.FIRST_CALL) read(event, map.sourceCalls, now);
        whenSourceSees.accept(now);
    }

    private void destinationSees(int lane, long event, long now) {
        if (lane == map.destinationAccept) {
            destination.add(new Seen(now, Wire.INCOMING, Wire.connection(event), 0));
            queue.add(Wire.connection(event));
            if (accepts) acceptNext(now);
        } else if (lane == map.destinationSockets) destination.add(new Seen(now, Wire.kind(event), Wire.connection(event), Wire.argument(event)));
        else {
            readNow(event, now);
            if (readNanos > 0) lanes.holdUntil(lane, now + readNanos);
        }
    }

    private void acceptNext(long now) {
        lanes.append(map.destinationCalls, now, Wire.event(Wire.ACCEPT, queue.remove(0), 0));
    }

    private void readNow(long record, long now) {
        destination.add(new Seen(now, Wire.kind(record), Wire.connection(record), Wire.argument(record)));
        if (refused == Wire.connection(record)) lanes.append(map.destinationCalls, now, Wire.event(Wire.REFUSE, refused, 0));
        else read(record, map.destinationCalls, now);
    }

    private void read(long record, int calls, long now) {
        lanes.append(calls, now, Wire.event(Wire.READ, Wire.connection(record), Wire.bytes(record, PAGE_BYTES, 64)));
    }

    // What they saw.

    /** Times at which the source saw events of this kind on this connection. */
    public List<Long> sourceSaw(int kind, int connection) {
        return times(source, kind, connection);
    }

    /** Times at which the destination did. */
    public List<Long> destinationSaw(int kind, int connection) {
        return times(destination, kind, connection);
    }

    private static List<Long> times(List<Seen> seen, int kind, int connection) {
        return seen.stream().filter(s -> s.kind == kind && s.connection == connection).map(Seen::nanos).toList();
    }

    /** The order in which connections entered the destination's queue. */
    public List<Integer> order() {
        return destination.stream().filter(s -> s.kind == Wire.INCOMING).map(Seen::connection).toList();
    }
}
