package org.chanrace.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DynamicTest;

/** Compares with files under {@code src/test/resources/golden}; {@code -Dgolden.update=true} writes them instead. */
final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/golden");
    private static final String STYLE = "<style>\n";
    private static final String END_OF_STYLE = "</style>\n";

    private Golden() {}

    interface Document {
        void write(Appendable out) throws IOException;
    }

    /** A document is the same each time it is written, and the same as its file. */
    static DynamicTest document(String name, Document document) {
        return DynamicTest.dynamicTest(name, () -> {
            StringBuilder once = new StringBuilder();
            document.write(once);
            StringBuilder again = new StringBuilder();
            document.write(again);
            assertThat(again.toString()).isEqualTo(once.toString());
            check(name, name.endsWith(".html") ? withoutStyle(once.toString()) : once.toString());
        });
    }

    /** A page's style sheet is that of all pages, and of diagrams, whose golden files have it: it need not be in each. */
    private static String withoutStyle(String page) {
        int from = page.indexOf(STYLE) + STYLE.length();
        int to = page.indexOf(END_OF_STYLE);
        assertThat(page.substring(from, to)).startsWith(HtmlReport.resource("index.css")).contains(SvgDiagram.styleSheet());
        return page.substring(0, from) + page.substring(to);
    }

    private static void check(String name, String text) throws IOException {
        Path file = FOLDER.resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, text);
        }
        assertThat(file).as("golden file; -Dgolden.update=true writes it").exists();
        assertThat(text).as("-Dgolden.update=true writes " + file).isEqualTo(Files.readString(file));
    }
}
