package org.chanrace.model.qemu;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.guest.PageSet;
import org.chanrace.model.measure.Stage;
import org.chanrace.model.network.Wire;
import org.chanrace.model.qemu.Behaviour.PreemptOpening;
import org.chanrace.model.qemu.Behaviour.PreemptReopening;
import org.chanrace.model.qemu.Behaviour.SwitchoverStates;
import org.chanrace.model.qemu.Behaviour.UrgentPages;

/**
 * The source's migration thread, as a program of small steps (specification of QEMU's behaviour, sections 3 and 6.1).
 *
 * <p>Each step does one thing, and either goes on after the time that it took, or waits: for room in a send buffer, for a semaphore,
 * for the end of a slice of bandwidth. A step that waits is done again when it is woken, so a waiting step begins by looking
 * whether it still has to.
 */
final class MigrationThread implements Stateful {
    private static final long SLICE_NANOS = 100_000_000L;
    private static final long QEMU_FILE_BYTES = 32 << 10;
    private static final int PING_42 = 1;
    private static final long SYSCALL_NANOS = 2_000;
    /** After so long the sending of pages is left to see what else is to be done (MAX_WAIT of ram_save_iterate). */
    private static final long MAX_WAIT_NANOS = 50_000_000L;
    private static final int NO_PAGE = -1;

    /** The steps, each with what it does as the end of a sentence. */
    private enum Step {
        HEADER("begins the stream"),
        RAM_SETUP("announces the RAM"),
        ITERATE("begins a pass over the dirty pages"),
        SEND("sends dirty pages"),
        SLICE_END("looks whether to switch"),
        SWITCH_PONG("looks for a PONG before the switch"),
        SWITCH_PREEMPT("looks for its preempt channel before the switch"),
        SWITCH_STOP("stops the guest for the switch"),
        SWITCH_PACKAGE("sends the package"),
        SWITCH_DONE("enters postcopy"),
        POSTCOPY_SEND("looks what to send in postcopy"),
        FINISH_SEND("sends the rest"),
        END_STREAM("ends the stream"),
        AWAIT_SHUT("looks for SHUT"),
        COMPLETE_SEND("sends the rest with the guest stopped"),
        COMPLETE_DEVICES("sends the devices' state"),
        PAUSED("stays paused"),
        RECOVER_FIRST("begins the recovery"),
        RECOVER_BITMAP("looks for the bitmap"),
        RECOVER_PREEMPT("looks for the preempt channel of the recovery"),
        RECOVER_RESUME("sends RESUME"),
        RECOVERED("looks for RESUME_ACK"),
        OVER("is over");

        final String clause;

        Step(String clause) {
            this.clause = clause;
        }
    }

    private static final Step[] STEPS = Step.values();

    private final Source s;
    private final Source.Parameters parameters;
    private final int pagesPerWrite;
    private Step step;
    private long maxBandwidth;
    private long maxPostcopyBandwidth;
    private long downtimeLimitNanos;
    private long sliceStart;
    private long sliceBytes;
    /** What can be sent within the downtime limit at the rate of the last slice; 0 until one has been measured. */
    private long thresholdBytes;
    private int scan;
    private boolean switching;
    private boolean sleeping;
    /** Postcopy has begun, and its first look at what is left is done. */
    private boolean looked;
    private int[] urgent = new int[16];
    private int urgentHead;
    private int urgentSize;
    /** The page of which a part is under way; -1 for none. In {@link #part} the part that comes next. */
    private int page;
    private int part;
    /** The page, or the page under way, was asked for. */
    private boolean isUrgent;
    private boolean onPreempt;
    /** The page that was broken off for one that was asked for, with the part that comes next; -1 for none. */
    private int brokenPage;
    private int brokenPart;
    /** What it is at, where that takes time. */
    private final PageSender sender;
    /** When it began to send pages without looking up. */
    private long iterationStart;
    /** Where the background is to go on, as the return-path thread has it; -1 when it has not said so since the last time. */
    private int hint;
    /** The return-path thread has the lock of the dirty bitmap. */
    private boolean lockIsTaken;
    /** Since when it stands still for that lock in the midst of its work; -1 when it does not. */
    private long standsSince;

    MigrationThread(Source source, Source.Parameters parameters) {
        this.s = source;
        this.parameters = parameters;
        this.pagesPerWrite = (int) Math.max(1, QEMU_FILE_BYTES / source.memory.pageBytes());
        this.sender = new PageSender(source, source.migration);
        // A simulation may be brought to a state without ever having begun.
        forgetPages();
    }

    void reset() {
        step = Step.OVER;
        maxBandwidth = parameters.maxBandwidth();
        maxPostcopyBandwidth = parameters.maxPostcopyBandwidth();
        downtimeLimitNanos = parameters.downtimeLimitNanos();
        forget();
    }

    private void forget() {
        sliceStart = sliceBytes = thresholdBytes = 0;
        scan = urgentHead = urgentSize = 0;
        switching = sleeping = looked = false;
        forgetPages();
    }

    /** What is under way is forgotten. */
    private void forgetPages() {
        page = brokenPage = hint = NO_PAGE;
        part = brokenPart = 0;
        isUrgent = onPreempt = lockIsTaken = false;
        standsSince = -1;
        iterationStart = 0;
        sender.clear();
    }

    String nextStep() {
        return step.clause;
    }

    /** The thread of another migration, with the parameters as they are by now. */
    void beginAgain() {
        forget();
        s.lanes.drop(s.map.sourceMigration);
    }

    /** Puts the thread behind its end. */
    void over(boolean afterSwitching) {
        step = Step.OVER;
        switching = afterSwitching;
    }

