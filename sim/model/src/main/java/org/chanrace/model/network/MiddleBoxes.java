package org.chanrace.model.network;

import org.chanrace.kernel.Lanes;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.LaneMap;
import org.chanrace.model.scenario.Network;
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
    private final Sampler relayWakeUp;
    private int arrivals;

    MiddleBoxes(Net net, Network network, Network.Relay[] relays, LaneMap map, Lanes lanes, Sampler relayWakeUp) {
        this.net = net;
        this.relays = relays.clone();
        this.map = map;
        this.lanes = lanes;
        this.relayWakeUp = relayWakeUp;
        this.proxyConnect = new Sampler[network.hops().size()];
        for (int i = 0; i < proxyConnect.length; i++) proxyConnect[i] = new Sampler(network.hops().get(i).connect(), "proxy " + i, "connect");
    }

    void reset(long seed) {
        for (Sampler sampler : proxyConnect) sampler.reseed(seed);
        relayWakeUp.reseed(seed);
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
        if (rule instanceof Relaying.PassAfter pass) passOn(c, pass.nanos(), now);
        else if (rule instanceof Relaying.HoldForAnother hold) {
            if (anotherPassed(c)) passOn(c, 0, now);
            else {
                fate.held = true;
                lanes.append(map.handshake + c, now + hold.atMostNanos(), Wire.event(Handshakes.DIAL, c, 0));
            }
        } else if (rule instanceof Relaying.PassInOrder) {
            if (earlierPassed(c)) passOn(c, 0, now);
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

    private void passOn(int c, long after, long now) {
        lanes.append(map.handshake + c, now + after + relayWakeUp.next(), Wire.event(Handshakes.DIAL, c, 0));
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
                passOn(o, 0, now);
            } else if (lanes.size(map.handshake + o) == 0 && earlierPassed(o) && rule(other) instanceof Relaying.PassInOrder)
                passOn(o, 0, now);
        }
    }

    @Override
    public void save(StateWriter state) {
        for (Sampler sampler : proxyConnect) sampler.save(state);
        relayWakeUp.save(state);
        state.put(arrivals);
    }

    @Override
    public void load(StateReader state) {
        for (Sampler sampler : proxyConnect) sampler.load(state);
        relayWakeUp.load(state);
        arrivals = state.nextInt();
    }
}
