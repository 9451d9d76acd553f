package org.chanrace.explore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.chanrace.explore.Disturbance.Delay;
import org.chanrace.model.Delays;
import org.chanrace.model.scenario.OperatorEvent.Action;

/**
 * Shell commands by which Linux makes packets of a migration late.
 *
 * <p>All connections of a migration go to the same port, and the source's port is known only when it is too late to write a filter. So netfilter counts the connections
 * by their first SYNs, and marks packets of them; the queue goes by the mark. That is the same for IPv4 and IPv6.
 *
 * <p>Netfilter can tell the packets of the handshake, and the first packet with data, but not which bytes of the stream a later one has: how many packets the real guest's
 * pages take is another number than in the small instance. And netem delays every marked packet by as much, so that all that follows one in its direction is to be marked,
 * too: what is not would overtake it. That is other than one packet which is late and those that wait for it; so what {@linkplain #apply this comes to} is run.
 */
final class Netem {
    private static final long MICROSECOND = 1000;
    /** Counts to more connections than a migration has. */
    private static final int EVERY = 1000;
    /** Packets without a mark go to the first three bands. */
    private static final int FIRST_BAND = 3;
    /** SYN, ACK, and what comes then. */
    private static final int FIRST_RECORD_OUT = 3;
    /** SYN-ACK, and what comes then. */
    private static final int FIRST_RECORD_BACK = 2;
    private static final String STRANGER = "probe";

    private Netem() {}

    /**
     * Packets that are late, all by as much: of one direction of one connection, one and those that follow it; but the first packet of the handshake alone, which is
     * what the rest waits for.
     *
     * @param connection its number, from 1
     * @param channel what the source opened it as
     * @param toDestination the direction
     * @param number the first of them, from 1
     * @param step what that is
     * @param nanos by how much they are late, in whole us
     */
    record Rule(int connection, String channel, boolean toDestination, int number, String step, long nanos) {
        Rule {
            Objects.requireNonNull(channel);
            Objects.requireNonNull(step);
        }

        private boolean alone() {
            return number == 1;
        }

        /** The same, late by so many times as much. */
        Rule times(long factor) {
            return new Rule(connection, channel, toDestination, number, step, factor * nanos);
        }
    }

    /** Those of the packets that have to be late that netfilter cannot tell from others. */
    static List<Delay> unknowable(Disturbance disturbance) {
        List<Delay> all = new ArrayList<>();
        boolean strangers = disturbance.timed().events().stream().anyMatch(event -> event.action() instanceof Action.Probe);
        for (List<Delay> flow : flows(disturbance)) {
            Delay first = flow.get(0);
            // A stranger's SYN leaves from elsewhere, but it arrives among those of the source. Which connection a box on the way dials first is up to it.
            boolean counts = first.hop() == 1 && !first.channel().equals(STRANGER) && (first.toDestination() || !strangers);
            boolean known = first.number() <= (first.toDestination() ? FIRST_RECORD_OUT : FIRST_RECORD_BACK);
            if (!counts || !known) all.addAll(flow);
            else if (first.number() == 1) all.addAll(flow.subList(1, flow.size()));
        }
        return all;
    }

    /** What has to be marked for these packets to be late, each by as much at least, when netfilter can tell them all. */
    static List<Rule> rules(Disturbance disturbance) {
        List<Rule> rules = new ArrayList<>();
        for (List<Delay> flow : flows(disturbance)) {
            Delay first = flow.get(0);
            long nanos = flow.stream().mapToLong(Delay::nanos).max().orElseThrow();
            rules.add(new Rule(first.connection(), first.channel(), first.toDestination(), first.number(), first.step(), (nanos + MICROSECOND - 1) / MICROSECOND * MICROSECOND));
        }
        return rules;
    }

    /** The packets that are late by connection, hop and direction; in each of these in the order in which they are sent. */
    private static List<List<Delay>> flows(Disturbance disturbance) {
        Map<String, List<Delay>> flows = new LinkedHashMap<>();
        for (Delay delay : disturbance.delays())
            flows.computeIfAbsent(delay.connection() + " " + delay.hop() + " " + delay.toDestination(), flow -> new ArrayList<>()).add(delay);
        flows.values().forEach(flow -> flow.sort((a, b) -> Integer.compare(a.number(), b.number())));
        return List.copyOf(flows.values());
    }

