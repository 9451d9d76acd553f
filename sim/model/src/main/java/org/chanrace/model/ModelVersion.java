package org.chanrace.model;

/**
 * Which model this is.
 *
 * <p>The number is raised by one with every change after which any run may come out differently: another digest or another
 * outcome of any scenario with any seed, be it by a change of a process, of the trait table, of the lanes' numbering or of the
 * order of draws. What was recorded under a number replays byte for byte under the same number, on any version of the product. A
 * test keeps digests and outcomes of the library's runs beside the number, and fails when they change without it.
 */
public final class ModelVersion {
    /** The version of this model. */
    public static final int CURRENT = 4;

    private ModelVersion() {}
}
