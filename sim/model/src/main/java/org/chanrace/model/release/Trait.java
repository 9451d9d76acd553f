package org.chanrace.model.release;

import java.util.List;
import java.util.Optional;

/**
 * One named behaviour with enumerated values. Section numbers are those of the specification of QEMU's behaviour that
 * {@code releases.yaml} was made from.
 */
public enum Trait {
    IDENTIFICATION("identification", "how the destination tells channels apart (A0: the first is main, and there is no preempt; A1 to A3: the first is main, then preempt;"
            + " A4: by the first bytes, for which the main loop waits; A5: by the first bytes, once there are some)",
            "A0", "A1", "A2", "A3", "A4", "A5"),
    START_LOADING("start-loading", "which channels must have arrived before main is read", "main", "main-and-preempt"),
    LISTEN_BACKLOG("listen-backlog", "backlog asked for when listening without multifd", "one", "two-with-preempt"),
    PREEMPT_CREATION("preempt-creation", "when the source opens the preempt channel", "none", "setup", "switchover", "property"),
    PREEMPT_RECOVERY("preempt-recovery", "when the source opens it again in a recovery", "none", "before-recover", "after-bitmaps", "property"),
    PONG_GATE("pong-gate", "whether the switchover first waits for a PONG", "no", "yes"),
    PREEMPT_WAIT("preempt-wait", "where the destination waits for the preempt channel",
            "none", "before-load", "listen-command", "preempt-thread", "preempt-thread-and-package"),
    PREEMPT_EOS("preempt-eos", "whether the source ends the preempt channel with an EOS", "none", "always", "property"),
    PREEMPT_END("preempt-end", "how the destination ends its preempt thread", "none", "join-eos", "shut", "drain", "drain-in-main-loop"),
    URGENT_PAGES("urgent-pages", "who sends a page that was asked for, on which channel",
            "migration-main", "migration-preempt", "return-path", "return-path-hint"),
    BREAK_HUGE("break-huge", "whether the migration thread breaks off a huge page that it sends in the background when another page was asked for",
            "no", "property"),
    RATE_LIMIT("rate-limit", "which bytes count against the bandwidth limit: those on main alone, or those on preempt, too", "main", "all-channels"),
    RETURN_PATH_ERROR("return-path-error", "what the source's return-path thread does on an error in postcopy", "park", "exit"),
    RECOVERY_FAILURE("recovery-failure", "what becomes of both sides when the link dies during a recovery", "stuck", "paused"),
    RECOVER_SETUP("recover-setup", "whether a resume announces itself before it is connected", "no", "yes"),
    SWITCHOVER_STATES("switchover-states", "the source's states at the switchover", "active-first", "device-first", "postcopy-device"),
    PACKAGE_ERROR("package-error", "whether a write error while sending the package is handled", "handled", "unhandled"),
    SHUT_LOST("shut-lost", "the source when the destination's last word is lost", "hangs", "aborts", "runs-guest", "runs-guest-if-disks"),
    IDENTIFICATION_ERROR("identification-error", "what an unidentifiable connection does to the destination", "ignored", "exits"),
    FAILED_AFTER_STOP("failed-after-stop", "the source when it fails or is cancelled after it has stopped the guest for the switch to postcopy, and knows no pause for it",
            "stays-stopped", "aborts", "runs-guest"),
    POSTCOPY_COMPLETION("postcopy-completion", "when the source sends the rest without looking back: a part that fits the downtime limit, or nothing, is left",
            "below-threshold", "when-empty"),
    CANCEL_IN_POSTCOPY("cancel-in-postcopy", "migrate_cancel after the switch to postcopy", "allowed", "refused"),
    STATUS_WHILE_LISTENING("status-while-listening", "the destination's status before it begins to load", "none", "setup"),
    BITMAP_SYNC("bitmap-sync", "how often precopy with postcopy capability reads the dirty log", "when-low", "every-iteration"),
    FLUSH_WITHOUT_MULTIFD("flush-without-multifd", "whether MULTIFD_FLUSH is put on main without multifd", "no", "yes"),
    FLUSH_ACCEPTED("flush-accepted", "MULTIFD_FLUSH read on main", "never", "always", "not-in-postcopy");

    private final String key;
    private final String meaning;
    private final List<String> values;

    Trait(String key, String meaning, String... values) {
        this.key = key;
        this.meaning = meaning;
        this.values = List.of(values);
    }

    /** The name in files and output. */
    public String key() {
        return key;
    }

    /** What it says, for people. */
    public String meaning() {
        return meaning;
    }

    /** The values that it can have. */
    public List<String> choices() {
        return values;
    }

    /** The trait of this name. */
    public static Optional<Trait> of(String key) {
        for (Trait trait : Trait.class.getEnumConstants()) if (trait.key.equals(key)) return Optional.of(trait);
        return Optional.empty();
    }

}