    /** The switch has begun and no longer waits for a PONG. */
    boolean isPastPongGate() {
        return switching && step != Step.SWITCH_PONG;
    }

    boolean switching() {
        return switching;
    }

    void setMaxBandwidth(long bandwidth, long now) {
        maxBandwidth = bandwidth;
        if (sleeping) wake(now);
    }

    void setMaxPostcopyBandwidth(long bandwidth, long now) {
        maxPostcopyBandwidth = bandwidth;
        if (sleeping) wake(now);
    }

    void setDowntimeLimit(long nanos) {
        downtimeLimitNanos = nanos;
    }

    void start(long now) {
        step = Step.HEADER;
        next(now + s.wakeUp.next());
    }

    void recover(long now) {
        s.migration.goOn(now, s.recorder);
        s.returnPath.bitmapArrived = s.returnPath.resumeAckArrived = false;
        step = Step.RECOVER_FIRST;
        next(now + s.wakeUp.next());
    }

    /** A page was asked for and is to be sent by this thread. */
    void queue(int asked, long now) {
        append(asked);
        if (step != Step.POSTCOPY_SEND) return;
        // The urgent semaphore interrupts the sleep between slices.
        if (sleeping) wake(now + s.migrationWakeUp());
        // Whether something was asked for is looked at before each page, and before each part of one that may be broken off.
        else if (!isUrgent && (sender.work.is(Work.Kind.RUN) || (sender.work.is(Work.Kind.PARTS) && s.behaviour.breaksHuge()))) cut(sender.work.next(now));
    }

    private void append(int asked) {
        if (urgentSize == urgent.length) {
            int[] bigger = new int[2 * urgent.length];
            for (int i = 0; i < urgentSize; i++) bigger[i] = urgent[(urgentHead + i) & (urgent.length - 1)];
            urgent = bigger;
            urgentHead = 0;
        }
        urgent[(urgentHead + urgentSize++) & (urgent.length - 1)] = asked;
    }

    /** The background goes on here; where steps take time, unless it was told to go elsewhere and has not yet done so. */
    void hint(int next, long now) {
        if (!s.costs.takeTime()) scan = next;
        else if (hint == NO_PAGE) {
            hint = next;
            if (sender.work.is(Work.Kind.RUN)) cut(sender.work.next(now));
        }
    }

    /** Ends its work before this page, or this part of one: what comes behind it is to be sent later. */
    private void cut(int before) {
        Work work = sender.work;
        if (before >= work.to) return;
        if (work.is(Work.Kind.RUN)) {
            s.memory.dirty().addRange(before, work.to);
            scan = before;
        }
        work.to = before;
        if (standsSince >= 0) return;
        s.lanes.drop(s.map.sourceMigration);
        next(work.end());
    }

    // The lock of the dirty bitmap, which the return-path thread takes to send a page. This thread has it for the first part of its work on each small page.

    /** When the lock comes free for who wants it now. */
    long lockIsFreeAt(long now) {
        Work work = sender.work;
        if (!work.collects()) return now;
        long at = work.inSmallPage(now);
        return at == 0 ? now : Math.max(now, now - at + s.costs.locked(work.zero));
    }

    /** Takes a page for who has the lock, if it is still to be sent: not when this thread is at it, or was broken off in the midst of it. */
    boolean yields(int asked, long now) {
        Work work = sender.work;
        if (work.is(Work.Kind.RUN) && asked >= work.from && asked < work.to) {
            if (asked < work.next(now)) return false;
            cut(asked);
        }
        return s.memory.dirty().remove(asked);
    }

    /** The lock is taken: this thread stands still before its next small page. */
    void lockTaken(long now) {
        lockIsTaken = true;
        Work work = sender.work;
        if (!work.collects()) return;
        long stands = work.smallPageEnds(now);
        if (stands >= work.end()) return;
        standsSince = stands;
        s.lanes.drop(s.map.sourceMigration);
    }

    /** Who has the lock has to wait: so has this thread, if it stands still. */
    void lockIsKept(long now) {
        if (standsSince >= 0) s.migration.waitFor(Wait.BITMAP_LOCK, -1, now, s.recorder, s.names);
    }

    /** The lock is free again. */
    void lockReleased(long now) {
        if (!lockIsTaken) return;
        lockIsTaken = false;
        if (standsSince >= 0) {
            goOn(now);
            sender.work.start += Math.max(0, now - standsSince);
            standsSince = -1;
            next(sender.work.end());
        } else if (s.migration.waitsFor(Wait.BITMAP_LOCK)) wake(now);
    }

    /** There is room, or an error, where the thread waited to write. */
    void roomIn(long now) {
        boolean asleep = s.lanes.reason(s.map.sourceMigration) != 0;
        if (asleep) wake(now + s.migrationWakeUp());
    }

    /** The return-path thread has sent bytes that count against the bandwidth. */
    void alsoSent(long bytes) {
        if (s.behaviour.urgentPagesCount()) count(bytes);
    }

    private void count(long bytes) {
        // Without a limit and without a threshold to work out, nobody asks how much a slice has carried.
        if (maxBandwidth > 0 || maxPostcopyBandwidth > 0 || downtimeLimitNanos > 0) sliceBytes += bytes;
    }

    /** Adds the pages that it has taken out of the dirty ones, and of which not all is sent. */
    void addHeldTo(PageSet pages) {
        if (page != NO_PAGE) pages.add(page);
        if (brokenPage != NO_PAGE) pages.add(brokenPage);
        sender.addHeldTo(pages);
    }

