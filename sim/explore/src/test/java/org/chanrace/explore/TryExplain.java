package org.chanrace.explore;
import java.nio.file.Path;
import org.chanrace.model.scenario.*;
import org.chanrace.scenarios.*;
public class TryExplain {
    public static void main(String[] a) {
        for (int i = 0; i < a.length; i++) for (Loaded l : ScenarioLoader.load(Path.of(a[i]), a[i]).scenarios()) {
            Exploration x = Explorer.explore(l.scenario(), Settings.DEFAULT);
            for (Exploration.Found f : x.bad()) {
                long t = System.nanoTime();
                Explanation e = Explanations.of(x, f, Effort.DEFAULT);
                double sec = (System.nanoTime() - t) / 1e9;
                OrderingCore c = e.core();
                System.out.printf("=== %s: %s (%d choices)%n   sealed %d reduced %s trials %d states %d %.2f s%n", l.scenario().name(), f.ending(), f.witness().order().choices().size(), c.sealed(), c.reduced(), c.trials(), c.states(), sec);
                c.disturbances().forEach(m -> System.out.println("   dist: " + m.words()));
                for (Constraint k : c.constraints()) System.out.println("   " + k.decides() + ": " + w(k.before()) + "  <  " + w(k.after()) + "  OTHERWISE " + k.otherwise().map(o -> o.ending().toString() + " " + o.order().choices().size()).orElse("?"));
                System.out.println("   detour: " + e.detourSought() + " " + e.detour().map(d -> d.common() + " common; " + w(d.witnessGoesOn()) + " | " + w(d.detourGoesOn()) + " " + d.witness().order().choices().size()).orElse("none"));
            }
        }
    }
    static String w(Order.Move m) { return m.words() + " [" + m.lane() + "#" + m.number() + "]"; }
}
