package org.chanrace.cli;

import java.io.IOException;
import java.io.Writer;

/**
 * Standard output. A command whose reader goes away ({@code | head -1}) ends with the first write that fails; one that has a report to write,
 * or capsules, {@linkplain #outlastReader outlasts} him: what it goes on to say here is dropped.
 */
final class Outlet extends Writer {
    private final Writer to;
    private boolean outlastsReader;
    private boolean readerIsGone;

    /** A way of writing that may fail. */
    private interface Writing {
        void write() throws IOException;
    }

    Outlet(Writer to) {
        this.to = to;
    }

    /** Whether this is what a write says when nobody reads any more. */
    static boolean saysThatReaderIsGone(IOException e) {
        return "Broken pipe".equals(e.getMessage());
    }

    /** From now on it is no error that nobody reads. */
    void outlastReader() {
        outlastsReader = true;
    }

    /** Whether something was dropped. */
    boolean readerIsGone() {
        return readerIsGone;
    }

    @Override
    public void write(char[] text, int from, int count) throws IOException {
        attempt(() -> to.write(text, from, count));
    }

    @Override
    public void write(String text, int from, int count) throws IOException {
        attempt(() -> to.write(text, from, count));
    }

    @Override
    public void flush() throws IOException {
        attempt(to::flush);
    }

    @Override
    public void close() throws IOException {
        attempt(to::close);
    }

    private void attempt(Writing writing) throws IOException {
        if (readerIsGone) return;
        try {
            writing.write();
        } catch (IOException e) {
            if (!outlastsReader || !saysThatReaderIsGone(e)) throw e;
            readerIsGone = true;
        }
    }
}
