package org.chanrace.cli;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The process: its streams, Ctrl-C, its exit code.
 *
 * <p>On Ctrl-C the JVM ends with code 130 by itself, and on SIGTERM with 143, as soon as the hook returns; the hook waits until what is finished has been
 * written.
 */
public final class Main {
    private static final long LAST_WORDS_SECONDS = 60;

    private Main() {}

    /** Ends the process with one of the {@linkplain ExitCode exit codes}. */
    public static void main(String[] arguments) {
        Interruption interruption = new Interruption();
        CountDownLatch written = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            interruption.request();
            await(written);
        }, "last-words"));
        int code = Chanrace.run(surroundings(interruption), arguments);
        written.countDown();
        System.exit(code);
    }

    private static void await(CountDownLatch written) {
        try {
            written.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Surroundings surroundings(Interruption interruption) {
        // Not System.out, which swallows errors: a full disk must be told.
        Outlet out = new Outlet(new BufferedWriter(new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8), 1 << 16));
        PrintWriter err = new PrintWriter(new OutputStreamWriter(new FileOutputStream(FileDescriptor.err), StandardCharsets.UTF_8));
        return new Surroundings(
                out, err, System.getenv(), isTerminal("stdout"), isTerminal("stderr"), interruption, Engine::simulating);
    }

    /** The launcher knows and says so; Java can tell only whether standard input and output are both terminals. */
    private static boolean isTerminal(String stream) {
        String told = System.getProperty("chanrace." + stream);
        return told == null ? hasConsole() : told.equals("terminal");
    }

    /** From Java 22 on there is a console even without a terminal, and a method that tells. */
    private static boolean hasConsole() {
        Object console = System.console();
        if (console == null) return false;
        try {
            return (Boolean) console.getClass().getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return Runtime.version().feature() < 22;
        }
    }
}