    /** Lets the thread look again at what it waits for. */
    void wake(long now) {
        sleeping = false;
        s.lanes.drop(s.map.sourceMigration);
        next(now);
    }

    private void next(long at) {
        s.lanes.open(s.map.sourceMigration);
        s.lanes.append(s.map.sourceMigration, at, 0);
    }

    private void waitFor(Wait what, int connection, long now) {
        s.migration.waitFor(what, connection, now, s.recorder, s.names);
        s.lanes.append(s.map.sourceMigration, now, 0);
        s.lanes.close(s.map.sourceMigration, LaneReasons.THREAD_WAITS);
    }

    void over(long now) {
        step = Step.OVER;
        giveUp();
        s.setBigLockHeld(false);
        s.migration.end(now, s.recorder);
    }

    /** Goes to a step, now or when what was written to main fits into its buffer. */
    private void then(Step following, long cost, long now) {
        step = following;
        if (s.main >= 0 && s.sockets.isFull(s.main)) waitFor(Wait.ROOM, s.main, now);
        else next(now + cost);
    }

    private boolean writeMain(int kind, long argument, long now) {
        return noteError(sender.writeMain(now) & s.sockets.write(s.migration.actor, s.main, kind, argument, now));
    }

    private boolean noteError(boolean written) {
        if (!written) s.mainError = true;
        return written;
    }

    void step(long now) {
        if (s.migration.waitsFor(Wait.ROOM) && s.sockets.isFull(s.migration.connection)) {
            waitFor(Wait.ROOM, s.migration.connection, now);
            return;
        }
        if (s.cancelled && step != Step.OVER) {
            cancelled(now);
            return;
        }
        sleeping = false;
        if (sender.isIdle() || isThrough(now)) act(now);
        s.setBigLockHeld(holdsBigLock() && !s.crashed);
    }

    /** From when the guest is stopped until all that belongs to the switch is written, the thread does not let the main loop in between. */
    private boolean holdsBigLock() {
        return step == Step.SWITCH_PACKAGE || step == Step.SWITCH_DONE || step == Step.COMPLETE_SEND || step == Step.COMPLETE_DEVICES;
    }

    private void act(long now) {
        switch (step) {
            case HEADER -> header(now);
            case RAM_SETUP -> ramSetup(now);
            case ITERATE -> iterate(now);
            case SEND -> send(now);
            case SLICE_END -> sliceEnd(now);
            case SWITCH_PONG -> switchPong(now);
            case SWITCH_PREEMPT -> switchPreempt(now);
            case SWITCH_STOP -> switchStop(now);
            case SWITCH_PACKAGE -> switchPackage(now);
            case SWITCH_DONE -> switchDone(now);
            case POSTCOPY_SEND -> postcopySend(now);
            case FINISH_SEND -> finishSend(now);
            case END_STREAM -> endStream(now);
            case AWAIT_SHUT -> awaitShut(now);
            case COMPLETE_SEND -> completeSend(now);
            case COMPLETE_DEVICES -> completeDevices(now);
            case RECOVER_FIRST -> recoverFirst(now);
            case RECOVER_BITMAP -> recoverBitmap(now);
            case RECOVER_PREEMPT -> recoverPreempt(now);
            case RECOVER_RESUME -> recoverResume(now);
            case RECOVERED -> recovered(now);
            case PAUSED, OVER -> {}
        }
    }

    /**
     * Whether the next step neither looks at what others may still change nor changes what they look at; nothing is broken or cancelled. What it finds of a
     * connection others may change at any time, once something has disturbed the migration: a destination that takes it for another one, or is gone, closes it.
     */
    boolean commutes() {
        if (s.cancelled || hasError()) return false;
        // A second connection for a recovery, where there is none, lets the process crash.
        boolean mayCrash = s.connectsMain();
        // A post that is left over says nothing of this attempt's channel, and then it matters whether that is connected.
        boolean postIsRight = s.preemptPosts == 0 || s.preemptOpen;
        return switch (step) {
            case HEADER, ITERATE, SWITCH_PONG -> true;
            case AWAIT_SHUT, RECOVER_RESUME -> !mayCrash;
            case SWITCH_PREEMPT, RECOVER_FIRST -> !mayCrash && postIsRight;
            // Where it looks whether the recovery broke, it matters whether the return-path thread has heard of that.
            case RECOVER_BITMAP, RECOVERED -> s.behaviour.recoveryFailureSticks();
            case RECOVER_PREEMPT -> s.behaviour.recoveryFailureSticks() && !mayCrash && postIsRight;
            case RAM_SETUP, END_STREAM, COMPLETE_SEND, COMPLETE_DEVICES -> s.ahead.undisturbed();
            // Whether the package is sent before or after this side learns that the connection is broken decides between a failure and a pause.
            case SWITCH_PACKAGE, SWITCH_DONE -> s.ahead.undisturbed() && s.lanes.size(s.map.sourceSockets) == 0;
            default -> false;
        };
    }

    private boolean hasError() {
        return s.mainError || s.preemptError || s.returnPath.error;
    }

    /** Whether the next step sends pages, of which a guest has more or fewer. */
    boolean sendsPages() {
        return step == Step.SEND || step == Step.POSTCOPY_SEND || step == Step.FINISH_SEND || step == Step.COMPLETE_SEND;
    }

    private void goOn(long now) {
        s.migration.goOn(now, s.recorder);
    }

    private void cancelled(long now) {
        goOn(now);
        if (s.guestRuns) {
            s.sockets.closeAll(now);
            s.returnPath.end(now);
            s.setStatus(Status.CANCELLED, s.migration, now);
            over(now);
        } else s.endsAfterStop(Status.CANCELLED, now);
    }

