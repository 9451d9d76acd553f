package org.chanrace.model.network;

import org.chanrace.model.scenario.Network.Relay;

/** What a relay does with a connection that has arrived, as a tiny verdict: a rule looks at the connection, and the network obeys. */
sealed interface Relaying {
    /** Pass it on after this time, ns. */
    record PassAfter(long nanos) implements Relaying {}

    /** Pass it on when those that arrived before have been. */
    record PassInOrder() implements Relaying {}

    /** Hold it until another has been passed on, this long at most, ns. */
    record HoldForAnother(long atMostNanos) implements Relaying {}

    /** Keep it and never pass it on. */
    record Keep() implements Relaying {}

    /** Reset it. */
    record Reset() implements Relaying {}

    /** The longest time that a connection is held back for another one. */
    long MAX_HOLD_NANOS = 2_500_000_000L;

    Relaying NOW = new PassAfter(0);
    Relaying IN_ORDER = new PassInOrder();
    Relaying HOLD = new HoldForAnother(MAX_HOLD_NANOS);
    Relaying KEEP = new Keep();
    Relaying RESET = new Reset();

    /**
     * The rule of a relay for one connection.
     *
     * @param arrival which one to arrive, from 1
     * @param channel what the source opened it as
     */
    static Relaying of(Relay relay, int arrival, Channel channel) {
        if (relay instanceof Relay.Swap || relay instanceof Relay.MainLast) return arrival == 1 ? HOLD : NOW;
        // A delay of zero is no delay: such a relay is a natural one, which keeps the order however late it wakes up.
        if (relay instanceof Relay.Delay delay && delay.byNanos() > 0) return is(delay.target(), arrival, channel) ? new PassAfter(delay.byNanos()) : NOW;
        if (relay instanceof Relay.Drop drop) return is(drop.target(), arrival, channel) ? KEEP : IN_ORDER;
        if (relay instanceof Relay.Reset reset) return is(reset.target(), arrival, channel) ? RESET : IN_ORDER;
        return IN_ORDER;
    }

    private static boolean is(Relay.Target target, int arrival, Channel channel) {
        if (target instanceof Relay.Target.Arrival a) return a.number() == arrival;
        return ((Relay.Target.Role) target).channel().equals(channel.text());
    }
}
