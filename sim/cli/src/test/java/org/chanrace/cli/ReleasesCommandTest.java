package org.chanrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.chanrace.model.release.Release;
import org.chanrace.model.release.Releases;
import org.chanrace.model.release.Trait;
import org.junit.jupiter.api.Test;

class ReleasesCommandTest {
    private final Shell shell = Shell.with(Results::completed);

    @Test
    void theTableHasEveryTraitAndEveryRelease() {
        Shell.Said said = shell.run("releases");
        assertThat(said.code()).isZero();
        for (Trait trait : Trait.values()) assertThat(said.out()).contains(". " + trait.key() + ": ");
        for (Release release : Releases.shipped().rows()) assertThat(said.out()).containsPattern("(?m)^" + release.name() + "\\s");
        assertThat(said.out()).contains("switchover").contains("8.0-rc0 to 8.0-rc3").contains("5655aab079");
        assertThat(said.err()).isEmpty();
    }

    @Test
    void oneReleaseHasAllItsTraitsWithTheirCommits() {
        Shell.Said said = shell.run("releases", "8.0-rc1");
        assertThat(said.code()).isZero();
        assertThat(said.out()).startsWith("QEMU 8.0-rc1, machine types up to 8.0\n");
        for (Trait trait : Trait.values()) assertThat(said.out()).contains(trait.key() + ": " + trait.meaning());
        assertThat(said.out()).contains("  preempt-thread  a5d35dc7e0\n");
    }

    @Test
    void twoReleasesHaveWhatDiffers() {
        Shell.Said said = shell.run("releases", "8.0-rc0", "8.0-rc1");
        assertThat(said.out()).isEqualTo("""
                7. preempt-wait: where the destination waits for the preempt channel
                  8.0-rc0  listen-command  5655aab079
                  8.0-rc1  preempt-thread  a5d35dc7e0

                1 trait differs, of 26.
                """);
    }

    @Test
    void aPatchReleaseBehavesAsItsSeries() {
        Shell.Said said = shell.run("releases", "7.2.0", "7.2.22");
        assertThat(said.out()).isEqualTo("No trait differs, of 26.\n");
        assertThat(said.code()).isZero();
    }

    @Test
    void anUnknownReleaseIsBadUsageWithASuggestion() {
        Shell.Said said = shell.run("releases", "7.2.0", "8.0-cr1", "nonsense-9");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err().lines()).hasSize(2);
        assertThat(said.err()).contains("unknown release '8.0-cr1': did you mean 8.0-rc1?").contains("unknown release 'nonsense-9': known are 7.0.0, ");
    }

    @Test
    void jsonIsOneObjectALine() throws IOException {
        List<String> lines = shell.run("releases", "--format", "json").out().lines().toList();
        assertThat(lines).hasSameSizeAs(Releases.shipped().rows());
        for (String line : lines) assertThat(fieldNames(line)).startsWith("release", "newest_machine", "traits");
        List<String> differing = shell.run("releases", "8.0-rc0", "8.0-rc1", "--format", "json").out().lines().toList();
        assertThat(differing).hasSize(1);
        assertThat(fieldNames(differing.get(0))).startsWith("trait", "meaning", "values");
        assertThat(differing.get(0)).contains("{\"release\":\"8.0-rc1\",\"value\":\"preempt-thread\",\"commit\":\"a5d35dc7e0\"}");
    }

    private static List<String> fieldNames(String json) throws IOException {
        List<String> names = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken())
                if (token == JsonToken.FIELD_NAME) names.add(parser.currentName());
        }
        return names;
    }
}
