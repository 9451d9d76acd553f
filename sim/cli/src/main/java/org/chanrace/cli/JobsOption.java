package org.chanrace.cli;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --jobs}, of every command that has work for several threads. */
final class JobsOption {
    private static final int MAX = 256;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--jobs", paramLabel = "N", description = "worker threads (default: as many as there are processors); the output does not depend on it")
    private Optional<Integer> jobs = Optional.empty();

    /**
     * How many threads work.
     *
     * @throws ParameterException if the number given is not from 1 to 256
     */
    int workers() {
        int workers = jobs.orElse(Math.min(MAX, Runtime.getRuntime().availableProcessors()));
        if (workers < 1 || workers > MAX) throw new ParameterException(command.commandLine(), "--jobs must be from 1 to " + MAX);
        return workers;
    }
}