    // Precopy.

    private void header(long now) {
        writeMain(Wire.HEADER, 0, now);
        if (s.behaviour.returnPath()) {
            writeMain(Wire.OPEN_RETURN_PATH, 0, now);
            writeMain(Wire.PING, 1, now);
        }
        if (s.behaviour.postcopy()) writeMain(Wire.POSTCOPY_ADVISE, 0, now);
        then(Step.RAM_SETUP, parameters.startDelayNanos(), now);
    }

    private void ramSetup(long now) {
        goOn(now);
        writeMain(Wire.RAM_SETUP, 0, now);
        if (s.behaviour.flushes()) writeMain(Wire.MULTIFD_FLUSH, 0, now);
        if (failedInPrecopy(now)) return;
        s.setStatus(Status.ACTIVE, s.migration, now);
        then(Step.ITERATE, 0, now);
    }

    private void iterate(long now) {
        goOn(now);
        iterationStart = now;
        beginSlice(now);
        then(Step.SEND, 0, now);
    }

    private void beginSlice(long now) {
        long spent = now - sliceStart;
        if (spent >= SLICE_NANOS && sliceBytes > 0) thresholdBytes = (long) ((double) sliceBytes / spent * downtimeLimitNanos);
        sliceStart = now;
        sliceBytes = 0;
    }

    private boolean sliceIsUsedUp(long bandwidth) {
        return bandwidth > 0 && sliceBytes >= bandwidth / (1_000_000_000L / SLICE_NANOS);
    }

    private void send(long now) {
        goOn(now);
        if (failedInPrecopy(now)) return;
        if (page != NO_PAGE) {
            // The limit acts within a page, too.
            if (now >= sliceStart + SLICE_NANOS) beginSlice(now);
            if (sliceIsUsedUp(maxBandwidth)) sleepUntil(sliceStart + SLICE_NANOS, now);
            else sendParts(Step.SEND, now);
            return;
        }
        boolean usedUp = sliceIsUsedUp(maxBandwidth);
        boolean looksUp = s.costs.takeTime() && now - iterationStart > MAX_WAIT_NANOS;
        if (usedUp || looksUp) {
            if (flushes(Step.SEND, now)) return;
            writeMain(Wire.SECTION_EOS, 0, now);
            step = Step.SLICE_END;
            sleepUntil(usedUp ? sliceStart + SLICE_NANOS : now, now);
            return;
        }
        s.memory.runUntil(now);
        int from = s.memory.dirty().next(scan);
        if (from < 0) {
            if (flushes(Step.SEND, now)) return;
            scan = 0;
            if (s.behaviour.flushes()) writeMain(Wire.MULTIFD_FLUSH, 0, now);
            s.memory.syncDirtyLog();
            // A whole pass is done: look whether to switch, rather than to begin the next pass at once.
            then(Step.SLICE_END, SYSCALL_NANOS, now);
            return;
        }
        sendFrom(from, maxBandwidth, Step.SEND, now);
    }

    /** Sends the run of pages that begins here, or the first part of the page, and then takes that step. */
    private void sendFrom(int from, long limit, Step again, long now) {
        boolean zero = s.memory.isZero(from);
        if (s.costs.divides() && !zero) {
            s.memory.dirty().remove(from);
            scan = from + 1;
            beginPage(from, 0, false, false);
            sendParts(again, now);
        } else if (s.costs.takeTime()) collectRun(from, zero, limit, again, now);
        else then(again, sendRun(from, zero, now), now);
    }

    /** Sends the run of pages that begins here; the time it takes, ns. */
    private long sendRun(int from, boolean zero, long now) {
        int end = s.memory.runEnd(from, zero ? Wire.MAX_RUN : pagesPerWrite);
        int n = end - from;
        s.memory.dirty().removeRange(from, end);
        scan = end;
        long record = Wire.run(zero ? Wire.ZERO_PAGES : Wire.PAGES, s.main, from, n);
        count(s.sockets.bytes(record));
        noteError(s.write(s.migration, record, now));
        // Zero pages are looked at, not copied.
        return zero ? n * (s.costs.perPageNanos / 4) : n * s.costs.perPageNanos;
    }

    private void beginPage(int which, int from, boolean urgently, boolean preempt) {
        page = which;
        part = from;
        isUrgent = urgently;
        onPreempt = preempt;
    }

    /** Sends the next part of the page that is under way, or as many as its file takes, and then takes that step. */
    private void sendParts(Step again, long now) {
        if (s.costs.takeTime()) {
            if (waitsForLock(again, now)) return;
            int room = Math.max(1, sender.file(onPreempt).room(false) / Wire.SMALL_PAGES_IN_PART);
            step = again;
            sender.beginParts(onPreempt, page, part, Math.min(s.costs.parts, part + room), now);
            next(sender.work.end());
            return;
        }
        int c = onPreempt ? s.preempt : s.main;
        long record = Wire.part(c, page, part++, s.costs.parts);
        boolean written = s.write(s.migration, record, now);
        if (!written && onPreempt) s.preemptError = true;
        else if (!written) s.mainError = true;
        if (!onPreempt) count(s.sockets.bytes(record));
        boolean last = part == s.costs.parts;
        if (last) page = NO_PAGE;
        if (onPreempt && written && s.sockets.isFull(c)) {
            step = again;
            waitFor(Wait.ROOM, c, now);
        } else then(again, last ? s.costs.perPageNanos : 0, now);
    }

    // Where sending takes time.

