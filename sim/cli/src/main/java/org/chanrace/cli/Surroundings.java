package org.chanrace.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What a command can see of the process that it runs in. Tests give it others.
 *
 * @param out for data; a write that fails throws
 * @param err for progress and diagnostics
 * @param environment the environment variables
 * @param outIsTerminal whether a person reads {@code out} as it is written
 * @param errIsTerminal whether a person reads {@code err} as it is written
 * @param interruption Ctrl-C
 * @param engines gives each worker an engine of its own
 */
record Surroundings(
        Outlet out,
        PrintWriter err,
        Map<String, String> environment,
        boolean outIsTerminal,
        boolean errIsTerminal,
        Interruption interruption,
        Supplier<Engine> engines) {
    Surroundings {
        Objects.requireNonNull(out);
        Objects.requireNonNull(err);
        environment = Map.copyOf(environment);
        Objects.requireNonNull(interruption);
        Objects.requireNonNull(engines);
    }

    /** Whether the variable is set to something; {@code NO_COLOR} and {@code CI} count as set by any value. */
    boolean has(String variable) {
        return !environment.getOrDefault(variable, "").isEmpty();
    }

    /** Whether stack traces are wanted. */
    boolean debug() {
        return environment.getOrDefault("CHANRACE_DEBUG", "").equals("1");
    }

    /** Whether output may be coloured when nobody said anything about it. */
    boolean colorByDefault() {
        return outIsTerminal && !has("NO_COLOR") && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /** Whether a line that rewrites itself may be shown. */
    boolean progressByDefault() {
        return errIsTerminal && !has("CI") && !has("NO_COLOR") && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /** One line on {@code err}. */
    void say(String line) {
        err.print("chanrace: " + line + "\n");
        err.flush();
    }
}
