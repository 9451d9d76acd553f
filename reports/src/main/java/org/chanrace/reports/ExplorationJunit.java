package org.chanrace.reports;

import java.io.IOException;
import java.util.List;

/** JUnit XML about explorations: a test case for each pairing; one that does not show what it is to show is a failure. */
public final class ExplorationJunit {
    private ExplorationJunit() {}

    /** The document; {@code notMade} pairings were planned but not explored, which is an error of its own. */
    public static void write(List<ExploredPairing> pairings, List<FileProblem> problems, long notMade, Appendable out) throws IOException {
        JunitDocument document = new JunitDocument();
        for (ExploredPairing pairing : pairings) document.add(pairing.file(), new PairingCase(pairing));
        for (FileProblem problem : problems) document.add(problem);
        if (notMade > 0) document.add(new FileProblem("partial", 0, 0, "interrupted: " + notMade + " pairings were not explored", ""));
        document.write(out);
    }

    private record PairingCase(ExploredPairing pairing) implements JunitDocument.Case {
        @Override
        public String name() {
            return pairing.title();
        }

        @Override
        public boolean hasFailed() {
            return !pairing.asExpected();
        }

        @Override
        public JunitDocument.Failure failure() {
            return new JunitDocument.Failure(pairing.judgement().text(), String.join("; ", pairing.deviations()),
                    new ExplorationText(TextReport.Options.PLAIN).pairing(pairing));
        }

        @Override
        public String out() {
            return ExplorationWords.statement(pairing.exploration());
        }
    }
}
