package org.chanrace.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads single fields and the names of an object, and which names are documented. */
final class Json {
    private static final Pattern ROW = Pattern.compile("\\| `([a-z0-9_]+)` \\|.*");

    private Json() {}

    /** The text of a scalar field of the outermost object; empty when it has none. */
    static String field(String object, String name) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(object)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) throw new AssertionError("not an object: " + object);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals(name);
                parser.nextToken();
                if (wanted) return parser.getText();
                parser.skipChildren();
            }
        }
        return "";
    }

    /** The names of the outermost object's fields, in their order. */
    static List<String> names(String object) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(object)) {
            parser.nextToken();
            return names(parser);
        }
    }

    /** The names of the fields of an object within the outermost one; none when it is null. */
    static List<String> names(String object, String within) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(object)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals(within);
                parser.nextToken();
                if (wanted) return names(parser);
                parser.skipChildren();
            }
        }
        throw new AssertionError("no " + within + " in " + object);
    }

    private static List<String> names(JsonParser parser) throws IOException {
        List<String> names = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            names.add(parser.currentName());
            parser.nextToken();
            parser.skipChildren();
        }
        return names;
    }

    /** The names that a section of JSON.md has, in their order. */
    static List<String> documented(String section) throws IOException {
        List<String> names = new ArrayList<>();
        String here = "";
        for (String line : Files.readAllLines(Repository.root().resolve("reports/JSON.md"))) {
            if (line.startsWith("## ")) here = line.substring(3);
            Matcher row = ROW.matcher(line);
            if (here.equals(section) && row.matches()) names.add(row.group(1));
        }
        return names;
    }
}
