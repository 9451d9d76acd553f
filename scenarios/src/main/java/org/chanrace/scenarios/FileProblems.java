package org.chanrace.scenarios;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;

/** Why a file cannot be read, in words, and the decoding of its bytes. */
final class FileProblems {
    private FileProblems() {}

    /** The reason of an exception of {@code java.nio.file}, as a clause. */
    static String reason(Exception e) {
        if (e instanceof NoSuchFileException) return "there is no such file";
        if (e instanceof AccessDeniedException) return "permission denied";
        if (e instanceof InvalidPathException) return "that is not a path";
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage().lines().findFirst().orElse("");
    }

    /** UTF-8 without a byte order mark; every line ends in {@code \n}. */
    static String decode(byte[] bytes) throws CharacterCodingException {
        String text = decoder().decode(ByteBuffer.wrap(bytes)).toString();
        return unixLines(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    /** The text with every line ending in {@code \n}. */
    static String unixLines(String text) {
        return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
    }

    private static CharsetDecoder decoder() {
        return StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** Names the first byte that is not UTF-8, of bytes that {@link #decode} refuses. */
    static Problem notUtf8(String file, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharsetDecoder decoder = decoder();
        CharBuffer out = CharBuffer.allocate(8192);
        CoderResult result = decoder.decode(in, out, true);
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, true);
        }
        int offset = in.position();
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < offset; i++) {
            if (bytes[i] == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        String before = new String(bytes, lineStart, offset - lineStart, StandardCharsets.UTF_8);
        boolean utf16 = bytes.length >= 2 && ((bytes[0] == -1 && bytes[1] == -2) || (bytes[0] == -2 && bytes[1] == -1));
        return Problem.in(file, line, before.codePointCount(0, before.length()) + 1,
                "this file is not UTF-8: byte " + String.format(java.util.Locale.ROOT, "0x%02x", bytes[offset] & 0xff) + " at offset " + offset,
                before, utf16 ? "it looks like UTF-16; save it as UTF-8" : "save it as UTF-8");
    }
}
