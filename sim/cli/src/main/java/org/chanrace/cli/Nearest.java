package org.chanrace.cli;

import java.util.Collection;
import java.util.Optional;

/** The name that somebody may have meant. */
final class Nearest {
    private static final int FARTHEST = 2;

    private Nearest() {}

    /** The first of those names that are the fewest slips away, two at most (a letter added, left out, changed, or two swapped). */
    static Optional<String> to(String written, Collection<String> names) {
        String best = "";
        int least = FARTHEST + 1;
        for (String name : names) {
            if (Math.abs(written.length() - name.length()) > FARTHEST) continue;
            int distance = distance(written, name);
            if (distance < least) {
                best = name;
                least = distance;
            }
        }
        return least <= FARTHEST ? Optional.of(best) : Optional.empty();
    }

    /** Damerau and Levenshtein's distance, each part of the word edited at most once. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int changed = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + changed);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1))
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
            }
        }
        return d[a.length()][b.length()];
    }
}
