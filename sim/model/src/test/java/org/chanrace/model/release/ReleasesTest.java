package org.chanrace.model.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The trait table against the one in the specification of QEMU's behaviour, section 9. */
class ReleasesTest {
    private static final Releases RELEASES = Releases.shipped();

    private static Release release(String name) {
        return RELEASES.find(name).orElseThrow();
    }

    @Test
    void everyRowHasAValueForEveryTraitAndSaysWhereItIsKnownFrom() {
        assertThat(RELEASES.rows()).hasSizeGreaterThan(20);
        for (Release row : RELEASES.rows())
            for (Trait trait : Trait.values()) {
                assertThat(trait.choices()).as("%s %s", row.name(), trait.key()).contains(row.value(trait));
                assertThat(row.traits().get(trait).commit()).as("%s %s", row.name(), trait.key()).isNotBlank();
            }
    }

    @Test
    void everyValueOfEveryTraitIsThatOfSomeRelease() {
        for (Trait trait : Trait.values())
            for (String value : trait.choices())
                assertThat(RELEASES.rows()).as("%s: %s", trait.key(), value).anyMatch(row -> row.is(trait, value));
    }

    @Test
    void rowsStandFromTheOldestToTheNewest() {
        assertThat(RELEASES.rows().get(0).name()).isEqualTo("7.0.0");
        assertThat(RELEASES.rows()).extracting(Release::newestMachine).isSorted();
        assertThat(RELEASES.rows()).extracting(Release::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        // release, ident, start, pCreate, pRe, dWait, eos, dClose, urgent: table 9a
        "7.0.0,  A0, main,             none,       none,           none,                       none,     none,               migration-main",
        "7.1.0,  A1, main-and-preempt, setup,      before-recover, before-load,                always,   join-eos,           migration-preempt",
        "7.2.0,  A1, main-and-preempt, setup,      before-recover, before-load,                always,   join-eos,           migration-preempt",
        "8.0-rc0,A2, main,             switchover, after-bitmaps,  listen-command,             always,   join-eos,           return-path",
        "8.0-rc1,A2, main,             switchover, after-bitmaps,  preempt-thread,             always,   join-eos,           return-path",
        "8.0-rc2,A2, main,             switchover, after-bitmaps,  preempt-thread,             always,   join-eos,           return-path",
        "8.0-rc3,A2, main,             switchover, after-bitmaps,  preempt-thread,             always,   join-eos,           return-path",
        "8.0-rc4,A2, main,             property,   property,       preempt-thread,             property, shut,               return-path",
        "8.0.0,  A2, main,             property,   property,       preempt-thread,             property, shut,               return-path",
        "8.1.0,  A2, main,             property,   property,       preempt-thread,             property, shut,               return-path",
        "8.2.0,  A2, main,             property,   property,       preempt-thread,             property, drain,              return-path",
        "9.0-rc0,A3, main,             property,   property,       preempt-thread,             property, drain,              return-path",
        "9.0-rc2,A3, main,             property,   property,       preempt-thread,             property, drain,              return-path",
        "9.0-rc3,A3, main,             property,   property,       preempt-thread-and-package, property, drain,              return-path",
        "9.2.0,  A3, main,             property,   property,       preempt-thread-and-package, property, drain,              return-path",
        "10.0.13,A3, main,             property,   property,       preempt-thread-and-package, property, drain,              return-path",
        "10.1.3, A4, main,             property,   property,       preempt-thread-and-package, property, drain,              return-path-hint",
        "11.1.3, A4, main,             property,   property,       preempt-thread-and-package, property, drain-in-main-loop, return-path-hint",
        "master, A5, main,             property,   property,       preempt-thread-and-package, property, drain-in-main-loop, return-path-hint",
    })
    void preemptAndPostcopy(String name, String ident, String start, String create, String again, String wait, String eos, String end, String urgent) {
        Release r = release(name);
        assertThat(r.value(Trait.IDENTIFICATION)).isEqualTo(ident);
        assertThat(r.value(Trait.START_LOADING)).isEqualTo(start);
        assertThat(r.value(Trait.PREEMPT_CREATION)).isEqualTo(create);
        assertThat(r.value(Trait.PREEMPT_RECOVERY)).isEqualTo(again);
        assertThat(r.value(Trait.PREEMPT_WAIT)).isEqualTo(wait);
        assertThat(r.value(Trait.PREEMPT_EOS)).isEqualTo(eos);
        assertThat(r.value(Trait.PREEMPT_END)).isEqualTo(end);
        assertThat(r.value(Trait.URGENT_PAGES)).isEqualTo(urgent);
        assertThat(r.is(Trait.PONG_GATE, "yes")).isEqualTo(!name.startsWith("7."));
        assertThat(r.knowsPreempt()).isEqualTo(!create.equals("none"));
        assertThat(r.knowsPreemptProperty()).isEqualTo(create.equals("property"));
    }

