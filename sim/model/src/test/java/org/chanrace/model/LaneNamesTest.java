package org.chanrace.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaneNamesTest {
    @ParameterizedTest
    @CsvSource({"1, 1, 1, 0", "2, 1, 2, 1", "3, 2, 1, 4", "5, 6, 16, 3"})
    void everyLaneHasANameOfItsOwn(int connections, int hops, int vcpus, int operatorEvents) {
        LaneMap map = new LaneMap(connections, hops, vcpus, operatorEvents);
        LaneNames names = new LaneNames(map);
        Set<String> taken = new TreeSet<>();
        for (int lane = 0; lane < map.processes().length; lane++)
            assertThat(names.of(lane)).doesNotMatch("lane \\d+.*").satisfies(name -> assertThat(taken.add(name)).as(name).isTrue());
    }

    @Test
    void namesAreThoseThatTracesUseAndCountFromOne() {
        LaneMap map = new LaneMap(2, 2, 1, 1);
        LaneNames names = new LaneNames(map);
        assertThat(names.of(map.sourceMigration)).isEqualTo("source migration thread");
        assertThat(names.of(map.toDestination + 1)).isEqualTo("the stream of connection 2 toward the destination");
        assertThat(names.of(map.link + 3)).isEqualTo("the link of hop 2 toward the source");
        assertThat(names.of(map.pipeTimer + map.pipe(1, 0, false))).isEqualTo("a timer of connection 2, hop 1 toward the source");
        assertThat(names.of(map.processes().length)).endsWith("which there is not");
        assertThat(names.of(-1)).endsWith("which there is not");
    }
}
