package org.chanrace.model.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.TreeMap;
import org.chanrace.model.qemu.Behaviour.PreemptOpening;
import org.chanrace.model.qemu.Behaviour.PreemptReopening;
import org.chanrace.model.qemu.Behaviour.UrgentPages;
import org.chanrace.model.release.Releases;
import org.chanrace.model.scenario.Capability;
import org.chanrace.model.scenario.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Traits, machine type, property and capabilities, worked into one behaviour. */
class BehaviourTest {
    private static final Set<Capability> PREEMPT = EnumSet.of(Capability.POSTCOPY_RAM, Capability.POSTCOPY_PREEMPT);

    private static Behaviour behaviour(String release, String machine, String byHand, Set<Capability> capabilities) {
        TreeMap<String, Boolean> properties = new TreeMap<>();
        if (!byHand.equals("-")) properties.put(Endpoint.PREEMPT_PRE_7_2, byHand.equals("on"));
        return Behaviour.of(new Endpoint(Releases.shipped().find(release).orElseThrow(), properties, capabilities), machine);
    }

    @ParameterizedTest
    @CsvSource({
        // release, machine, property by hand, opened at setup, EOS
        "8.0.0,   pc-q35-7.2,    -,   true,  true",
        "8.0.0,   pc-i440fx-7.2, -,   true,  true",
        "8.0.0,   pc-q35-6.0,    -,   true,  true",
        "8.0.0,   pc-q35-8.0,    -,   false, false",
        "10.0.13, pc-q35-7.2,    -,   true,  true",
        "10.0.13, virt-10.0,     -,   false, false",
        "11.1.3,  pc,            -,   false, false",
        "11.1.3,  pc,            on,  true,  true",
        "8.0.0,   pc-q35-7.2,    off, false, false",
        "8.0.0,   pc-q35-8.0,    on,  true,  true",
        "8.0-rc4, pc-q35-7.2,    -,   true,  true",
        // without the property the machine type changes nothing
        "8.0-rc3, pc-q35-7.2,    -,   false, true",
        "8.0-rc3, pc-q35-8.0,    -,   false, true",
        "7.2.22,  pc-q35-7.2,    -,   true,  true",
        "7.1.0,   pc-q35-6.2,    -,   true,  true",
    })
    void whenPreemptIsOpenedAndHowItEnds(String release, String machine, String byHand, boolean atSetup, boolean eos) {
        Behaviour b = behaviour(release, machine, byHand, PREEMPT);
        assertThat(b.preemptOpening()).isEqualTo(atSetup ? PreemptOpening.AT_SETUP : PreemptOpening.AT_SWITCHOVER);
        assertThat(b.endsPreemptWithEos()).isEqualTo(eos);
        PreemptReopening withMain = release.startsWith("7.") ? PreemptReopening.WITH_MAIN_AND_WAIT_FIRST : PreemptReopening.WITH_MAIN;
        assertThat(b.preemptReopening()).isEqualTo(atSetup ? withMain : PreemptReopening.AFTER_BITMAPS);
    }

    @Test
    void theDestinationDoesNotReadTheProperty() {
        for (String release : new String[] {"8.0.0", "8.2.0", "10.1.3"}) {
            Behaviour on = behaviour(release, "pc-q35-8.0", "on", PREEMPT);
            Behaviour off = behaviour(release, "pc-q35-8.0", "off", PREEMPT);
            assertThat(on.preemptWait()).isEqualTo(off.preemptWait());
            assertThat(on.preemptEnd()).isEqualTo(off.preemptEnd());
            assertThat(on.loadingNeedsPreempt()).isEqualTo(off.loadingNeedsPreempt());
            assertThat(on.identification()).isEqualTo(off.identification());
        }
    }

    @ParameterizedTest
    @CsvSource({"8.1.0, pc-q35-8.1, true", "8.1.0, pc-q35-8.0, false", "8.1.0, pc-q35-7.2, false", "8.1.0, pc, true", "8.2.0, pc-q35-8.1, false", "8.0.0, pc-q35-8.0, false"})
    void flushesWithoutMultifdAreThoseOf81WithItsOwnMachineType(String release, String machine, boolean flushes) {
        assertThat(behaviour(release, machine, "-", PREEMPT).flushes()).isEqualTo(flushes);
    }

    @Test
    void withoutPreemptUrgentPagesGoOnMain() {
        Set<Capability> postcopy = EnumSet.of(Capability.POSTCOPY_RAM);
        for (String release : new String[] {"7.0.0", "7.2.0", "8.2.0", "11.1.0"}) {
            Behaviour b = behaviour(release, "pc-q35-7.0", "-", postcopy);
            assertThat(b.urgentPages()).isEqualTo(UrgentPages.MIGRATION_ON_MAIN);
            assertThat(b.loadingNeedsPreempt()).isFalse();
            assertThat(b.backlog()).isEqualTo(1);
            assertThat(b.returnPath()).isTrue();
        }
        assertThat(behaviour("7.2.0", "pc-q35-7.0", "-", PREEMPT).urgentPages()).isEqualTo(UrgentPages.MIGRATION_ON_PREEMPT);
        assertThat(behaviour("8.2.0", "pc-q35-7.0", "-", PREEMPT).urgentPages()).isEqualTo(UrgentPages.RETURN_PATH);
        assertThat(behaviour("11.1.0", "pc-q35-7.0", "-", PREEMPT).urgentPages()).isEqualTo(UrgentPages.RETURN_PATH_WITH_HINT);
    }

    @Test
    void aReturnPathIsThereForPostcopyOrWhenItIsAskedFor() {
        assertThat(behaviour("9.2.0", "pc", "-", Set.of()).returnPath()).isFalse();
        assertThat(behaviour("9.2.0", "pc", "-", Set.of(Capability.RETURN_PATH)).returnPath()).isTrue();
        assertThat(behaviour("9.2.0", "pc", "-", Set.of(Capability.RETURN_PATH)).postcopy()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"7.0.0, false, 1", "7.2.0, false, 1", "7.2.0, true, 2", "10.1.3, true, 2"})
    void theBacklogIsTwoWithPreempt(String release, boolean preempt, int backlog) {
        assertThat(behaviour(release, "pc-q35-7.0", "-", preempt ? PREEMPT : Set.of(Capability.POSTCOPY_RAM)).backlog()).isEqualTo(backlog);
    }

    @ParameterizedTest
    @CsvSource({"7.2.0, true, true", "7.2.0, false, false", "8.0-rc0, true, false", "10.1.3, true, false"})
    void only71And72LoadNothingBeforePreempt(String release, boolean preempt, boolean needs) {
        assertThat(behaviour(release, "pc-q35-7.2", "-", preempt ? PREEMPT : Set.of(Capability.POSTCOPY_RAM)).loadingNeedsPreempt()).isEqualTo(needs);
    }

    @ParameterizedTest
    @CsvSource({"8.1.0, NONE", "8.2.0, SETUP", "11.1.0, SETUP"})
    void theStatusWhileListening(String release, Status status) {
        assertThat(behaviour(release, "pc-q35-7.2", "-", PREEMPT).whileListening()).isEqualTo(status);
    }
}