    @ParameterizedTest
    @CsvSource({
        // release, rpErr, recFail, rSetup, swState, package error, cFail, idErr, cancel in postcopy: table 9b, cFail as section 14 corrects it
        "7.2.0,   park, stuck,  no,  active-first,    handled,   hangs,              ignored, allowed",
        "8.0.0,   park, stuck,  no,  active-first,    handled,   hangs,              ignored, allowed",
        "8.1.0,   park, stuck,  no,  active-first,    handled,   hangs,              ignored, allowed",
        "8.2.0,   exit, paused, no,  active-first,    handled,   aborts,             ignored, allowed",
        "9.0.0,   exit, paused, no,  active-first,    handled,   runs-guest,         ignored, allowed",
        "9.1.0,   exit, paused, yes, active-first,    handled,   runs-guest,         ignored, allowed",
        "9.2.0,   exit, paused, yes, active-first,    handled,   runs-guest,         ignored, allowed",
        "10.0.0,  exit, paused, yes, device-first,    unhandled, runs-guest,         exits,   refused",
        "10.1.0,  exit, paused, yes, device-first,    unhandled, runs-guest,         exits,   refused",
        "10.1.3,  exit, paused, yes, device-first,    handled,   runs-guest,         exits,   refused",
        "10.0.13, exit, paused, yes, device-first,    handled,   runs-guest,         exits,   refused",
        "10.2.0,  exit, paused, yes, postcopy-device, handled,   runs-guest-if-disks,exits,   refused",
    })
    void errorsAndStates(String name, String rpErr, String recFail, String rSetup, String states, String packageError, String shutLost, String idErr, String cancel) {
        Release r = release(name);
        assertThat(r.value(Trait.RETURN_PATH_ERROR)).isEqualTo(rpErr);
        assertThat(r.value(Trait.RECOVERY_FAILURE)).isEqualTo(recFail);
        assertThat(r.value(Trait.RECOVER_SETUP)).isEqualTo(rSetup);
        assertThat(r.value(Trait.SWITCHOVER_STATES)).isEqualTo(states);
        assertThat(r.value(Trait.PACKAGE_ERROR)).isEqualTo(packageError);
        assertThat(r.value(Trait.SHUT_LOST)).isEqualTo(shutLost);
        assertThat(r.value(Trait.IDENTIFICATION_ERROR)).isEqualTo(idErr);
        assertThat(r.value(Trait.CANCEL_IN_POSTCOPY)).isEqualTo(cancel);
    }

    @ParameterizedTest
    @CsvSource({
        // release, FLUSH without multifd, FLUSH accepted: table 9c
        "7.2.0, no,  never", "8.0.0, no,  never", "8.1.0, yes, always", "8.2.0, no,  always", "9.2.0, no,  always", "10.0.0,no,  not-in-postcopy", "10.1.0,no,  not-in-postcopy",
    })
    void flushes(String name, String without, String accepted) {
        assertThat(release(name).value(Trait.FLUSH_WITHOUT_MULTIFD)).isEqualTo(without);
        assertThat(release(name).value(Trait.FLUSH_ACCEPTED)).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({
        "7.2.22, 7.2.0", "7.2.1, 7.2.0", "7.2.89, 7.2.0", "7.2.90, 8.0-rc0", "7.2.91, 8.0-rc1", "7.2.92, 8.0-rc2", "7.2.93, 8.0-rc3", "7.2.94, 8.0-rc4",
        "8.2.7, 8.2.0", "8.2.90, 9.0-rc0", "8.2.91, 9.0-rc1", "8.2.93, 9.0-rc3", "8.2.94, 9.0.0", "10.0.1, 10.0.0", "10.0.12, 10.0.0", "10.0.14, 10.0.13",
        "10.1.3, 10.1.1", "10.1.1, 10.1.1", "11.1.3, 11.1.0", "9.2.4, 9.2.0",
    })
    void aPatchReleaseBehavesAsItsSeriesAndADevelopmentVersionAsItsCandidate(String name, String behavesAs) {
        Release found = release(name);
        assertThat(found.name()).isEqualTo(name);
        assertThat(found.traits()).isEqualTo(release(behavesAs).traits());
        assertThat(found.newestMachine()).isEqualTo(release(behavesAs).newestMachine());
        assertThat(found.derivation()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "7.2", "6.2.0", "12.0.0", "7.3.0", "8.0-rc5", "8.1.90", "v7.2.0", "7.2.0 ", "99999.0.0", "7.2.99999999999", "9.0-rc", "MASTER"})
    void anUnknownNameIsNoRelease(String name) {
        assertThat(RELEASES.find(name)).isEmpty();
    }

    @Test
    void aDerivedReleaseIsItsBaseButForTheChanges() {
        Release base = release("8.0-rc3");
        Release patched = Releases.derive("my-patch", base, Map.of(Trait.PREEMPT_END, "drain"));
        assertThat(patched.name()).isEqualTo("my-patch");
        assertThat(patched.value(Trait.PREEMPT_END)).isEqualTo("drain");
        for (Trait trait : Trait.values()) if (trait != Trait.PREEMPT_END) assertThat(patched.traits().get(trait)).isEqualTo(base.traits().get(trait));
        assertThat(patched.derivation()).contains(new Release.Derivation("8.0-rc3", Map.of(Trait.PREEMPT_END, "drain")));
        assertThat(base.value(Trait.PREEMPT_END)).isEqualTo("join-eos");
        assertThat(Releases.derive("same", base, Map.of()).traits()).isEqualTo(base.traits());
    }

    @Test
    void aTraitCannotHaveAValueThatIsNoneOfItsOwn() {
        Release base = release("8.0.0");
        assertThatThrownBy(() -> Releases.derive("wrong", base, Map.of(Trait.PREEMPT_END, "never"))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("preempt-end");
        assertThatThrownBy(() -> base.is(Trait.PREEMPT_END, "never")).isInstanceOf(IllegalArgumentException.class);
        assertThat(Trait.of("preempt-end")).isEqualTo(Optional.of(Trait.PREEMPT_END));
        assertThat(Trait.of("preempt_end")).isEmpty();
    }

    @Test
    void rowsCannotBeChanged() {
        assertThatThrownBy(() -> RELEASES.rows().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> release("8.0.0").traits().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