    /** Begins with the run of pages from here, as many as main's file and the bandwidth leave room for. */
    private void collectRun(int from, boolean zero, long limit, Step again, long now) {
        if (waitsForLock(again, now)) return;
        long most = Math.max(1, sender.file(false).room(zero) / s.costs.smallPages);
        if (limit > 0) {
            // The page that uses the slice up is sent, and none behind it.
            long left = Math.max(0, limit / (1_000_000_000L / SLICE_NANOS) - sliceBytes);
            most = Math.min(most, left / s.sockets.bytes(Wire.run(zero ? Wire.ZERO_PAGES : Wire.PAGES, 0, 0, 1)) + 1);
        }
        int end = s.memory.runEnd(from, (int) most);
        s.memory.dirty().removeRange(from, end);
        scan = end;
        isUrgent = onPreempt = false;
        step = again;
        sender.beginRun(false, from, end, zero, now);
        next(sender.work.end());
    }

    private boolean waitsForLock(Step again, long now) {
        if (!lockIsTaken) return false;
        step = again;
        waitFor(Wait.BITMAP_LOCK, -1, now);
        return true;
    }

    /** What has been collected for main is written before it goes on: whether there is anything. */
    private boolean flushes(Step again, long now) {
        if (sender.file(false).isEmpty()) return false;
        step = again;
        beginFlush(false, now);
        return true;
    }

    private void beginFlush(boolean preempt, long now) {
        sender.beginFlush(preempt, now);
        next(sender.work.end());
    }

    /** Ends what the thread was at; whether it goes on with its program at once. */
    private boolean isThrough(long now) {
        goOn(now);
        Work work = sender.work;
        if (now < work.end() || standsSince >= 0) {
            // Somebody has broken its connection: it finds that out with what it has collected lost.
            giveUp();
            return true;
        }
        boolean flushed = work.is(Work.Kind.FLUSH);
        boolean ofPreempt = sender.isOnPreempt();
        boolean endsPage = work.is(Work.Kind.RUN) || (work.is(Work.Kind.PARTS) && work.to == s.costs.parts);
        if (work.is(Work.Kind.PARTS)) {
            part = work.to;
            if (endsPage) page = NO_PAGE;
        }
        OutgoingFile file = sender.file(ofPreempt);
        long before = file.bytes();
        boolean written = sender.finish(now);
        if (flushed) {
            if (!written && ofPreempt) s.preemptError = true;
            else if (!written) s.mainError = true;
            int c = sender.connection();
            if (!s.sockets.isFull(c)) return true;
            waitFor(Wait.ROOM, c, now);
            return false;
        }
        if (!ofPreempt) count(file.bytes() - before);
        // Where it has a channel of its own, what was asked for is written when all of it is there; otherwise it waits for the pages behind it.
        boolean atOnce = isUrgent && endsPage && s.behaviour.urgentPages() == UrgentPages.MIGRATION_ON_PREEMPT;
        if (endsPage) isUrgent = false;
        if (!file.isFull() && !atOnce) return true;
        beginFlush(ofPreempt, now);
        return false;
    }

    /** What it has not given to a socket is still to be sent, should it ever come to that. */
    private void giveUp() {
        addHeldTo(s.memory.dirty());
        forgetPages();
    }

    private void sleepUntil(long at, long now) {
        if (s.sockets.isFull(s.main)) {
            waitFor(Wait.ROOM, s.main, now);
            return;
        }
        sleeping = true;
        next(Math.max(at, now));
    }

    private void sliceEnd(long now) {
        goOn(now);
        if (failedInPrecopy(now)) return;
        iterationStart = now;
        s.memory.runUntil(now);
        if (s.behaviour.syncsEveryIteration()) s.memory.syncDirtyLog();
        boolean sliceOver = now >= sliceStart + SLICE_NANOS;
        if (sliceOver) beginSlice(now);
        boolean switchRequested = s.postcopyRequested && s.behaviour.postcopy();
        // Up to 10.0 the end of the migration is looked for first, whatever was asked for (7aaa1fc072).
        if ((s.behaviour.completesBelowThreshold() || !switchRequested) && littleIsLeft()) {
            completePrecopy(now);
            return;
        }
        if (switchRequested) {
            switching = true;
            s.note(s.migration, -1, "switches to postcopy", now);
            then(Step.SWITCH_PONG, 0, now);
            return;
        }
        then(Step.SEND, 0, now);
    }

    /** Whether what is dirty can be sent within the downtime limit: an estimate first, and then the dirty log. */
    private boolean littleIsLeft() {
        if (s.memory.pendingBytes() > 0 && s.memory.pendingBytes() >= thresholdBytes) return false;
        s.memory.syncDirtyLog();
        return s.memory.pendingBytes() == 0 || s.memory.pendingBytes() < thresholdBytes;
    }

    private boolean failedInPrecopy(long now) {
        if (!s.mainError) return false;
        fail("error while sending: the connection is broken", now);
        return true;
    }

    private void fail(String why, long now) {
        goOn(now);
        s.say(why);
        s.setStatus(Status.FAILED, s.migration, now);
        s.setGuestRuns(true);
        s.sockets.closeAll(now);
        s.returnPath.end(now);
        over(now);
    }

    // Completion without postcopy.

    private void completePrecopy(long now) {
        if (s.behaviour.switchoverStates() != SwitchoverStates.ACTIVE_FIRST) s.setStatus(Status.DEVICE, s.migration, now);
        stopGuest(now);
        scan = 0;
        then(Step.COMPLETE_SEND, 0, now);
    }

