package org.chanrace.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.chanrace.explore.Disturbance.Delay;

/**
 * Shell commands by which Linux makes packets of one connection late.
 *
 * <p>All connections of a migration go to the same port, and the source's port is known only when it is too late to write a filter. So netfilter counts the SYNs, marks
 * the connection, and marks its packets, from the one on that has to be late; the queue goes by the mark. That is the same for IPv4 and IPv6.
 */
final class Netem {
    /** What the commands do besides, and what they need; sentences. */
    static final List<String> LIMITS = List.of(
            "As root, before the migration begins. DEV is the network device towards the other host, DPORT the port on which the destination listens. Nobody else may connect to it "
                    + "meanwhile: SYNs to it are counted, those that are repeated too.",
            "netem delays what follows in the same direction of that connection by as much: what waits for it is late too.",
            "nft delete table inet chanrace; tc qdisc del dev DEV root takes it away again.");

    /** The same where a relay had to hold a connection back for longer than a packet is late. */
    static final List<String> LIMITS_OF_A_SMALL_GUEST = Stream.concat(
            Stream.of("The delay is that of the small guest: a relay has to hold the connection back for longer, so netem is likely to have to, too."), LIMITS.stream()).toList();

    private static final long MICROSECOND = 1000;
    /** Counts to more connections than a migration has. */
    private static final int EVERY = 1000;
    /** Packets without a mark go to the first three bands. */
    private static final int FIRST_BAND = 3;

    private Netem() {}

    /**
     * Commands that make a packet late, and those behind it.
     *
     * @param mark of the connection, another one for each; from 1
     */
    static List<String> commands(Delay delay, int mark) {
        boolean out = delay.toDestination();
        String band = "1:" + Integer.toHexString(FIRST_BAND + mark);
        String counts = "tcp dport DPORT tcp flags & (syn | ack) == syn numgen inc mod " + EVERY + " == " + (delay.connection() - 1) + " ct mark set " + mark;
        // The first packet of a direction is its SYN or SYN-ACK: any later one leaves that alone.
        String late = (out ? "tcp dport" : "tcp sport") + " DPORT ct mark " + mark + (delay.number() > 1 ? " tcp flags & syn == 0" : "") + " meta mark set " + mark;
        List<String> all = new ArrayList<>();
        all.add("nft add table inet chanrace  # on the " + where(delay) + ", for the " + delay.step() + " of connection " + delay.connection() + " (" + delay.channel() + ")");
        all.add("nft 'add chain inet chanrace seen { type filter hook " + (out ? "output" : "input") + " priority -150; }'");
        all.add("nft 'add rule inet chanrace seen " + counts + "'");
        if (!out) all.add("nft 'add chain inet chanrace sent { type filter hook output priority -150; }'");
        all.add("nft 'add rule inet chanrace " + (out ? "seen " : "sent ") + late + "'");
        all.add("tc qdisc add dev DEV root handle 1: prio bands 16 2>/dev/null || true");
        all.add("tc qdisc add dev DEV parent " + band + " netem delay " + (delay.nanos() + MICROSECOND - 1) / MICROSECOND + "us limit 100000");
        all.add("tc filter add dev DEV parent 1: protocol all prio " + mark + " handle " + mark + " fw flowid " + band);
        return all;
    }

    private static String where(Delay delay) {
        if (delay.hop() > 1) return "host from which hop " + delay.hop() + (delay.toDestination() ? " sets out" : " comes back");
        return delay.toDestination() ? "source's host" : "host that the source connects to";
    }
}
