package org.chanrace.model.release;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MachineVersionTest {
    @ParameterizedTest
    @ValueSource(strings = {"pc-q35-7.2", "pc-i440fx-7.2", "virt-7.2", "pseries-7.2", "s390-ccw-virtio-7.2"})
    void versionedMachineTypesOfEveryKindHaveAVersion(String machine) {
        assertThat(MachineVersion.of(machine)).contains(new MachineVersion(7, 2));
        assertThat(MachineVersion.isUnversioned(machine)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pc", "q35", "virt", "pseries", "s390-ccw-virtio"})
    void unversionedOnesStandForTheNewest(String machine) {
        assertThat(MachineVersion.of(machine)).isEmpty();
        assertThat(MachineVersion.isUnversioned(machine)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7.2", "pc-q35", "pc-q35-7", "pc-q35-7.2.1", "pc-q35-7.2 ", " pc-q35-7.2", "PC-Q35-7.2", "pc-q35-7.x", "isapc", "pc-q35-7.1234"})
    void whatIsNoMachineTypeIsNeither(String text) {
        assertThat(MachineVersion.of(text)).isEmpty();
        assertThat(MachineVersion.isUnversioned(text)).isFalse();
    }

    @Test
    void versionsAreNumbersNotText() {
        assertThat(new MachineVersion(10, 0)).isGreaterThan(new MachineVersion(9, 2)).isGreaterThan(new MachineVersion(2, 12));
        assertThat(new MachineVersion(2, 12)).isGreaterThan(new MachineVersion(2, 9));
        assertThat(new MachineVersion(7, 2)).isEqualByComparingTo(new MachineVersion(7, 2));
        assertThat(new MachineVersion(10, 1)).hasToString("10.1");
    }
}
