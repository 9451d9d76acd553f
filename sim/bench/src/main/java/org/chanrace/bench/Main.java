package org.chanrace.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Prints the machine and the JDK, then runs JMH with the arguments given, with {@link CpuShare} and with {@link BytesPerState}. */
public final class Main {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private Main() {}

    /** @param args JMH's own; {@code -h} lists them */
    public static void main(String[] args) throws IOException {
        Locale.setDefault(Locale.ROOT);
        System.out.println(machine());
        System.out.println();
        List<String> all = new ArrayList<>(List.of(args));
        // A rival that fails must not just be missing from the table.
        all.addAll(List.of("-prof", CpuShare.class.getName(), "-prof", BytesPerState.class.getName(), "-foe", "true"));
        org.openjdk.jmh.Main.main(all.toArray(new String[0]));
    }

    /** Cores, processor, operating system and JDK, one line. */
    static String machine() throws IOException {
        return String.format(Locale.ROOT, "%d cores, %s, %s %s; JDK %s (%s)",
                Runtime.getRuntime().availableProcessors(), processor(),
                System.getProperty("os.name"), System.getProperty("os.arch"),
                System.getProperty("java.version"), System.getProperty("java.vm.name"));
    }

    private static String processor() throws IOException {
        if (!Files.isReadable(CPU_INFO)) return "processor unknown";
        try (Stream<String> lines = Files.lines(CPU_INFO, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("processor unknown");
        }
    }
}
