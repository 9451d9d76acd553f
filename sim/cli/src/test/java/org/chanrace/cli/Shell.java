package org.chanrace.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.function.Supplier;

/** Runs a command line in this process and keeps what it wrote. */
final class Shell {
    private final Supplier<Engine> engines;
    private Map<String, String> environment = Map.of();
    private Interruption interruption = new Interruption();
    private boolean terminal;

    private Shell(Supplier<Engine> engines) {
        this.engines = engines;
    }

    /** With this engine for every worker. */
    static Shell with(Engine engine) {
        return new Shell(() -> engine);
    }

    /** With the simulator. */
    static Shell simulating() {
        return new Shell(Engine::simulating);
    }

    Shell environment(Map<String, String> variables) {
        environment = variables;
        return this;
    }

    Shell interruption(Interruption by) {
        interruption = by;
        return this;
    }

    Shell onTerminal() {
        terminal = true;
        return this;
    }

    record Said(int code, String out, String err) {}

    Said run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Chanrace.run(
                new Surroundings(new Outlet(out), new PrintWriter(err), environment, terminal, terminal, interruption, engines), arguments);
        return new Said(code, out.toString(), err.toString());
    }
}
