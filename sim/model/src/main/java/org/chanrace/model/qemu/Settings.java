package org.chanrace.model.qemu;

import java.util.Optional;

/** What QEMU, every release of it, does not let itself be set to before a migration begins. Whoever drives it does not migrate then. */
final class Settings {
    /** The largest {@code downtime-limit}, ns. */
    static final long DOWNTIME_LIMIT_MAX_NANOS = 2_000_000_000_000L;

    static final String DOWNTIME_LIMIT_REFUSED = "migrate-set-parameters is refused: downtime-limit is at most 2000 s";

    private Settings() {}

    /** The refusal of the capabilities; they are set at once, so their order does not matter (ce5b0f4afc). */
    static Optional<String> refusal(Behaviour behaviour) {
        return behaviour.preempt() && !behaviour.postcopy() ? Optional.of("migrate-set-capabilities is refused: postcopy-preempt needs postcopy-ram") : Optional.empty();
    }

    /** The refusal of the capabilities or, if they are accepted, of the parameters. */
    static Optional<String> refusal(Behaviour behaviour, Source.Parameters parameters) {
        return refusal(behaviour).or(() -> isRefused(parameters.downtimeLimitNanos()) ? Optional.of(DOWNTIME_LIMIT_REFUSED) : Optional.empty());
    }

    static boolean isRefused(long downtimeLimitNanos) {
        return downtimeLimitNanos > DOWNTIME_LIMIT_MAX_NANOS;
    }
}
