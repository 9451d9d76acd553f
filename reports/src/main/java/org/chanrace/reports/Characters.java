package org.chanrace.reports;

import java.util.ArrayList;
import java.util.List;

/** What text must look like before it enters a document. */
public final class Characters {
    private static final char REPLACEMENT = '\ufffd';

    private Characters() {}

    /**
     * The text with every character that XML 1.0 forbids replaced by U+FFFD: control characters, lone surrogates, U+FFFE and
     * U+FFFF, and the C1 controls, which HTML forbids.
     */
    static String legal(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int length = Character.charCount(c);
            if (!isLegal(c)) {
                if (out == null) out = new StringBuilder(text.length()).append(text, 0, i);
                out.append(REPLACEMENT);
            } else if (out != null) {
                out.appendCodePoint(c);
            }
            i += length;
        }
        return out == null ? text : out.toString();
    }

    private static boolean isLegal(int c) {
        if (c < 0x20) return c == '\t' || c == '\n';
        if (c >= 0x7f && c < 0xa0) return false;
        if (c >= 0xd800 && c < 0xe000) return false;
        return c < 0xfffe || (c > 0xffff && (c & 0xfffe) != 0xfffe);
    }

    /** The text with every lone surrogate, which UTF-8 cannot encode, replaced by U+FFFD. */
    static String encodable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) continue;
            StringBuilder out = new StringBuilder(text.length());
            text.codePoints().forEach(c -> out.appendCodePoint(c >= 0xd800 && c < 0xe000 ? REPLACEMENT : c));
            return out.toString();
        }
        return text;
    }

    /** Legal text in one line: line breaks and tabs become spaces. */
    static String oneLine(String text) {
        return legal(text).replace('\n', ' ').replace('\t', ' ');
    }

    /** Legal text, escaped for element content and for attribute values in either kind of quotes. */
    static String xml(String text) {
        String legal = legal(text);
        StringBuilder out = new StringBuilder(legal.length() + 16);
        for (int i = 0; i < legal.length(); i++) {
            char c = legal.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    /** At most so many characters; the last one is {@code …} (or {@code ~} in ASCII) when something was cut. */
    static String clip(String text, int max, char mark) {
        if (text.length() <= max) return text;
        if (max <= 0) return "";
        int end = max - 1;
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) end--;
        return text.substring(0, end) + mark;
    }

    /** The text in lines of at most {@code width} characters, broken at spaces, or else after hyphens, or else anywhere; at least one line. */
    public static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text.strip();
        while (rest.length() > width) {
            int at = rest.lastIndexOf(' ', width);
            if (at <= 0) at = rest.lastIndexOf('-', width - 1) + 1;
            if (at <= 0) {
                at = Math.max(1, width);
                if (Character.isHighSurrogate(rest.charAt(at - 1)) && at > 1) at--;
            }
            lines.add(rest.substring(0, at).stripTrailing());
            rest = rest.substring(at).stripLeading();
        }
        if (!rest.isEmpty() || lines.isEmpty()) lines.add(rest);
        return lines;
    }
}
