package org.chanrace.explore;
import java.nio.file.Path;
import java.util.*;
import org.chanrace.model.scenario.*;
import org.chanrace.scenarios.*;
public class Probe1 {
    public static void main(String[] a) {
        Scenario small = SmallInstance.of(ScenarioLoader.load(Path.of(a[0]), "x").scenarios().get(0).scenario());
        Walker w = new Walker(small, true);
        w.listen(l -> System.out.println("      . " + l + " " + w.steps().words(l)));
        w.begin();
        for (int i = 1; ; i++) {
            List<Integer> ready = new ArrayList<>();
            for (int l = 0; l < w.lanes(); l++) if (w.steps().isReady(l)) ready.add(l);
            for (int l : ready) System.out.println("   [" + l + "] " + w.steps().words(l));
            if (i >= a.length) break;
            System.out.println("PICK " + a[i]);
            w.pick(Integer.parseInt(a[i]));
        }
        System.out.println(w.ending() + " over " + w.isOver());
    }
}
