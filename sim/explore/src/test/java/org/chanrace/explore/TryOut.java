package org.chanrace.explore;
import java.nio.file.Path;
import org.chanrace.model.*;
import org.chanrace.model.scenario.*;
import org.chanrace.scenarios.*;
public class TryOut {
    public static void main(String[] a) {
        boolean red = !a[0].contains("full");
        for (int i = 1; i < a.length; i++) {
            for (Loaded l : ScenarioLoader.load(Path.of(a[i]), a[i]).scenarios()) {
                Scenario small = SmallInstance.of(l.scenario());
                for (int k=0;k<(a[0].equals("twice")?3:1);k++) {
                long t = java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                Search s = new Search(small, new Settings(red, 4L << 30, a[0].equals("j2")?2:1)).run();
                double sec = (java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - t) / 1e9;
                System.out.printf("%s: %d states %d transitions depth %d complete %s bytes %d %.2f s %.0f states/s%n", l.scenario().name(), s.states(), s.transitions(), s.depth(), s.isComplete(), s.bytes(), sec, s.states()/sec);
                if (k==0) s.endings().forEach((e, d) -> System.out.println("   " + (e.isBad() ? "BAD " : "    ") + e + " in " + d.states() + " states, shortest " + s.path(d.first()).length));
                if (k==0 && a[0].startsWith("show")) s.endings().forEach((e, d) -> {
                    
                    System.out.println("--- " + e);
                    Walker w = new Walker(small, red && !a[0].equals("showfull")); w.begin();
                    for (int lane : s.path(d.first())) { System.out.println("     " + w.steps().words(lane)); w.pick(lane); }
                });
                }
            }
        }
    }
}
