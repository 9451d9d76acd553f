package org.chanrace.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.chanrace.scenarios.CapsuleFolder;

/**
 * The capsules beside the report that is about to be replaced: those that its {@code results.jsonl} names, in its folder {@code capsules}. Beside the new
 * report they would look like its own. What somebody else has put there stays.
 */
final class EarlierCapsules {
    private static final String FOLDER = "capsules";

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
        try (JsonParser results = new JsonFactory().createParser(report.resolve("results.jsonl").toFile())) {
            for (JsonToken token = results.nextToken(); token != null; token = results.nextToken())
                if (token == JsonToken.VALUE_STRING && "capsule".equals(results.currentName())) earlier.named(results.getText());
        } catch (IOException unread) {
            earlier.names.clear();
        }
        return earlier;
    }

    private void named(String capsule) {
        if (capsule.endsWith(CapsuleFolder.ENDING)) names.add(capsule.substring(capsule.lastIndexOf('/') + 1));
    }

    /** Deletes those that the new report does not name. One that cannot be deleted is as harmless as it was. */
    void deleteBut(Collection<String> capsules) {
        for (String capsule : capsules) names.remove(Path.of(capsule).getFileName().toString());
        for (String name : names) {
            try {
                Files.deleteIfExists(folder.resolve(name));
            } catch (IOException | InvalidPathException e) {
                continue;
            }
        }
    }
}
