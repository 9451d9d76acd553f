package org.chanrace.model.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.chanrace.model.Standstills;
import org.chanrace.model.guest.PageSet;
import org.chanrace.model.guest.Workload;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.Guest.Access;
import org.junit.jupiter.api.Test;

class GuestMemoryTest {
    private static final int PAGES = 1000;
    private static final int WORKING_SET = 800;

    private static GuestMemory memory(Access access, boolean preFaulted, double writes) {
        Guest.Touching touching = new Guest.Touching(1, Optional.of(new Distribution.Constant(1000)), writes, preFaulted, 0.1, 0.9, 1, 17, List.of());
        Guest guest = new Guest(PAGES * 4096L, WORKING_SET * 4096L, 4096, 1, access, 0, 0, Optional.empty(), touching);
        GuestMemory memory = new GuestMemory(guest, new Workload(guest), new Standstills());
        memory.reset(1);
        return memory;
    }

    @Test
    void aWorkingSetThatWasWrittenBeforeHasNoZeroPages() {
        GuestMemory memory = memory(Access.RANDOM, true, 1);
        for (int page = 0; page < PAGES - 1; page++) assertThat(memory.isZero(page)).isEqualTo(page >= WORKING_SET);
        assertThat(memory.isZero(PAGES - 1)).as("firmware").isFalse();
        assertThat(memory.log().size()).as("it was written before the log began").isZero();
        assertThat(memory(Access.RANDOM, false, 1).isZero(0)).isTrue();
    }

    @Test
    void readsDirtyNothing() {
        GuestMemory memory = memory(Access.RANDOM, true, 0);
        memory.dirty().clear();
        memory.runUntil(1_000_000_000);
        memory.syncDirtyLog();
        assertThat(memory.dirty().size()).isZero();
    }

    /** Whether somebody looks at each moment or only when the log is read is nothing to the guest, whose pages have all been written. */
    @Test
    void theDirtyLogSaysWhatWasWrittenSinceItWasRead() {
        GuestMemory looked = memory(Access.RANDOM, false, 1);
        GuestMemory unseen = memory(Access.RANDOM, true, 1);
        for (GuestMemory memory : List.of(looked, unseen)) memory.dirty().clear();
        for (long now = 0; now <= 300_000; now += 700) {
            looked.runUntil(now);
            unseen.runUntil(now);
        }
        same(looked.log(), unseen.log());
        assertThat(unseen.log().size()).isBetween(200, 300);
        looked.syncDirtyLog();
        unseen.syncDirtyLog();
        same(looked.dirty(), unseen.dirty());
        assertThat(unseen.log().size()).isZero();
    }

    private static void same(PageSet a, PageSet b) {
        for (int page = 0; page < PAGES; page++) assertThat(a.contains(page)).isEqualTo(b.contains(page));
    }
}
