package org.chanrace.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chanrace.scenarios.CapsuleFolder;

/**
 * The capsules beside the report that is about to be replaced: those that its {@code results.jsonl} names, in its folder {@code capsules}. Beside the new
 * report they would look like its own. What somebody else has put there stays.
 */
final class EarlierCapsules {
    private static final String FOLDER = "capsules";
    private static final Pattern NAMED = Pattern.compile("\"capsule\":\"(?:[^\"\\\\]*/)?([A-Za-z0-9._-]+" + Pattern.quote(CapsuleFolder.ENDING) + ")\"");

    private final Path folder;
    private final Set<String> names = new TreeSet<>();

    private EarlierCapsules(Path folder) {
        this.folder = folder;
    }

    /** The folder of the capsules of a report. */
    static Path folderIn(Path report) {
        return report.resolve(FOLDER);
    }

    /** Those of the report that stands in this folder now; none when there is none, or it cannot be read. */
    static EarlierCapsules of(Path report) {
        EarlierCapsules earlier = new EarlierCapsules(folderIn(report));
        try (BufferedReader results = Files.newBufferedReader(report.resolve("results.jsonl"), StandardCharsets.UTF_8)) {
            for (String line = results.readLine(); line != null; line = results.readLine())
                for (Matcher m = NAMED.matcher(line); m.find(); ) earlier.names.add(m.group(1));
        } catch (IOException unread) {
            earlier.names.clear();
        }
        return earlier;
    }

    /** Deletes those that the new report does not name. One that cannot be deleted is as harmless as it was. */
    void deleteBut(Collection<String> capsules) {
        for (String capsule : capsules) names.remove(Path.of(capsule).getFileName().toString());
        for (String name : names) {
            try {
                Files.deleteIfExists(folder.resolve(name));
            } catch (IOException e) {
                continue;
            }
        }
    }
}
