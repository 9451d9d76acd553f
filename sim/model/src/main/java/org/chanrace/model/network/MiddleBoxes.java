package org.chanrace.model.network;

import org.chanrace.kernel.Lanes;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.LaneMap;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.RelayWakeUps;
import org.chanrace.model.trace.Actor;

/**
 * Proxies and the relay: who dials on for a connection, and when.
 *
 * <p>A proxy dials each connection on by itself, after a time drawn for it, so connections overtake each other there. What the relay,
 * the last box before the destination, does with a connection says {@link Relaying}.
 */
final class MiddleBoxes implements Stateful {
    private final Net net;
    private final Network.Relay[] relays;
    private final LaneMap map;
    private final Lanes lanes;
    private final Sampler[] proxyConnect;
    private final boolean takesAtOnce;
    private final Sampler take;
    private final Sampler passOn;
    private final Sampler timer;
    private int arrivals;

    MiddleBoxes(Net net, Network network, Network.Relay[] relays, LaneMap map, Lanes lanes, RelayWakeUps wakeUps) {
        this.net = net;
        this.relays = relays.clone();
        this.map = map;
        this.lanes = lanes;
        this.takesAtOnce = wakeUps.take().equals(new Distribution.Constant(0));
        this.take = new Sampler(wakeUps.take(), "relay", "take");
        this.passOn = new Sampler(wakeUps.passOn(), "relay", "pass on");
        this.timer = new Sampler(wakeUps.timer(), "relay", "timer");
        this.proxyConnect = new Sampler[network.hops().size()];
        for (int i = 0; i < proxyConnect.length; i++) proxyConnect[i] = new Sampler(network.hops().get(i).connect(), "proxy " + i, "connect");
    }

    void reset(long seed) {
        for (Sampler sampler : proxyConnect) sampler.reseed(seed);
        take.reseed(seed);
        passOn.reseed(seed);
        timer.reseed(seed);
        arrivals = 0;
    }

    void nextAttempt() {
        arrivals = 0;
    }

    void arrive(int c, Fate fate, long now) {
        net.kernel.progress();
        boolean relay = net.hasRelay && fate.hop == map.hops - 2;
        if (!relay) {
            lanes.append(map.handshake + c, now + proxyConnect[fate.hop].next(), Wire.event(Handshakes.DIAL, c, 0));
            return;
        }
        fate.arrival = ++arrivals;
        Relaying rule = rule(fate);
        if (net.recorder != null) net.recorder.noted(now, Actor.NETWORK, c, net.name(c) + " reaches the relay" + ruleText(rule));
        if (rule instanceof Relaying.PassAfter pass) {
            if (pass.nanos() > 0) dialAt(c, taken(c, now) + pass.nanos() + timer.next());
            else passOn(c, taken(c, now));
        } else if (rule instanceof Relaying.HoldForAnother hold) {
            fate.held = !anotherPassed(c);
            if (fate.held) dialAt(c, taken(c, now) + hold.atMostNanos() + timer.next());
            else passOn(c, taken(c, now));
        } else if (rule instanceof Relaying.PassInOrder) {
            if (earlierPassed(c)) passOn(c, taken(c, now));
        } else if (rule instanceof Relaying.Reset) {
            fate.passed = true;
            net.breakConnection(c, "relay", now);
            passed(c, now);
        } else {
            fate.passed = true;
            passed(c, now);
        }
    }

    /** An attempt for which no relay of its own is given goes through the last one. */
    private Relaying rule(Fate fate) {
        return Relaying.of(relays[Math.min(fate.relay, relays.length - 1)], fate.arrival, fate.channel);
    }

    private static String ruleText(Relaying rule) {
        if (rule instanceof Relaying.PassAfter pass && pass.nanos() > 0) return ", which passes it on late";
        if (rule instanceof Relaying.HoldForAnother) return ", which holds it back";
        if (rule instanceof Relaying.Keep) return ", which keeps it";
        if (rule instanceof Relaying.Reset) return ", which resets it";
        return "";
    }

    /** When the relay takes a connection that has arrived: not before it has passed on what came earlier and is to be passed on at once. */
    private long taken(int c, long now) {
        long at = now + take.next();
        if (takesAtOnce) return at;
        for (int o = 0; o < net.opened; o++) {
            int lane = map.handshake + o;
            boolean isBefore = o != c && net.fates[o].attempt == net.fates[c].attempt && net.fates[o].arrival > 0 && !net.fates[o].passed;
            if (!isBefore || !rule(net.fates[o]).equals(Relaying.NOW) || lanes.size(lane) == 0 || Wire.kind(lanes.peek(lane)) != Handshakes.DIAL) continue;
            at = Math.max(at, lanes.dueAt(lane));
        }
        return at;
    }

    private void passOn(int c, long from) {
        dialAt(c, from + passOn.next());
    }

    private void dialAt(int c, long at) {
        lanes.append(map.handshake + c, at, Wire.event(Handshakes.DIAL, c, 0));
    }

    /** Of those that came to the relay: a stranger does not. */
    private boolean anotherPassed(int c) {
        for (int o = 0; o < net.opened; o++) if (o != c && net.fates[o].attempt == net.fates[c].attempt && net.fates[o].arrival > 0 && net.fates[o].passed) return true;
        return false;
    }

    private boolean earlierPassed(int c) {
        for (int o = 0; o < net.opened; o++) {
            Fate other = net.fates[o];
            if (o != c && other.attempt == net.fates[c].attempt && other.arrival > 0 && other.arrival < net.fates[c].arrival && !other.passed) return false;
        }
        return true;
    }

    /** A connection is through: another may have been waiting for that. */
    void passed(int c, long now) {
        if (!net.hasRelay) return;
        for (int o = 0; o < net.opened; o++) {
            Fate other = net.fates[o];
            if (o == c || other.passed || other.arrival == 0 || other.attempt != net.fates[c].attempt || other.hop != map.hops - 2) continue;
            if (other.held) {
                other.held = false;
                lanes.drop(map.handshake + o);
                passOn(o, now);
            } else if (lanes.size(map.handshake + o) == 0 && earlierPassed(o) && rule(other) instanceof Relaying.PassInOrder)
                passOn(o, now);
        }
    }

    @Override
    public void save(StateWriter state) {
        for (Sampler sampler : proxyConnect) sampler.save(state);
        take.save(state);
        passOn.save(state);
        timer.save(state);
        state.put(arrivals);
    }

    @Override
    public void load(StateReader state) {
        for (Sampler sampler : proxyConnect) sampler.load(state);
        take.load(state);
        passOn.load(state);
        timer.load(state);
        arrivals = state.nextInt();
    }
}