    private void completeSend(long now) {
        goOn(now);
        if (failedInPrecopy(now)) return;
        if (page != NO_PAGE) {
            sendParts(Step.COMPLETE_SEND, now);
            return;
        }
        int from = s.memory.dirty().next(scan);
        if (from >= 0) sendFrom(from, 0, Step.COMPLETE_SEND, now);
        else if (!flushes(Step.COMPLETE_SEND, now)) then(Step.COMPLETE_DEVICES, parameters.deviceStateNanos(), now);
    }

    private void completeDevices(long now) {
        goOn(now);
        if (s.behaviour.flushes()) writeMain(Wire.MULTIFD_FLUSH, 0, now);
        writeMain(Wire.DEVICE_STATE, 0, now);
        if (failedInPrecopy(now)) return;
        then(Step.AWAIT_SHUT, 0, now);
    }

    private void stopGuest(long now) {
        s.setGuestRuns(false);
        s.memory.runUntil(now);
        s.memory.syncDirtyLog();
        s.note(s.migration, -1, "stops the guest", now);
        s.ledger.stopped(now);
    }

    // The switch to postcopy.

    private void switchPong(long now) {
        if (s.behaviour.preempt() && s.behaviour.pongGate()) {
            if (s.returnPath.pongs == 0) {
                waitFor(Wait.PONG, -1, now);
                return;
            }
            s.returnPath.pongs--;
        }
        goOn(now);
        then(Step.SWITCH_PREEMPT, 0, now);
    }

    private void switchPreempt(long now) {
        if (s.behaviour.preempt() && s.behaviour.preemptOpening() != PreemptOpening.NEVER) {
            if (s.behaviour.preemptOpening() == PreemptOpening.AT_SWITCHOVER) s.dialPreempt(now);
            if (s.preemptPosts == 0) {
                waitFor(Wait.PREEMPT_CONNECTED, s.preempt, now);
                return;
            }
            s.preemptPosts--;
            if (!s.preemptOpen) {
                fail("the preempt channel could not be established", now);
                return;
            }
        }
        goOn(now);
        then(Step.SWITCH_STOP, 0, now);
    }

    private void switchStop(long now) {
        goOn(now);
        if (s.behaviour.switchoverStates() == SwitchoverStates.ACTIVE_FIRST) s.setStatus(Status.POSTCOPY_ACTIVE, s.migration, now);
        stopGuest(now);
        if (s.behaviour.switchoverStates() != SwitchoverStates.ACTIVE_FIRST) s.setStatus(Status.DEVICE, s.migration, now);
        s.bitmaps.discarded().copyFrom(s.memory.dirty());
        // ram_postcopy_send_discard_bitmap: the scan begins anew (269ace2951).
        scan = 0;
        writeMain(Wire.RAM_DISCARD, 0, now);
        then(Step.SWITCH_PACKAGE, parameters.deviceStateNanos(), now);
    }

    private void switchPackage(long now) {
        goOn(now);
        writeMain(Wire.PACKAGED, s.behaviour.switchoverStates() == SwitchoverStates.POSTCOPY_DEVICE ? PING_42 : 0, now);
        then(Step.SWITCH_DONE, SYSCALL_NANOS, now);
    }

    private void switchDone(long now) {
        goOn(now);
        writeMain(Wire.PING, 4, now);
        if (s.mainError) {
            if (s.status == Status.POSTCOPY_ACTIVE || s.behaviour.packageErrorHandled()) {
                s.say("error while sending the package");
                s.endsAfterStop(Status.FAILED, now);
            } else {
                // FAILED is attempted from POSTCOPY_ACTIVE, but the state is DEVICE: nothing changes, and the loop ends.
                s.say("migration_iteration_finish: unknown ending state device");
                s.sockets.closeAll(now);
                s.returnPath.end(now);
                over(now);
            }
            return;
        }
        if (s.status == Status.DEVICE)
            s.setStatus(s.behaviour.switchoverStates() == SwitchoverStates.POSTCOPY_DEVICE ? Status.POSTCOPY_DEVICE : Status.POSTCOPY_ACTIVE, s.migration, now);
        // The slice goes on, with the threshold that precopy has measured.
        then(Step.POSTCOPY_SEND, 0, now);
    }

    // Postcopy.

    private void postcopySend(long now) {
        goOn(now);
        if (s.mainError || s.preemptError) {
            // Until the destination has said that it runs, the guest can still go on here (7b842fe354).
            if (s.status == Status.POSTCOPY_DEVICE) fail("error before the destination runs: the guest goes on here", now);
            else pause(now);
            return;
        }
        // An error of the write before counts as one before the destination ran, even when the destination has said by now that it does.
        if (s.status == Status.POSTCOPY_DEVICE && s.returnPath.packageLoaded) s.setStatus(Status.POSTCOPY_ACTIVE, s.migration, now);
        boolean sliceOver = now >= sliceStart + SLICE_NANOS;
        if (sliceOver) beginSlice(now);
        if (s.behaviour.completesBelowThreshold() && (sliceOver || !looked) && s.memory.pendingBytes() < thresholdBytes) {
            then(Step.FINISH_SEND, 0, now);
            return;
        }
        looked = true;
        if (page == NO_PAGE && brokenPage != NO_PAGE && urgentSize == 0) resumeBroken(false);
        if (page != NO_PAGE && !breaksOff()) {
            // The limit acts within a page, too, but not while somebody waits for one.
            if (!isUrgent && urgentSize == 0 && sliceIsUsedUp(maxPostcopyBandwidth)) sleepUntil(sliceStart + SLICE_NANOS, now);
            else sendParts(Step.POSTCOPY_SEND, now);
            return;
        }
        if (urgentSize > 0) {
            sendUrgent(now);
            return;
        }
        if (hint != NO_PAGE) {
            scan = hint;
            hint = NO_PAGE;
        }
        int from = s.memory.dirty().next(scan);
        if (from < 0 && s.memory.dirty().size() > 0) {
            scan = 0;
            if (s.behaviour.flushes()) writeMain(Wire.MULTIFD_FLUSH, 0, now);
            from = s.memory.dirty().next(0);
        }
        if ((from < 0 || sliceIsUsedUp(maxPostcopyBandwidth)) && flushes(Step.POSTCOPY_SEND, now)) return;
        if (from < 0) {
            if (s.status == Status.POSTCOPY_DEVICE) waitFor(Wait.PACKAGE_LOADED, -1, now);
            else then(Step.END_STREAM, 0, now);
            return;
        }
        if (sliceIsUsedUp(maxPostcopyBandwidth)) {
            sleepUntil(sliceStart + SLICE_NANOS, now);
            return;
        }
        sendFrom(from, maxPostcopyBandwidth, Step.POSTCOPY_SEND, now);
    }

