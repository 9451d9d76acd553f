package org.chanrace.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import org.chanrace.model.release.Release;
import org.chanrace.model.release.Trait;
import org.chanrace.model.release.TraitValue;

/**
 * Releases and their traits, for programs: one object a line.
 *
 * <p>A release is {@code {"release", "newest_machine", "traits": {KEY: {"value", "commit"}}}}. A difference is
 * {@code {"trait", "meaning", "values": [{"release", "value", "commit"}]}}, a line for each trait that differs.
 */
final class TraitJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final Writer out;

    TraitJson(Writer out) {
        this.out = out;
    }

    /** Prints the releases, or only what differs between them. */
    void print(List<Release> releases, boolean differences) throws IOException {
        if (differences) {
            for (Trait trait : Trait.values()) if (differs(trait, releases)) difference(trait, releases);
        } else {
            for (Release release : releases) release(release);
        }
    }

    private static boolean differs(Trait trait, List<Release> releases) {
        return releases.stream().map(release -> release.value(trait)).distinct().count() > 1;
    }

    private void release(Release release) throws IOException {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("release", release.name());
            json.writeStringField("newest_machine", release.newestMachine().toString());
            json.writeObjectFieldStart("traits");
            for (Trait trait : Trait.values()) {
                TraitValue value = release.traits().get(trait);
                json.writeObjectFieldStart(trait.key());
                json.writeStringField("value", value.value());
                json.writeStringField("commit", value.commit());
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        out.append(line.getBuffer()).append('\n');
    }

    private void difference(Trait trait, List<Release> releases) throws IOException {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("trait", trait.key());
            json.writeStringField("meaning", trait.meaning());
            json.writeArrayFieldStart("values");
            for (Release release : releases) {
                TraitValue value = release.traits().get(trait);
                json.writeStartObject();
                json.writeStringField("release", release.name());
                json.writeStringField("value", value.value());
                json.writeStringField("commit", value.commit());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.append(line.getBuffer()).append('\n');
    }
}
