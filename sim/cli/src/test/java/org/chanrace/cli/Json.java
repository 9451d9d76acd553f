package org.chanrace.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads single fields of an object. */
final class Json {
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
}
