package org.chanrace.explore;
import java.nio.file.Path;
import org.chanrace.scenarios.*;
public class TryDelays {
    public static void main(String[] a) {
        for (String f : a) for (Loaded l : ScenarioLoader.load(Path.of(f), f).scenarios()) {
            Exploration x = Explorer.explore(l.scenario(), Settings.DEFAULT);
            System.out.println("=== " + l.scenario().name());
            for (Exploration.Found found : x.bad()) {
                System.out.println("-- " + found.ending());
                for (Disturbance.Measure m : Disturbance.Measure.values()) {
                    long t = System.nanoTime();
                    var d = Disturbances.least(l.scenario(), found.witness(), m, java.util.List.of());
                    var e = Disturbances.exactly(l.scenario(), found.witness(), m);
                    System.out.printf("  %s %.2f s exact %s%n", m, (System.nanoTime() - t) / 1e9, e.map(y -> y.delays().toString()).orElse("none"));
                    if (d.isEmpty()) System.out.println("     none");
                    d.ifPresent(y -> {
                        y.delays().forEach(z -> System.out.println("     " + z));
                        y.moments().forEach(z -> System.out.println("     " + z.nanos() + " " + z.move().words()));
                        y.forced().forEach(z -> System.out.println("     forced " + z.before().words() + " << " + z.after().words()));
                    });
                }
            }
        }
    }
}
