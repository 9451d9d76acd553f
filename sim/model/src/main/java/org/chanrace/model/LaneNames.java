package org.chanrace.model;

/** Lanes in words. */
final class LaneNames {
    private static final String[] PARTIES = {"source", "destination", "network", "operator"};

    private final LaneMap map;
    private final int[] processes;

    LaneNames(LaneMap map) {
        this.map = map;
        this.processes = map.processes();
    }

    /** A lane by its number, which may be none of this map's: {@code records on connection 2 to the destination}. */
    String of(int lane) {
        LaneMap m = map;
        if (lane < 0 || lane >= processes.length) return "lane " + lane + ", which there is not";
        if (lane == m.operatorStatus) return "status changes toward the operator";
        if (isIn(lane, m.operatorTimer, m.operatorEvents + 1))
            return lane == m.operatorTimer + m.operatorEvents ? "the operator's last timer" : "the timer of operator event " + (lane - m.operatorTimer + 1);
        if (lane == m.sourceCommands) return "commands to the source";
        if (lane == m.destinationCommands) return "commands to the destination";
        if (lane == m.networkCommands) return "commands to the network";
        if (lane == m.sourceCalls) return "system calls of the source";
        if (lane == m.destinationCalls) return "system calls of the destination";
        if (lane == m.sourceSockets) return "what the source's sockets report";
        if (lane == m.destinationSockets) return "what the destination's sockets report";
        if (isIn(lane, m.toSource, m.connections)) return "records on connection " + (lane - m.toSource + 1) + " to the source";
        if (isIn(lane, m.toDestination, m.connections)) return "records on connection " + (lane - m.toDestination + 1) + " to the destination";
        if (lane == m.sourceMainLoop) return "the source's main loop";
        if (lane == m.sourceWorker) return "the source's connecting thread";
        if (lane == m.sourceMigration) return "the source's migration thread";
        if (lane == m.sourceReturnPath) return "the source's return-path thread";
        if (lane == m.destinationMainLoop) return "the destination's main loop";
        if (lane == m.destinationAccept) return "connections that the destination can accept";
        if (lane == m.destinationListen) return "the destination's listen thread";
        if (lane == m.destinationPreempt) return "the destination's preempt thread";
        if (lane == m.destinationFault) return "the destination's fault thread";
        if (isIn(lane, m.destinationVcpu, m.vcpus)) return "the destination's vCPU " + (lane - m.destinationVcpu);
        if (isIn(lane, m.handshake, m.connections)) return "the handshake of connection " + (lane - m.handshake + 1);
        if (isIn(lane, m.link, 2 * m.hops)) return "the link of hop " + ((lane - m.link) / 2 + 1) + direction(lane - m.link);
        if (m.hops > 1 && isIn(lane, m.middle, pipes())) return "what arrives at the box after hop " + hop(lane - m.middle) + " of connection " + connection(lane - m.middle);
        if (isIn(lane, m.pipeTimer, pipes())) return "a timer of connection " + connection(lane - m.pipeTimer) + ", hop " + hop(lane - m.pipeTimer) + direction(lane - m.pipeTimer);
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
