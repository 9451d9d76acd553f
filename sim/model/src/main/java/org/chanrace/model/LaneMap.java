package org.chanrace.model;

/**
 * Which lane is which: a numbering for so many connections, hops, vCPUs and operator events.
 *
 * <p>The order is part of the model, because events due at the same instant are handled in it. Data lanes stand before the
 * destination's accept lane: a main loop whose coroutine has input at hand does not look at its listening socket (specification
 * of QEMU's behaviour, section 2.2).
 */
public final class LaneMap {
    /** Process numbers. */
    public static final int SOURCE = 0;
    public static final int DESTINATION = 1;
    public static final int NETWORK = 2;
    public static final int OPERATOR = 3;

    private final int[] process;
    private int next;

    /** Status changes of both sides, toward the operator. */
    public final int operatorStatus;
    /** The operator's timers, one an event; the last is for the end of the run. */
    public final int operatorTimer;
    /** Commands, from the operator. */
    public final int sourceCommands;
    public final int destinationCommands;
    public final int networkCommands;
    /** System calls. */
    public final int sourceCalls;
    public final int destinationCalls;
    /** Results of system calls and signals. */
    public final int sourceSockets;
    public final int destinationSockets;
    /** Records that reach the source, one lane a connection. */
    public final int toSource;
    /** Records that reach the destination, one lane a connection. */
    public final int toDestination;
    /** The source's threads' own steps. */
    public final int sourceMainLoop;
    public final int sourceWorker;
    public final int sourceMigration;
    public final int sourceReturnPath;
    /** The destination's threads' own steps. */
    public final int destinationMainLoop;
    public final int destinationAccept;
    public final int destinationListen;
    public final int destinationPreempt;
    public final int destinationFault;
    public final int destinationVcpu;
    /** Within the network: handshakes, one lane a connection; link transmitters, two a hop; middle boxes' arrivals and pipes' timers, one a pipe. */
    public final int handshake;
    public final int link;
    public final int middle;
    public final int pipeTimer;
    /** What the guest does on the source, and its devices on the destination, one step an event. */
    public final int sourceGuest;
    public final int destinationDevices;
    /** The destination's host: starts its process. Never closed, since it does not depend on the process that was there. */
    public final int destinationHost;

    /** Numbers of entities. */
    public final int connections;
    public final int hops;
    public final int vcpus;
    public final int operatorEvents;

    LaneMap(int connections, int hops, int vcpus, int operatorEvents) {
        this.connections = connections;
        this.hops = hops;
        this.vcpus = vcpus;
        this.operatorEvents = operatorEvents;
        int pipes = 2 * hops * connections;
        process = new int[14 + operatorEvents + 3 * connections + vcpus + 2 * hops + 2 * pipes + 7];
        operatorStatus = lanes(1, OPERATOR);
        operatorTimer = lanes(operatorEvents + 1, OPERATOR);
        sourceCommands = lanes(1, SOURCE);
        destinationCommands = lanes(1, DESTINATION);
        networkCommands = lanes(1, NETWORK);
        sourceCalls = lanes(1, NETWORK);
        destinationCalls = lanes(1, NETWORK);
        sourceSockets = lanes(1, SOURCE);
        destinationSockets = lanes(1, DESTINATION);
        toSource = lanes(connections, SOURCE);
        toDestination = lanes(connections, DESTINATION);
        sourceMainLoop = lanes(1, SOURCE);
        sourceWorker = lanes(1, SOURCE);
        sourceMigration = lanes(1, SOURCE);
        sourceReturnPath = lanes(1, SOURCE);
        destinationMainLoop = lanes(1, DESTINATION);
        destinationAccept = lanes(1, DESTINATION);
        destinationListen = lanes(1, DESTINATION);
        destinationPreempt = lanes(1, DESTINATION);
        destinationFault = lanes(1, DESTINATION);
        destinationVcpu = lanes(vcpus, DESTINATION);
        handshake = lanes(connections, NETWORK);
        link = lanes(2 * hops, NETWORK);
        middle = lanes(hops > 1 ? pipes : 0, NETWORK);
        pipeTimer = lanes(pipes, NETWORK);
        // What came later stands last, so that the others keep their order.
        sourceGuest = lanes(1, SOURCE);
        destinationDevices = lanes(1, DESTINATION);
        destinationHost = lanes(1, DESTINATION);
    }

    private int lanes(int n, int receiver) {
        int first = next;
        for (int i = 0; i < n; i++) process[next++] = receiver;
        return first;
    }

    /** For each lane the process that receives from it. */
    int[] processes() {
        return java.util.Arrays.copyOf(process, next);
    }

    /** Whether what comes by this lane may come at any moment: the operator's commands, and what a guest does that acts in steps. */
    boolean isFree(int lane) {
        return (lane >= operatorTimer && lane < operatorTimer + operatorEvents) || lane == sourceGuest || lane == destinationDevices
                || (lane >= destinationVcpu && lane < destinationVcpu + vcpus);
    }

    /** The number of a pipe: one direction of one hop of a connection. */
    public int pipe(int connection, int hop, boolean forward) {
        return (connection * hops + hop) * 2 + (forward ? 0 : 1);
    }
}
