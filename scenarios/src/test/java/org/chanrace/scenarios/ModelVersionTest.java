package org.chanrace.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.chanrace.model.ModelVersion;
import org.chanrace.model.Simulation;
import org.chanrace.model.verdict.RunResult;
import org.junit.jupiter.api.Test;

/**
 * {@link ModelVersion} is raised with every change that makes a run come out differently: the runs of the library are kept beside the
 * number, as {@code file#scenario fingerprint-of-the-file digest=outcome…}. {@code -Dgolden.update=true} writes the runs, when the number has
 * been raised or nothing but scenarios has changed; it raises nothing.
 */
class ModelVersionTest {
    private static final Path KEPT = Path.of("src/test/resources/model-version.txt");
    private static final long SEEDS = 3;

    @Test
    void theNumberIsRaisedWhenARunComesOutDifferently() throws IOException {
        SortedMap<String, String> now = runs();
        if (!Files.exists(KEPT) && Boolean.getBoolean("golden.update")) write(now);
        assertThat(KEPT).as("run the tests with -Dgolden.update=true to make it").exists();
        List<String> lines = Files.readAllLines(KEPT);
        int model = Integer.parseInt(lines.get(0).substring("model ".length()));
        SortedMap<String, String> kept = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) kept.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1));

        if (ModelVersion.CURRENT <= model)
            assertThat(changed(kept, now)).as("scenarios that are as they were and come out differently. If that is meant, raise ModelVersion.CURRENT above %d, then"
                    + " run the tests with -Dgolden.update=true: capsules of model %d will say that the model has changed", model, model).isEmpty();
        assertThat(ModelVersion.CURRENT).as("the number never falls").isGreaterThanOrEqualTo(model);
        if (Boolean.getBoolean("golden.update")) {
            write(now);
            return;
        }
        assertThat(now).as("the library has changed; run the tests with -Dgolden.update=true").isEqualTo(kept);
        assertThat(ModelVersion.CURRENT).as("the number has been raised; run the tests with -Dgolden.update=true").isEqualTo(model);
    }

    /** The names of scenarios of unchanged files whose digests differ. */
    private static List<String> changed(Map<String, String> kept, Map<String, String> now) {
        List<String> names = new ArrayList<>();
        now.forEach((name, run) -> {
            String before = kept.getOrDefault(name, run);
            if (fingerprint(before).equals(fingerprint(run)) && !before.equals(run)) names.add(name);
        });
        return names;
    }

    private static String fingerprint(String run) {
        return run.substring(0, run.indexOf(' '));
    }

    @Test
    void aRunThatChangedIsToldFromAScenarioThatChanged() {
        Map<String, String> kept = Map.of("a", "f1 d1", "b", "f2 d2", "c", "f3 d3");
        assertThat(changed(kept, Map.of("a", "f1 d1", "b", "f2 d2", "c", "f3 d3", "new", "f d"))).isEmpty();
        assertThat(changed(kept, Map.of("a", "f1 d9"))).containsExactly("a");
        assertThat(changed(kept, Map.of("b", "f9 d9"))).isEmpty();
    }

    private static SortedMap<String, String> runs() throws IOException {
        SortedMap<String, String> runs = new TreeMap<>();
        for (Path file : ScenarioPaths.expand(List.of(Path.of("library"), Path.of("tour")))) {
            String fingerprint = fingerprint(Files.readAllBytes(file));
            for (Loaded loaded : ScenarioLoader.load(file, file.toString()).scenarios()) {
                Simulation simulation = Simulation.of(Smaller.of(loaded.scenario()));
                StringBuilder digests = new StringBuilder(fingerprint);
                for (long seed = 1; seed <= SEEDS; seed++) digests.append(' ').append(came(simulation.run(seed, false)));
                runs.put(file.toString().replace('\\', '/') + "#" + loaded.scenario().name(), digests.toString());
            }
        }
        assertThat(runs).hasSizeGreaterThan(25);
        return runs;
    }

    private static String came(RunResult result) {
        return result.digest() + "=" + result.verdict().outcome().text();
    }

    private static String fingerprint(byte[] bytes) {
        try {
            String text = new String(bytes, StandardCharsets.UTF_8).replace("\r\n", "\n");
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static void write(Map<String, String> runs) throws IOException {
        StringBuilder out = new StringBuilder("model " + ModelVersion.CURRENT + "\n");
        runs.forEach((name, run) -> out.append(name).append(' ').append(run).append('\n'));
        Files.writeString(KEPT, out);
    }
}
