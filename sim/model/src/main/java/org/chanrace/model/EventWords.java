package org.chanrace.model;

import org.chanrace.model.network.Channel;
import org.chanrace.model.network.Net;
import org.chanrace.model.network.Wire;
import org.chanrace.model.qemu.Assembly;
import org.chanrace.model.qemu.Destination;
import org.chanrace.model.qemu.Source;
import org.chanrace.model.trace.Actor;

/** What a pending event is, as a clause: "the destination's main loop accepts connection 2 (preempt)". */
final class EventWords {
    private static final Channel[] CHANNELS = Channel.values();

    private final LaneMap map;
    private final Operator operator;
    private final LaneNames names;
    private final Assembly qemu;

    EventWords(LaneMap map, Operator operator, Assembly qemu) {
        this.map = map;
        this.operator = operator;
        this.names = new LaneNames(map);
        this.qemu = qemu;
    }

    /** The clause for the head of this lane. */
    String of(int lane, long event) {
        if (lane == map.operatorStatus) return "the operator sees a status";
        if (lane >= map.operatorTimer && lane < map.operatorTimer + map.operatorEvents) return "operator: " + operator.words(lane - map.operatorTimer);
        if (lane == map.sourceCommands) return "the source gets " + sourceCommand(Wire.kind(event));
        if (lane == map.destinationCommands) return "the destination gets " + (Wire.kind(event) == Destination.RECOVER ? "migrate-recover" : "migrate-pause");
        if (lane == map.networkCommands) return networkCommand(Wire.kind(event));
        if (lane >= map.toSource && lane < map.toSource + map.connections) return reads(Actor.SOURCE_RETURN_PATH.text(), event, lane - map.toSource);
        if (lane >= map.toDestination && lane < map.toDestination + map.connections)
            return reads(qemu.destination().readerName(lane - map.toDestination), event, lane - map.toDestination);
        if (lane == map.sourceCalls || lane == map.destinationCalls) return "the kernel takes a call" + about(event);
        if (lane == map.sourceSockets && Wire.kind(event) == Wire.LISTENING) return "the source hears that a destination listens";
        if (lane == map.sourceSockets) return "the source's kernel learns that " + name(event) + socketWords(event);
        if (lane == map.destinationSockets) return "the destination's kernel learns that " + name(event) + socketWords(event);
        if (lane == map.sourceMigration) return "the source's migration thread " + qemu.source().nextStep();
        if (lane == map.sourceMainLoop) return "the source's main loop hears that " + name(event) + (Source.isConnected(event) ? " is connected" : " could not be connected");
        if (lane == map.sourceWorker) return "the source connects " + toBeOpened(event);
        if (lane == map.sourceGuest) return "the guest writes a page";
        if (lane == map.destinationDevices) return "a device that is loaded touches a page";
        if (lane == map.destinationHost) return "the destination's host starts a destination, if none is left, for the next migration";
        if (lane == map.destinationAccept) return "the destination's main loop accepts " + name(event);
        if (lane == map.destinationMainLoop) return "the destination" + qemu.destination().stepWords(event);
        if (lane >= map.destinationVcpu && lane < map.destinationVcpu + map.vcpus) return "a vCPU touches its next page";
        if (lane >= map.handshake && lane < map.handshake + map.connections) return qemu.net().handshakeWords(event);
        return names.of(lane);
    }

    private String reads(String who, long event, int c) {
        return "the " + who + " reads " + Wire.text(event) + " on " + qemu.net().name(c);
    }

    private String about(long event) {
        return Wire.kind(event) == Net.STOP_LISTENING || Wire.kind(event) == Net.LISTEN_AGAIN ? "" : " on " + (Wire.kind(event) == Wire.CONNECT ? toBeOpened(event) : name(event));
    }

    private static String sourceCommand(int command) {
        return switch (command) {
            case Source.MIGRATE -> "migrate";
            case Source.START_POSTCOPY -> "migrate-start-postcopy";
            case Source.RESUME -> "migrate resume";
            case Source.CANCEL -> "migrate_cancel";
            case Source.PAUSE -> "migrate-pause";
            case Source.MIGRATE_AGAIN -> "migrate, once more";
            default -> "migrate-set-parameters";
        };
    }

    private static String networkCommand(int command) {
        return switch (command) {
            case Net.BREAK -> "connections break";
            case Net.CUT -> "the network is cut";
            case Net.RESTORE -> "the network is restored";
            case Net.PROBE -> "a stranger opens a connection";
            case Net.LOSE_SYN -> "a handshake packet is lost";
            default -> "the network awaits the next attempt";
        };
    }

    /** The network knows of a connection only once it is opened. */
    private static String toBeOpened(long event) {
        return Net.name(Wire.connection(event), CHANNELS[(int) Wire.argument(event)]);
    }

    private String name(long event) {
        return qemu.net().name(Wire.connection(event));
    }

    private static String socketWords(long event) {
        return switch (Wire.kind(event)) {
            case Wire.CONNECTED -> " is connected";
            case Wire.CONNECT_FAILED -> " could not be connected";
            case Wire.BROKEN -> " is broken";
            default -> " has room";
        };
    }
}
