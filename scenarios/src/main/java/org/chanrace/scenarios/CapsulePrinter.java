package org.chanrace.scenarios;

import org.chanrace.scenarios.capsule.Capsule;
import org.chanrace.scenarios.capsule.Drive;
import org.chanrace.scenarios.capsule.ScheduleText;

/** Writes capsules. Reading what was written yields an equal capsule. */
public final class CapsulePrinter {
    private CapsulePrinter() {}

    /** The capsule as one YAML document; ends in a newline. */
    public static String print(Capsule c) {
        StringBuilder out = new StringBuilder();
        out.append("# One run with all that it depends on. To make it again: chanrace replay FILE\n");
        line(out, "capsule", Integer.toString(CapsuleLoader.FORMAT));
        line(out, "product", ScenarioPrinter.string(c.product()));
        line(out, "model", Integer.toString(c.model()));
        if (!c.note().isEmpty()) line(out, "note", ScenarioPrinter.string(c.note()));
        line(out, "drive", c.drive().text());
        line(out, "seed", Long.toString(c.seed()));
        line(out, "outcome", c.outcome().text());
        line(out, "digest", '"' + c.digest() + '"');
        out.append("scenario:\n");
        indented(out, ScenarioPrinter.print(c.scenario()));
        if (c.picks() == 0) {
            out.append(c.drive() == Drive.BY_TIME
                    ? "# The schedule is left out, for its length: scenario and seed say it.\n" : "schedule: \"\"\n");
        } else {
            out.append("# ").append(c.picks()).append(" picks: numbers of lanes in base 36, 1f*9 is nine times, (a b)*9 both nine times.\nschedule: |\n");
            indented(out, ScheduleText.print(c.schedule()));
        }
        return out.toString();
    }

    private static void line(StringBuilder out, String key, String value) {
        out.append(key).append(": ").append(value).append('\n');
    }

    private static void indented(StringBuilder out, String text) {
        text.lines().forEach(line -> out.append("  ").append(line).append('\n'));
    }
}
