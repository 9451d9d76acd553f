package org.chanrace.explore;
import java.nio.file.Path;
import java.util.*;
import org.chanrace.model.*;
import org.chanrace.model.scenario.*;
import org.chanrace.scenarios.*;
public class Reduce {
    public static void main(String[] a) {
        Random r = new Random(Long.parseLong(a[0])); int n = Integer.parseInt(a[1]);
        String[] rel = {"7.1.0","7.2.0","8.0-rc0","8.0-rc1","8.0-rc4","8.0.0","8.1.0","8.2.0","9.0.0","9.1.0","9.2.0","10.0.0","10.1.0","10.1.3","10.2.0","11.1.0"};
        String[] ops = {"start-postcopy","cancel","resume","pause-source","pause-destination","migrate","probe"};
        int bad=0, inc=0; long st=0, sf=0;
        for (int i = 0; i < n; i++) {
            String src = rel[r.nextInt(rel.length)], dst = r.nextInt(2)==0?src:rel[r.nextInt(rel.length)];
            StringBuilder op = new StringBuilder("start-postcopy"); for (int k=r.nextInt(3);k>0;k--) op.append(", ").append(ops[1+r.nextInt(6)]);
            String caps = r.nextInt(5)==0 ? "[postcopy-ram]" : "[postcopy-ram, postcopy-preempt]";
            String dcaps = r.nextInt(8)==0 ? "[postcopy-ram]" : caps;
            String text = "name: x\nsource: {release: "+src+", capabilities: "+caps+"}\ndestination: {release: "+dst+", capabilities: "+dcaps+"}\nmachine: pc-q35-7.1\n"
              + (r.nextInt(3)==0 ? "" : "")
              + "explore: {pages: "+(2+r.nextInt(2))+", precopy-rounds: "+r.nextInt(2)+", faults: "+r.nextInt(2)+", device-faults: "+r.nextInt(2)+", network-cuts: "+(r.nextInt(3)==0?1:0)+", syn-losses: 0, operator: ["+op+"]}\n";
            if (r.nextInt(2)==0) text = text.replace("machine: pc-q35-7.1", "machine: pc-q35-7.1").replace("source: {release: "+src+",","source: {release: "+src+",");
            LoadedFile f = ScenarioLoader.parse(text, "x", Path.of("."));
            if (!f.problems().isEmpty()) { System.out.println(f.problems().get(0).message()); continue; }
            Scenario small = SmallInstance.of(f.scenarios().get(0).scenario());
            Search full = new Search(small, new Settings(false, 60L << 20, 1)).run();
            Search red = new Search(small, new Settings(true, 400L << 20, 1)).run();
            st += red.states(); sf += full.states();
            if (!full.isComplete()) inc++;
            Set<Ending> fe = full.endings().keySet(), re = red.endings().keySet();
            boolean ok = full.isComplete() ? fe.equals(re) : re.containsAll(fe);
            if (!ok) { bad++; System.out.println(text); Set<Ending> m = new TreeSet<>(fe); m.removeAll(re); System.out.println(" MISSING " + m); m = new TreeSet<>(re); m.removeAll(fe); System.out.println(" EXTRA " + m + " complete " + full.isComplete()+" "+red.states()+" vs "+full.states()); }
        }
        System.out.println(n + " tried, bad " + bad + ", incomplete " + inc + ", states " + st + " vs " + sf);
    }
}
