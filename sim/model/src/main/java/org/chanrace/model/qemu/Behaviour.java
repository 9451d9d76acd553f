package org.chanrace.model.qemu;

import static org.chanrace.model.release.Trait.*;

import org.chanrace.model.release.MachineVersion;
import org.chanrace.model.release.Release;
import org.chanrace.model.scenario.Capability;
import org.chanrace.model.scenario.Endpoint;

/**
 * What one QEMU does: its traits with the machine type's compat properties, properties set by hand and capabilities worked in.
 *
 * @param preempt capability {@code postcopy-preempt}
 * @param postcopy capability {@code postcopy-ram}
 * @param returnPath whether a return path is opened
 * @param knowsPreemptProperty whether it knows {@code x-preempt-pre-7-2}, which decides when preempt is opened and who ends it
 * @param breaksHuge whether a huge page that is sent in the background is broken off for one that was asked for
 * @param urgentPagesCount whether what the return-path thread sends counts against the bandwidth limit
 */
record Behaviour(
        boolean preempt,
        boolean postcopy,
        boolean returnPath,
        boolean pongGate,
        boolean knowsPreemptProperty,
        PreemptOpening preemptOpening,
        PreemptReopening preemptReopening,
        boolean endsPreemptWithEos,
        UrgentPages urgentPages,
        boolean breaksHuge,
        boolean urgentPagesCount,
        boolean returnPathParks,
        boolean recoveryFailureSticks,
        boolean recoverSetup,
        SwitchoverStates switchoverStates,
        boolean packageErrorHandled,
        ShutLost shutLost,
        FailedAfterStop failedAfterStop,
        boolean completesBelowThreshold,
        boolean cancelInPostcopy,
        boolean syncsEveryIteration,
        boolean flushes,
        Identification identification,
        boolean loadingNeedsPreempt,
        PreemptWait preemptWait,
        PreemptEnd preemptEnd,
        boolean identificationErrorExits,
        Status whileListening,
        FlushAccepted flushAccepted,
        int backlog) {

    /** When the source opens preempt in a migration. */
    enum PreemptOpening {
        NEVER,
        AT_SETUP,
        AT_SWITCHOVER
    }

    /** When the source opens preempt in a recovery, and when it waits for it. */
    enum PreemptReopening {
        NEVER,
        /** Opened with main, waited for before anything else (7.1, 7.2). */
        WITH_MAIN_AND_WAIT_FIRST,
        /** Opened with main, waited for after the bitmaps. */
        WITH_MAIN,
        AFTER_BITMAPS
    }

    enum UrgentPages {
        MIGRATION_ON_MAIN,
        MIGRATION_ON_PREEMPT,
        RETURN_PATH,
        RETURN_PATH_WITH_HINT
    }

    enum SwitchoverStates {
        ACTIVE_FIRST,
        DEVICE_FIRST,
        POSTCOPY_DEVICE
    }

    enum ShutLost {
        HANGS,
        ABORTS,
        RUNS_GUEST,
        RUNS_GUEST_IF_DISKS
    }

    /** What becomes of a guest that was stopped for a switch that then failed. */
    enum FailedAfterStop {
        STAYS_STOPPED,
        ABORTS,
        RUNS_GUEST
    }

    /** A0 to A5 of the specification, section 2.4; without multifd A0 and A1 to A3 differ in the preempt channel alone. */
    enum Identification {
        FIRST_IS_MAIN,
        FIRST_IS_MAIN_THEN_PREEMPT,
        PEEK_BLOCKING,
        PEEK_WHEN_READABLE
    }

    enum PreemptWait {
        NONE,
        BEFORE_LOAD,
        LISTEN_COMMAND,
        PREEMPT_THREAD,
        PREEMPT_THREAD_AND_PACKAGE
    }

    enum PreemptEnd {
        NONE,
        JOIN_EOS,
        SHUT,
        DRAIN,
        DRAIN_IN_MAIN_LOOP
    }

    enum FlushAccepted {
        NEVER,
        ALWAYS,
        NOT_IN_POSTCOPY
    }

    private static final MachineVersion PRE_7_2_UP_TO = new MachineVersion(7, 2);
    private static final MachineVersion FLUSH_EACH_SECTION_UP_TO = new MachineVersion(8, 0);

    static Behaviour of(Endpoint endpoint, String machine) {
        Release r = endpoint.release();
        boolean preempt = endpoint.has(Capability.POSTCOPY_PREEMPT);
        boolean postcopy = endpoint.has(Capability.POSTCOPY_RAM);
        boolean pre72 = preemptPre72(endpoint, machine);
        return new Behaviour(
                preempt,
                postcopy,
                postcopy || endpoint.has(Capability.RETURN_PATH),
                r.is(PONG_GATE, "yes"),
                r.knowsPreemptProperty(),
                switch (r.value(PREEMPT_CREATION)) {
                    case "setup" -> PreemptOpening.AT_SETUP;
                    case "switchover" -> PreemptOpening.AT_SWITCHOVER;
                    case "property" -> pre72 ? PreemptOpening.AT_SETUP : PreemptOpening.AT_SWITCHOVER;
                    default -> PreemptOpening.NEVER;
                },
                switch (r.value(PREEMPT_RECOVERY)) {
                    case "before-recover" -> PreemptReopening.WITH_MAIN_AND_WAIT_FIRST;
                    case "after-bitmaps" -> PreemptReopening.AFTER_BITMAPS;
                    case "property" -> pre72 ? PreemptReopening.WITH_MAIN : PreemptReopening.AFTER_BITMAPS;
                    default -> PreemptReopening.NEVER;
                },
                r.is(PREEMPT_EOS, "always") || (r.is(PREEMPT_EOS, "property") && pre72),
                switch (r.value(URGENT_PAGES)) {
                    case "migration-preempt" -> preempt ? UrgentPages.MIGRATION_ON_PREEMPT : UrgentPages.MIGRATION_ON_MAIN;
                    case "return-path" -> preempt ? UrgentPages.RETURN_PATH : UrgentPages.MIGRATION_ON_MAIN;
                    case "return-path-hint" -> preempt ? UrgentPages.RETURN_PATH_WITH_HINT : UrgentPages.MIGRATION_ON_MAIN;
                    default -> UrgentPages.MIGRATION_ON_MAIN;
                },
                preempt && r.knowsBreakHuge() && endpoint.properties().getOrDefault(Endpoint.BREAK_HUGE, true),
                r.is(RATE_LIMIT, "all-channels"),
                r.is(RETURN_PATH_ERROR, "park"),
                r.is(RECOVERY_FAILURE, "stuck"),
                r.is(RECOVER_SETUP, "yes"),
                switch (r.value(SWITCHOVER_STATES)) {
                    case "device-first" -> SwitchoverStates.DEVICE_FIRST;
                    case "postcopy-device" -> SwitchoverStates.POSTCOPY_DEVICE;
                    default -> SwitchoverStates.ACTIVE_FIRST;
                },
                r.is(PACKAGE_ERROR, "handled"),
                switch (r.value(SHUT_LOST)) {
                    case "aborts" -> ShutLost.ABORTS;
                    case "runs-guest" -> ShutLost.RUNS_GUEST;
                    case "runs-guest-if-disks" -> ShutLost.RUNS_GUEST_IF_DISKS;
                    default -> ShutLost.HANGS;
                },
                switch (r.value(FAILED_AFTER_STOP)) {
                    case "aborts" -> FailedAfterStop.ABORTS;
                    case "runs-guest" -> FailedAfterStop.RUNS_GUEST;
                    default -> FailedAfterStop.STAYS_STOPPED;
                },
                r.is(POSTCOPY_COMPLETION, "below-threshold"),
                r.is(CANCEL_IN_POSTCOPY, "allowed"),
                r.is(BITMAP_SYNC, "every-iteration") && postcopy,
                r.is(FLUSH_WITHOUT_MULTIFD, "yes") && !olderThanOr(FLUSH_EACH_SECTION_UP_TO, machine),
                switch (r.value(IDENTIFICATION)) {
                    case "A0" -> Identification.FIRST_IS_MAIN;
                    case "A4" -> Identification.PEEK_BLOCKING;
                    case "A5" -> Identification.PEEK_WHEN_READABLE;
                    default -> Identification.FIRST_IS_MAIN_THEN_PREEMPT;
                },
                r.is(START_LOADING, "main-and-preempt") && preempt,
                switch (r.value(PREEMPT_WAIT)) {
                    case "before-load" -> PreemptWait.BEFORE_LOAD;
                    case "listen-command" -> PreemptWait.LISTEN_COMMAND;
                    case "preempt-thread" -> PreemptWait.PREEMPT_THREAD;
                    case "preempt-thread-and-package" -> PreemptWait.PREEMPT_THREAD_AND_PACKAGE;
                    default -> PreemptWait.NONE;
                },
                switch (r.value(PREEMPT_END)) {
                    case "join-eos" -> PreemptEnd.JOIN_EOS;
                    case "shut" -> PreemptEnd.SHUT;
                    case "drain" -> PreemptEnd.DRAIN;
                    case "drain-in-main-loop" -> PreemptEnd.DRAIN_IN_MAIN_LOOP;
                    default -> PreemptEnd.NONE;
                },
                r.is(IDENTIFICATION_ERROR, "exits"),
                r.is(STATUS_WHILE_LISTENING, "setup") ? Status.SETUP : Status.NONE,
                switch (r.value(FLUSH_ACCEPTED)) {
                    case "always" -> FlushAccepted.ALWAYS;
                    case "not-in-postcopy" -> FlushAccepted.NOT_IN_POSTCOPY;
                    default -> FlushAccepted.NEVER;
                },
                r.is(LISTEN_BACKLOG, "two-with-preempt") && preempt ? 2 : 1);
    }

    /** The value of {@code x-preempt-pre-7-2}: set by hand, or by the machine type (hw_compat_7_2). */
    private static boolean preemptPre72(Endpoint endpoint, String machine) {
        Boolean byHand = endpoint.properties().get(Endpoint.PREEMPT_PRE_7_2);
        return byHand != null ? byHand : olderThanOr(PRE_7_2_UP_TO, machine);
    }

    private static boolean olderThanOr(MachineVersion version, String machine) {
        return MachineVersion.of(machine).map(m -> m.compareTo(version) <= 0).orElse(false);
    }
}