    /** Makes late what the commands for these rules do. */
    static void apply(List<Rule> rules, Delays delays) {
        for (Rule rule : rules) {
            if (rule.alone()) delays.late(rule.connection() - 1, 0, rule.toDestination(), rule.number(), rule.nanos());
            else delays.lateFrom(rule.connection() - 1, 0, rule.toDestination(), rule.number(), rule.nanos());
        }
    }

    /** The commands, one a line. */
    static List<String> commands(List<Rule> rules) {
        List<String> all = new ArrayList<>();
        for (boolean toDestination : new boolean[] {true, false}) {
            List<Rule> here = rules.stream().filter(rule -> rule.toDestination() == toDestination).toList();
            if (!here.isEmpty()) all.addAll(onOneHost(here, toDestination));
        }
        return all;
    }

    /** The source's host sees SYNs leave, the other one sees them arrive; what is delayed leaves. */
    private static List<String> onOneHost(List<Rule> rules, boolean toDestination) {
        List<String> all = new ArrayList<>();
        all.add("nft add table inet chanrace  # on the " + (toDestination ? "source's host" : "host that the source connects to"));
        all.add("nft 'add chain inet chanrace seen { type filter hook " + (toDestination ? "output" : "input") + " priority -150; }'");
        // Each connection is marked with its number: one that has a mark is not counted again when its SYN is repeated.
        all.add("nft 'add rule inet chanrace seen tcp dport DPORT tcp flags & (syn | ack) == syn ct mark 0 ct mark set numgen inc mod " + EVERY + " offset 1'");
        if (!toDestination) all.add("nft 'add chain inet chanrace sent { type filter hook output priority -150; }'");
        String chain = toDestination ? "seen tcp dport DPORT " : "sent tcp sport DPORT ";
        int mark = 0;
        for (Rule rule : rules) for (String marking : markings(rule, ++mark)) all.add("nft 'add rule inet chanrace " + chain + marking + "'");
        all.add("tc qdisc add dev DEV root handle 1: prio bands 16");
        mark = 0;
        for (Rule rule : rules) {
            String band = "1:" + Integer.toHexString(FIRST_BAND + ++mark);
            all.add("tc qdisc add dev DEV parent " + band + " netem delay " + rule.nanos() / MICROSECOND + "us limit 100000  # the " + rule.step() + " of connection " + rule.connection() + " ("
                    + rule.channel() + ")" + (rule.alone() ? "" : " and what follows it"));
            all.add("tc filter add dev DEV parent 1: protocol all prio " + mark + " handle " + mark + " fw flowid " + band);
        }
        return all;
    }

    private static List<String> markings(Rule rule, int mark) {
        String ofConnection = "ct mark " + rule.connection() + " ";
        String marks = " meta mark set " + mark;
        if (rule.alone()) return List.of(ofConnection + "tcp flags & (syn | ack) == " + (rule.toDestination() ? "syn" : "(syn | ack)") + marks);
        // Back come acknowledgements as well, with nothing to push: they are no packets here, and are to leave room in time.
        if (!rule.toDestination()) return List.of(ofConnection + "tcp flags & psh == psh" + marks);
        if (rule.number() < FIRST_RECORD_OUT) return List.of(ofConnection + "tcp flags & syn == 0" + marks);
        // What comes first behind the SYN is the ACK: it changes the mark of the connection, and has none itself.
        int behind = EVERY + rule.connection();
        return List.of("ct mark " + behind + marks, ofConnection + "tcp flags & syn == 0 ct mark set " + behind);
    }

    /** What the commands do besides, and what they need; sentences. */
    static List<String> limits(List<Rule> rules) {
        List<String> all = new ArrayList<>();
        all.add("As root, before the migration begins. DEV is the network device towards the other host, DPORT the port that the source connects to, of a proxy where there is one. "
                + "Connections to it are counted: nobody else's may pass there meanwhile.");
        if (!rules.stream().allMatch(Rule::alone)) all.add("What follows a packet in the same direction of its connection is late by as much, as long as the connection lasts: so it was run.");
        all.add("nft delete table inet chanrace; tc qdisc del dev DEV root takes it away again.");
        return all;
    }
}
