package org.chanrace.reports;

/** Words of commands that a reader can copy into a shell. */
final class ShellWords {
    private ShellWords() {}

    /** A word as a POSIX shell reads it back. */
    static String quoted(String word) {
        String clean = Characters.oneLine(word);
        boolean plain = !clean.isEmpty() && clean.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || "./_-+,=@".indexOf(c) >= 0));
        return plain ? clean : "'" + clean.replace("'", "'\\''") + "'";
    }
}
