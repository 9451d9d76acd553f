package org.chanrace.scenarios;

/** Sizes as scenario files have them, for those who read them elsewhere. */
public final class Sizes {
    private Sizes() {}

    /**
     * Bytes: {@code 512 MiB}, {@code 2 GB}.
     *
     * @throws IllegalArgumentException when it is no size; the message says what one is
     */
    public static long parse(String text) {
        try {
            return Quantities.parse(text, Quantities.Dimension.SIZE);
        } catch (BadValue bad) {
            throw new IllegalArgumentException(bad.getMessage() + (bad.hint().isEmpty() ? "" : " (" + bad.hint() + ")"), bad);
        }
    }
}
