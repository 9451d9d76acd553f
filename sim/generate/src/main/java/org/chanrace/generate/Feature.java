package org.chanrace.generate;

/** Something that makes a scenario other than plain, and that a {@link Swarm} has or has not. */
public enum Feature {
    /** A relay, there from the beginning or on the way of a recovery, that passes connections on in order. */
    RELAY_NATURAL,
    RELAY_SWAP,
    RELAY_MAIN_LAST,
    RELAY_DELAY,
    RELAY_DROP,
    RELAY_RESET,
    /** Proxies that dial each connection on their own. */
    HOPS,
    /** Latencies, and times that a proxy takes, of this distribution. */
    LATENCY_CONSTANT,
    LATENCY_UNIFORM,
    LATENCY_NORMAL,
    LATENCY_LOGNORMAL,
    LATENCY_EXPONENTIAL,
    LATENCY_PARETO,
    LATENCY_MIXTURE,
    /** Links that are slower than the guest writes, or without limit. */
    BANDWIDTHS,
    /** Socket buffers from a byte on, and without a limit. */
    BUFFERS,
    /** Listen backlogs of 0, 1 and 2. */
    BACKLOGS,
    /** Lost packets of the handshake: SYN, SYN-ACK, ACK. */
    HANDSHAKE_LOSS,
    /** Hosts that are quicker or slower, and on which threads wake up late, now and then very late. */
    HOSTS,
    /** A handshake packet is lost at a certain moment. */
    SYN_LOSSES,
    /** Connections break, and both ends see it. */
    BREAKS,
    /** What is on its way when connections break is lost, in one direction or both. */
    LOST_DATA,
    /** The network is cut, and nobody sees it. */
    CUTS,
    CANCELS,
    PAUSES,
    /** The operator recovers what is paused, and what is paused again. */
    RECOVERIES,
    /** The operator resumes what is paused without looking at the destination, perhaps twice. */
    RESUMES,
    /** The operator migrates once more after an attempt that failed or was cancelled. */
    ATTEMPTS,
    /** A stranger connects to the destination's port. */
    PROBES,
    PARAMETER_CHANGES,
    /** {@code x-preempt-pre-7-2} set by hand. */
    PROPERTY_BY_HAND,
    /** Sides that do not have the same capabilities. */
    DIFFERING_CAPABILITIES,
    /** Machine types older than the newest that both sides know. */
    MACHINE_TYPES,
    /** Releases with a trait or two of another release. */
    CUSTOM_RELEASES,
    SEVERAL_VCPUS,
    /** Guests that act in steps. */
    GUEST_STEPS,
    /** Other bounds for exploring than the explorer's own. */
    BOUNDS
}
