package org.chanrace.scenarios;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.chanrace.model.ModelVersion;
import org.chanrace.model.Simulation;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.scenarios.Documents.Document;
import org.chanrace.scenarios.capsule.Capsule;
import org.chanrace.scenarios.capsule.Drive;
import org.chanrace.scenarios.capsule.ScheduleText;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Reads capsules, which may come from anybody: as {@link ScenarioLoader}, within its limits, and no other file than the capsule.
 *
 * <p>A capsule that another model wrote is read as far as that goes: a trait that it does not know is taken from the release of that
 * name, and lanes that this model does not have are kept.
 */
public final class CapsuleLoader {
    /** The format that is written and read; a later one may add keys only. */
    static final int FORMAT = 1;

    /** More lanes than any model has, for schedules of other models. */
    private static final int ANY_LANE = 10_000_000;

    private CapsuleLoader() {}

    /**
     * Reads a file.
     *
     * @param shownAs its name in problems
     */
    public static LoadedCapsule load(Path file, String shownAs) {
        return ScenarioLoader.read(file, shownAs, text -> parse(text, shownAs), problem -> bad(shownAs, problem));
    }

    /**
     * Reads the text of a file.
     *
     * @param shownAs the file's name in problems
     */
    public static LoadedCapsule parse(String written, String shownAs) {
        if (written.length() > ScenarioLoader.BYTES_MAX) return bad(shownAs, ScenarioLoader.tooLarge(shownAs));
        String text = FileProblems.unixLines(written);
        List<String> lines = text.lines().toList();
        if (lines.size() > ScenarioLoader.LINES_MAX)
            return bad(shownAs, new Problem(shownAs, 1, 1, "this file has " + lines.size() + " lines; at most " + ScenarioLoader.LINES_MAX + " are read", "", ""));
        List<Document> documents = Documents.split(text);
        if (documents.size() != 1)
            return bad(shownAs, new Problem(shownAs, 1, 1, documents.isEmpty() ? "this file is empty" : "a file has one capsule, and this one has "
                    + documents.size() + " documents", "", ""));
        Report report = new Report(shownAs, lines, documents.get(0).lineOffset());
        Optional<Capsule> capsule = Documents.compose(documents.get(0), report).flatMap(root -> new CapsuleBinder(report).bind(root));
        return new LoadedCapsule(shownAs, capsule, report.problems());
    }

    private static LoadedCapsule bad(String shownAs, Problem problem) {
        return new LoadedCapsule(shownAs, Optional.empty(), List.of(problem));
    }

    private static final class CapsuleBinder {
        private final Report report;

        CapsuleBinder(Report report) {
            this.report = report;
        }

        Optional<Capsule> bind(Node root) {
            if (!isCapsule(root)) {
                report.at(root, "this is no capsule: one begins with 'capsule: " + FORMAT + "'", "scenarios are run: chanrace run FILE");
                return Optional.empty();
            }
            Fields f = Fields.of(root, Section.CAPSULE, report);
            for (String key : List.of("capsule", "product", "model", "drive", "seed", "outcome", "digest")) f.required(key);
            f.scalar("capsule", CapsuleBinder::format, FORMAT);
            String product = f.scalar("product", CapsuleBinder::product, "unknown");
            int model = (int) f.whole("model", 1, Integer.MAX_VALUE, ModelVersion.CURRENT);
            boolean ofAnotherModel = model != ModelVersion.CURRENT;
            String note = f.scalar("note", CapsuleBinder::note, "");
            Drive drive = f.word("drive", Drive.values(), Drive::text, Drive.BY_TIME);
            long seed = f.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE, 0);
            Outcome outcome = f.word("outcome", Outcome.values(), Outcome::text, Outcome.COMPLETED);
            String digest = f.scalar("digest", CapsuleBinder::digest, "0000000000000000");
            Optional<Scenario> scenario = f.required("scenario").flatMap(n -> ScenarioBinder.forCapsule(report, ofAnotherModel).bind(n)).map(Loaded::scenario);
            if (drive == Drive.BY_ORDER) f.required("schedule");
            int lanes = ofAnotherModel || scenario.isEmpty() ? ANY_LANE : Simulation.laneCount(scenario.get());
            int[] schedule = f.value("schedule").map(n -> schedule(n, lanes)).orElse(new int[0]);

            if (report.isClean()) return Optional.of(new Capsule(product, model, note, drive, seed, schedule, digest, outcome, scenario.orElseThrow()));
            if (ofAnotherModel)
                report.at(f.value("model").orElse(root), "written by model " + model + ", and this is model " + ModelVersion.CURRENT
                        + ", which may be why this capsule cannot be read");
            return Optional.empty();
        }

        private static boolean isCapsule(Node root) {
            return root instanceof MappingNode mapping
                    && mapping.getValue().stream().anyMatch(entry -> entry.getKeyNode() instanceof ScalarNode key && key.getValue().equals("capsule"));
        }

        private int[] schedule(Node node, int lanes) {
            String text = Fields.scalar(node, "'schedule'", t -> t, report, "");
            try {
                return ScheduleText.parse(text, lanes);
            } catch (ScheduleText.Bad bad) {
                report.inScalar((ScalarNode) node, bad.offset(), bad.getMessage());
                return new int[0];
            }
        }

        private static int format(String text) throws BadValue {
            int format = (int) Quantities.whole(text, 1, Integer.MAX_VALUE);
            if (format != FORMAT) throw new BadValue("this capsule has format " + format + ", and format " + FORMAT + " is read here", "a newer chanrace wrote it");
            return format;
        }

        private static String product(String text) throws BadValue {
            if (!Capsule.isProduct(text)) throw new BadValue(Quantities.quoted(text) + " is not a version of chanrace", "as in 1.0.2");
            return text;
        }

        private static String note(String text) throws BadValue {
            if (!Capsule.isNote(text)) throw new BadValue("'note' is one line of at most " + Capsule.NOTE_MAX + " characters");
            return text;
        }

        private static String digest(String text) throws BadValue {
            if (!Capsule.isDigest(text)) throw new BadValue(Quantities.quoted(text) + " is not a digest: 16 digits from 0 to 9 and a to f");
            return text;
        }
    }
}
