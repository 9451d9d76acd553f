package org.chanrace.scenarios;

import java.util.Collection;
import java.util.Optional;

/** "Did you mean": the valid name nearest to what was written. */
final class Suggestions {
    private static final int DISTANCE_MAX = 2;
    private static final int WORD_MAX = 64;

    private Suggestions() {}

    /** {@code did you mean 'x'?}, or the list of what is known when nothing is near. */
    static String among(String written, Collection<String> known) {
        return nearest(written, known)
                .map(name -> "did you mean '" + name + "'?")
                .orElse(known.isEmpty() ? "" : "known here: " + String.join(", ", known));
    }

    /** The nearest known name, when it is near enough to be what was meant; of equals the first. */
    static Optional<String> nearest(String written, Collection<String> known) {
        Optional<String> best = Optional.empty();
        int bestDistance = DISTANCE_MAX + 1;
        for (String name : known) {
            int distance = written.equalsIgnoreCase(name) ? 0 : distance(written, name);
            if (distance < bestDistance && distance < Math.max(written.length(), name.length())) {
                best = Optional.of(name);
                bestDistance = distance;
            }
        }
        return best;
    }

    /** Damerau–Levenshtein distance (adjacent swaps count one); beyond what matters, any larger number. */
    static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > DISTANCE_MAX || a.length() > WORD_MAX) return Integer.MAX_VALUE;
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) d[i][0] = i;
        for (int j = 0; j <= b.length(); j++) d[0][j] = j;
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replaced, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1))
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
            }
        }
        return d[a.length()][b.length()];
    }
}