    /** The rest, without slices: what fails from here on is no pause any more. */
    private void finishSend(long now) {
        goOn(now);
        if (s.mainError) {
            giveUp();
            then(Step.END_STREAM, 0, now);
            return;
        }
        if (page == NO_PAGE && brokenPage != NO_PAGE) resumeBroken(false);
        if (page != NO_PAGE) {
            sendParts(Step.FINISH_SEND, now);
            return;
        }
        int from = s.memory.dirty().next(scan);
        if (from < 0) from = s.memory.dirty().next(0);
        if (from >= 0) sendFrom(from, 0, Step.FINISH_SEND, now);
        else if (!flushes(Step.FINISH_SEND, now)) then(Step.END_STREAM, 0, now);
    }

    /** Breaks off the page that is under way in the background, if another one was asked for and this source does so. */
    private boolean breaksOff() {
        if (isUrgent || urgentSize == 0 || !s.behaviour.breaksHuge()) return false;
        brokenPage = page;
        brokenPart = part;
        page = NO_PAGE;
        return true;
    }

    /** Goes on with the page that was broken off, on main, where its first parts went, and behind it with the background. */
    private void resumeBroken(boolean urgently) {
        beginPage(brokenPage, brokenPart, urgently, false);
        scan = brokenPage + 1;
        brokenPage = NO_PAGE;
    }

    private void sendUrgent(long now) {
        int asked = urgent[urgentHead++ & (urgent.length - 1)];
        urgentSize--;
        if (asked == brokenPage) {
            s.ledger.passed(asked, Stage.SENDER_WAIT, now);
            resumeBroken(true);
            sendParts(Step.POSTCOPY_SEND, now);
            return;
        }
        if (!s.memory.dirty().remove(asked)) {
            // Already sent: the request is dropped without a word.
            then(Step.POSTCOPY_SEND, 0, now);
            return;
        }
        s.ledger.passed(asked, Stage.SENDER_WAIT, now);
        boolean preempt = s.behaviour.urgentPages() == UrgentPages.MIGRATION_ON_PREEMPT;
        // The scan goes on behind the page that was asked for (last_page of ram_find_and_save_block), unless it has broken off another one.
        if (!preempt || s.costs.takeTime()) scan = asked + 1;
        boolean zero = s.memory.isZero(asked);
        if (!s.costs.takeTime() && (zero || !s.costs.divides())) writeUrgent(asked, preempt, now);
        else if (preempt && !s.hasPreempt()) {
            s.preemptError = true;
            s.memory.dirty().add(asked);
            then(Step.POSTCOPY_SEND, 0, now);
        } else if (s.costs.divides() && !zero) {
            beginPage(asked, 0, true, preempt);
            sendParts(Step.POSTCOPY_SEND, now);
        } else {
            isUrgent = true;
            onPreempt = preempt;
            sender.beginRun(preempt, asked, asked + 1, zero, now);
            next(sender.work.end());
        }
    }

    private void writeUrgent(int asked, boolean preempt, long now) {
        int c = preempt ? s.preempt : s.main;
        boolean written = s.writePage(s.migration, c, asked, now);
        if (!written && preempt) s.preemptError = true;
        else if (!written) s.mainError = true;
        if (preempt && written && s.sockets.isFull(c)) {
            step = Step.POSTCOPY_SEND;
            waitFor(Wait.ROOM, c, now);
        } else then(Step.POSTCOPY_SEND, s.costs.perPageNanos, now);
    }

    private void endStream(long now) {
        goOn(now);
        if (s.behaviour.flushes()) writeMain(Wire.MULTIFD_FLUSH, 0, now);
        writeMain(Wire.STREAM_EOF, 0, now);
        if (s.behaviour.preempt() && s.behaviour.endsPreemptWithEos() && s.hasPreempt()
                && !s.sockets.write(s.migration.actor, s.preempt, Wire.PREEMPT_EOS, 0, now)) s.preemptError = true;
        then(Step.AWAIT_SHUT, 0, now);
    }

    private void awaitShut(long now) {
        if (s.behaviour.returnPath() && !s.returnPath.shutArrived) {
            // The completion knows no pause: an error is a last word that was lost.
            if (s.mainError) s.returnPath.error = true;
            waitFor(Wait.SHUT, -1, now);
            if (s.returnPath.error) s.lastWordIsLost(now);
            return;
        }
        goOn(now);
        s.ledger.over(now);
        s.setStatus(Status.COMPLETED, s.migration, now);
        s.returnPath.end(now);
        s.sockets.closeAll(now);
        over(now);
    }

