package org.chanrace.scenarios;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chanrace.model.release.Trait;
import org.chanrace.model.scenario.Endpoint;
import org.chanrace.model.scenario.Expectation;
import org.chanrace.model.scenario.Guest;

/**
 * The kinds of mapping in a scenario file, and in a capsule, with the keys that each knows; the JSON Schemas define each under the same
 * name.
 */
enum Section {
    SCENARIO("scenario", "name", "title", "because", "source", "destination", "machine", "capabilities", "parameters", "tls", "network",
            "guest", "host", "events", "limit", "expect", "explore", "fails-in", "passes-in"),
    ENDPOINT("endpoint", "release", "properties", "capabilities"),
    RELEASE("release", "base", "name", "newest-machine", "traits"),
    TRAITS("traits", traitKeys()),
    PROPERTIES("properties", Endpoint.PREEMPT_PRE_7_2, Endpoint.BREAK_HUGE),
    PARAMETERS("parameters", "max-bandwidth", "max-postcopy-bandwidth", "downtime-limit", "multifd-channels"),
    NETWORK("network", "latency", "bandwidth", "loss", "backlog", "send-buffer", "receive-buffer", "tcp", "hops", "relay"),
    TCP("tcp", "send-buffer", "receive-buffer", "overhead", "initial-window", "segment", "restart-after-idle", "queueing", "queue-limit", "ring"),
    TCP_BUFFER("tcp-buffer", "initial", "max"),
    LOSS("loss", "syn", "syn-ack", "ack"),
    HOP("hop", "kind", "connect"),
    HOP_BY_KIND("hop-by-kind", "proxy", "libvirt", "socat", "kubevirt"),
    HOP_CONNECT("hop-connect", "connect"),
    RELAY("relay", "delay", "drop", "reset"),
    DELAY("delay", "connection", "channel", "by"),
    TARGET("target", "connection", "channel"),
    DISTRIBUTION("distribution", "uniform", "normal", "lognormal", "exponential", "pareto", "empirical", "mixture"),
    UNIFORM("uniform", "from", "to"),
    NORMAL("normal", "mean", "sd"),
    LOGNORMAL("lognormal", "median", "sigma"),
    EXPONENTIAL("exponential", "mean"),
    PARETO("pareto", "scale", "shape"),
    PART("part", "weight", "of"),
    MEASURED("measured", "values"),
    GUEST("guest", "memory", "working-set", "page-size", "vcpus", "threads", "access", "hot-set", "zipf", "stride", "writes", "dirty-rate", "think",
            "warm-up", "pre-faulted", "steps"),
    MIX("mix", kindsOfAccess()),
    HOT_SET("hot-set", "share", "touches"),
    ZIPF("zipf", "exponent"),
    STEPS("steps", "writes", "faults", "device-faults"),
    HOST("host", "wake-up", "per-page", "device-state", "start-delay", "paging", "relay"),
    RELAY_WAKE_UPS("relay-wake-ups", "take", "pass-on", "timer"),
    PAGING("paging", "wake-up", "fault", "request", "lookup", "save-page", "locked", "send", "receive", "place-page", "copy"),
    EVENT("event", "at", "after", "occurrence", "by", "do", "relay", "parameters", "side", "hold", "channel", "loses", "for", "of", "one-of"),
    EVENT_PARAMETERS("event-parameters", "max-bandwidth", "max-postcopy-bandwidth", "downtime-limit"),
    LIMIT("limit", "virtual-time", "quiet", "events"),
    EXPECT("expect", expectKeys()),
    EXPLORE("explore", "pages", "precopy-rounds", "faults", "device-faults", "unread-pages", "network-cuts", "syn-losses", "operator", "finds"),
    CAPSULE("capsule", "capsule", "product", "model", "note", "drive", "seed", "outcome", "digest", "scenario", "schedule");

    private final String id;
    private final List<String> keys;

    Section(String id, String... keys) {
        this(id, List.of(keys));
    }

    Section(String id, List<String> keys) {
        this.id = id;
        this.keys = keys;
    }

    private static List<String> traitKeys() {
        List<String> keys = new ArrayList<>();
        for (Trait trait : Trait.values()) keys.add(trait.key());
        return List.copyOf(keys);
    }

    private static List<String> kindsOfAccess() {
        return Arrays.stream(Guest.Access.values()).filter(kind -> kind != Guest.Access.MIX).map(Guest.Access::text).toList();
    }

    private static List<String> expectKeys() {
        List<String> keys = new ArrayList<>(List.of("outcome", "guest-runs-on", "source-monitor", "destination-monitor", "source-status", "destination-status", "waits"));
        for (Expectation.Quantity quantity : Expectation.Quantity.values()) keys.add(quantity.text());
        return List.copyOf(keys);
    }

    /** The name in the schema's {@code $defs}. */
    String id() {
        return id;
    }

    /** The keys that it knows, in the order of the documentation. */
    List<String> keys() {
        return keys;
    }
}
