package org.chanrace.cli;

import java.io.IOException;
import java.util.Optional;
import org.chanrace.reports.FileProblem;
import org.chanrace.reports.ReportedRun;
import org.chanrace.scenarios.capsule.Replayed;

/** Writes what came of replaying, in the order of the capsules. */
interface ReplayWriter {
    /** A capsule's run was made again; {@code run} is empty when its order is not possible. */
    void replayed(String file, Replayed replayed, Optional<ReportedRun> run) throws IOException;

    /** A file holds no capsule that could be replayed. */
    void problem(FileProblem problem) throws IOException;

    /** Nothing more will come; {@code left} capsules were not looked at. */
    void end(long replayed, long different, long problems, long left) throws IOException;
}