    // Pause and recovery.

    private void pause(long now) {
        goOn(now);
        giveUp();
        s.sockets.close(s.main, now);
        s.sockets.close(s.preempt, now);
        if (s.behaviour.returnPathParks()) s.returnPath.park(now);
        else s.returnPath.end(now);
        s.say("Detected IO failure for postcopy. Migration paused.");
        s.pauseRequested = false;
        s.setStatus(Status.POSTCOPY_PAUSED, s.migration, now);
        urgentSize = 0;
        step = Step.PAUSED;
        s.migration.waitFor(Wait.RECOVERY, -1, now, s.recorder, s.names);
    }

    private void recoveryFailed(long now) {
        s.say("the recovery failed");
        pause(now);
    }

    /** Whether the link died in this recovery, and this release notices: up to 8.1 the semaphore waits have no way out (f8c543e808). */
    private boolean recoveryBroke() {
        return !s.behaviour.recoveryFailureSticks() && (s.mainError || s.returnPath.error || s.pauseRequested);
    }

    private void recoverFirst(long now) {
        if (s.behaviour.preempt() && s.behaviour.preemptReopening() == PreemptReopening.WITH_MAIN_AND_WAIT_FIRST && !awaitPreempt(now)) return;
        goOn(now);
        writeMain(Wire.RECV_BITMAP, 0, now);
        then(Step.RECOVER_BITMAP, 0, now);
    }

    /** Takes the semaphore that says that preempt is connected, or waits for it; false when it waits or has failed. */
    private boolean awaitPreempt(long now) {
        if (s.preemptPosts == 0) {
            waitFor(Wait.PREEMPT_CONNECTED, s.preempt, now);
            return false;
        }
        s.preemptPosts--;
        // An old post may have come from a channel that is gone.
        if (!s.preemptOpen) recoveryFailed(now);
        return s.preemptOpen;
    }

    private void recoverBitmap(long now) {
        if (recoveryBroke()) {
            recoveryFailed(now);
            return;
        }
        if (!s.returnPath.bitmapArrived) {
            waitFor(Wait.BITMAP, -1, now);
            return;
        }
        goOn(now);
        then(Step.RECOVER_PREEMPT, 0, now);
    }

    private void recoverPreempt(long now) {
        if (recoveryBroke()) {
            recoveryFailed(now);
            return;
        }
        PreemptReopening reopening = s.behaviour.preemptReopening();
        if (s.behaviour.preempt() && (reopening == PreemptReopening.AFTER_BITMAPS || reopening == PreemptReopening.WITH_MAIN)) {
            if (reopening == PreemptReopening.AFTER_BITMAPS) s.dialPreempt(now);
            if (!awaitPreempt(now)) return;
        }
        goOn(now);
        then(Step.RECOVER_RESUME, 0, now);
    }

    private void recoverResume(long now) {
        goOn(now);
        writeMain(Wire.POSTCOPY_RESUME, 0, now);
        then(Step.RECOVERED, 0, now);
    }

    private void recovered(long now) {
        if (recoveryBroke()) {
            recoveryFailed(now);
            return;
        }
        if (!s.returnPath.resumeAckArrived) {
            waitFor(Wait.RESUME_ACK, -1, now);
            return;
        }
        goOn(now);
        scan = 0;
        sliceStart = now;
        sliceBytes = 0;
        then(Step.POSTCOPY_SEND, 0, now);
    }

    @Override
    public void save(StateWriter state) {
        state.put(step.ordinal());
        state.put(maxBandwidth);
        state.put(maxPostcopyBandwidth);
        state.put(downtimeLimitNanos);
        state.put(sliceStart);
        state.put(sliceBytes);
        state.put(thresholdBytes);
        state.put(scan);
        state.put(switching);
        state.put(sleeping);
        state.put(looked);
        state.put(urgentSize);
        for (int i = 0; i < urgentSize; i++) state.put(urgent[(urgentHead + i) & (urgent.length - 1)]);
        if (s.costs.divides() || s.costs.takeTime()) savePages(state);
    }

    private void savePages(StateWriter state) {
        state.put(page);
        state.put(part);
        state.put(isUrgent);
        state.put(onPreempt);
        state.put(brokenPage);
        state.put(brokenPart);
        state.put(iterationStart);
        state.put(hint);
        state.put(lockIsTaken);
        state.put(standsSince);
        sender.save(state);
    }

    @Override
    public void load(StateReader state) {
        step = STEPS[state.nextInt()];
        maxBandwidth = state.next();
        maxPostcopyBandwidth = state.next();
        downtimeLimitNanos = state.next();
        sliceStart = state.next();
        sliceBytes = state.next();
        thresholdBytes = state.next();
        scan = state.nextInt();
        switching = state.nextTruth();
        sleeping = state.nextTruth();
        looked = state.nextTruth();
        urgentHead = urgentSize = 0;
        for (int left = state.nextInt(); left > 0; left--) append(state.nextInt());
        if (s.costs.divides() || s.costs.takeTime()) loadPages(state);
    }

    private void loadPages(StateReader state) {
        page = state.nextInt();
        part = state.nextInt();
        isUrgent = state.nextTruth();
        onPreempt = state.nextTruth();
        brokenPage = state.nextInt();
        brokenPart = state.nextInt();
        iterationStart = state.next();
        hint = state.nextInt();
        lockIsTaken = state.nextTruth();
        standsSince = state.next();
        sender.load(state);
    }
}
