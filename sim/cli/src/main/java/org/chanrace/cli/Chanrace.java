package org.chanrace.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.chanrace.model.ModelVersion;
import org.chanrace.model.release.Releases;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code chanrace}: its subcommands, its errors, its exit codes. */
@Command(
        name = "chanrace",
        mixinStandardHelpOptions = true,
        versionProvider = Chanrace.Version.class,
        description = "In which orders can the channels of a QEMU live migration come up, and which of those orders break?",
        synopsisSubcommandLabel = "COMMAND",
        subcommandsRepeatable = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:all as expected",
            " 1:something was not as expected",
            " 2:bad usage, a bad scenario or capsule, or an output that cannot be written",
            " 4:inconclusive: the memory was used up before every order was tried",
            "70:an error of chanrace itself",
            "130:interrupted: what was finished is written and marked as partial",
            "141:whoever read the output went away; what --out and --capsules ask for is written all the same",
            "143:interrupted by SIGTERM, as 130"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  chanrace run scenarios/library --out target/report",
            "  chanrace run my.yaml --runs 1000",
            "  chanrace explore my.yaml",
            "  chanrace latency my.yaml --compare 7.2.0,8.0.0,10.1.0 --no-preempt",
            "  chanrace fuzz --releases 7.2.0,10.1.0 --for 60s --corpus corpus",
            "  chanrace replay target/report/capsules",
            "  chanrace releases 7.2.0 8.0.0"
        })
final class Chanrace implements Runnable {
    @Spec
    private CommandSpec spec;

    private Chanrace() {}

    /** Runs one command line and returns its exit code; never throws, never ends the process. */
    static int run(Surroundings surroundings, String... arguments) {
        boolean[] broken = {false};
        CommandLine line = commandLine(surroundings, arguments);
        line.setExecutionExceptionHandler((thrown, command, parsed) -> {
            broken[0] = true;
            return Trouble.exitCode(thrown, surroundings);
        });
        StringWriter help = new StringWriter();
        line.setOut(new PrintWriter(help, true));
        line.setErr(surroundings.err());
        try {
            int code = line.execute(arguments);
            // An output that could not be written has been reported: what is left of it in a buffer would only be reported again.
            if (broken[0]) return code;
            surroundings.out().write(help.toString());
            surroundings.out().flush();
            return surroundings.out().readerIsGone() && code <= ExitCode.NOT_AS_EXPECTED ? ExitCode.READER_GONE : code;
        } catch (Throwable trouble) {
            return Trouble.exitCode(trouble, surroundings);
        } finally {
            surroundings.err().flush();
        }
    }

    /** To find out which options a command has takes picocli milliseconds: when the first argument names one, the others are left out. */
    private static CommandLine commandLine(Surroundings surroundings, String... arguments) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("run", () -> new RunCommand(surroundings));
        commands.put("explore", () -> new ExploreCommand(surroundings));
        commands.put("latency", () -> new LatencyCommand(surroundings));
        commands.put("fuzz", () -> new FuzzCommand(surroundings));
        commands.put("replay", () -> new ReplayCommand(surroundings));
        commands.put("releases", () -> new ReleasesCommand(surroundings, Releases.shipped()));
        if (arguments.length > 0 && commands.containsKey(arguments[0])) commands.keySet().retainAll(Set.of(arguments[0]));
        CommandLine line = new CommandLine(new Chanrace());
        commands.forEach((name, command) -> line.addSubcommand(name, command.get()));
        line.setColorScheme(Help.defaultColorScheme(surroundings.colorByDefault() ? Help.Ansi.ON : Help.Ansi.OFF));
        Arguments.registerWith(line);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((problem, args) -> badUsage(problem, surroundings));
        line.setUsageHelpWidth(110);
        return line;
    }

    private static int badUsage(ParameterException problem, Surroundings surroundings) {
        CommandLine command = problem.getCommandLine();
        surroundings.say(oneLine(message(problem)) + suggestion(problem));
        surroundings.say("try: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.BAD_INPUT;
    }

    private static String message(ParameterException problem) {
        if (!(problem instanceof UnmatchedArgumentException unmatched) || unmatched.getUnmatched().isEmpty())
            return problem.getMessage().replaceFirst("positional parameter at index \\S+ \\((\\S+)\\)", "$1");
        String first = unmatched.getUnmatched().get(0);
        if (first.startsWith("-")) return "there is no option " + first;
        return problem.getCommandLine().getSubcommands().isEmpty() ? "'" + first + "' is one argument too many" : "there is no command '" + first + "'";
    }

    private static String suggestion(ParameterException problem) {
        if (!(problem instanceof UnmatchedArgumentException unmatched) || unmatched.getUnmatched().isEmpty()) return "";
        CommandSpec spec = problem.getCommandLine().getCommandSpec();
        List<String> names = spec.subcommands().isEmpty()
                ? spec.options().stream().map(option -> option.longestName()).toList()
                : List.copyOf(spec.subcommands().keySet());
        return Nearest.to(unmatched.getUnmatched().get(0), names).map(name -> "; did you mean " + name + "?").orElse("");
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    /** No subcommand: that is bad usage, with the list of commands as help. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command? There are: " + String.join(", ", spec.subcommands().keySet()));
    }

    /** What {@code --version} prints. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "chanrace " + Product.version() + ", model " + ModelVersion.CURRENT,
                "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vm.name") + ", " + System.getProperty("java.vendor") + ")"
            };
        }
    }
}
