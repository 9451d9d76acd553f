package org.chanrace.model;

import org.chanrace.model.trace.Actor;

/** Lanes in words. */
final class LaneNames {
    private static final String[] PARTIES = {"source", "destination", "network", "operator"};

    private final LaneMap map;
    private final int[] processes;

    LaneNames(LaneMap map) {
        this.map = map;
        this.processes = map.processes();
    }

    /** A lane by its number, which may be none of this map's: {@code the stream of connection 2 toward the destination}, or a thread as traces name it. */
    String of(int lane) {
        LaneMap m = map;
        if (lane < 0 || lane >= processes.length) return "lane " + lane + ", which there is not";
        if (lane == m.operatorStatus) return "what the operator sees of the statuses";
        if (isIn(lane, m.operatorTimer, m.operatorEvents + 1))
            return lane == m.operatorTimer + m.operatorEvents ? "the timer of the run's end" : "the timer of operator event " + (lane - m.operatorTimer + 1);
        if (lane == m.sourceCommands) return "a command to the source";
        if (lane == m.destinationCommands) return "a command to the destination";
        if (lane == m.networkCommands) return "a command to the network";
        if (lane == m.sourceCalls) return "a system call of the source";
        if (lane == m.destinationCalls) return "a system call of the destination";
        if (lane == m.sourceSockets) return "a report of the source's sockets";
        if (lane == m.destinationSockets) return "a report of the destination's sockets";
        if (isIn(lane, m.toSource, m.connections)) return "the stream of connection " + (lane - m.toSource + 1) + " toward the source";
        if (isIn(lane, m.toDestination, m.connections)) return "the stream of connection " + (lane - m.toDestination + 1) + " toward the destination";
        if (lane == m.sourceMainLoop) return Actor.SOURCE_MAIN_LOOP.text();
        if (lane == m.sourceWorker) return "the source's connecting thread";
        if (lane == m.sourceMigration) return Actor.SOURCE_MIGRATION.text();
        if (lane == m.sourceReturnPath) return Actor.SOURCE_RETURN_PATH.text();
        if (lane == m.destinationMainLoop) return Actor.DESTINATION_MAIN_LOOP.text();
        if (lane == m.destinationAccept) return "the destination's listening socket";
        if (lane == m.destinationListen) return Actor.DESTINATION_LISTEN.text();
        if (lane == m.destinationPreempt) return Actor.DESTINATION_PREEMPT.text();
        if (lane == m.destinationFault) return Actor.DESTINATION_FAULT.text();
        if (isIn(lane, m.destinationVcpu, m.vcpus)) return "destination vCPU " + (lane - m.destinationVcpu);
        if (isIn(lane, m.handshake, m.connections)) return "the handshake of connection " + (lane - m.handshake + 1);
        if (isIn(lane, m.link, 2 * m.hops)) return "the link of hop " + ((lane - m.link) / 2 + 1) + direction(lane - m.link);
        if (m.hops > 1 && isIn(lane, m.middle, pipes())) return "what arrives at a box on connection " + connection(lane - m.middle) + ", hop " + hop(lane - m.middle) + direction(lane - m.middle);
        if (isIn(lane, m.pipeTimer, pipes())) return "a timer of connection " + connection(lane - m.pipeTimer) + ", hop " + hop(lane - m.pipeTimer) + direction(lane - m.pipeTimer);
        if (lane == m.sourceGuest) return "the guest on the source";
        if (lane == m.destinationDevices) return "the destination's devices";
        if (lane == m.destinationHost) return "the destination's host";
        return "lane " + lane + " of the " + PARTIES[processes[lane]];
    }

    private int pipes() {
        return 2 * map.hops * map.connections;
    }

    private int connection(int pipe) {
        return pipe / 2 / map.hops + 1;
    }

    private int hop(int pipe) {
        return pipe / 2 % map.hops + 1;
    }

    private static String direction(int number) {
        return number % 2 == 0 ? " toward the destination" : " toward the source";
    }

    private static boolean isIn(int lane, int first, int count) {
        return lane >= first && lane < first + count;
    }
}
