package org.chanrace.cli;

import java.io.IOException;
import java.util.Optional;
import org.chanrace.explore.fuzz.Finding;
import org.chanrace.explore.fuzz.Fuzzing;
import org.chanrace.reports.FileProblem;

/** Writes what a {@code fuzz} command finds, as it comes. */
interface FuzzWriter {
    /** Something is wrong with a file. */
    void problem(FileProblem problem) throws IOException;

    /** An entry of the corpus was replayed. */
    void replayed(Corpus.Entry entry) throws IOException;

    /**
     * Something was found.
     *
     * @param number which finding it is, from 1
     * @param capsule where it is kept
     */
    void found(int number, Finding finding, Optional<String> capsule) throws IOException;

    /**
     * That was all.
     *
     * @param stillFailing how many entries of the corpus still fail
     * @param interrupted whether somebody broke it off
     */
    void end(Fuzzing fuzzing, long stillFailing, boolean interrupted) throws IOException;
}
