package org.chanrace.explore;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A set of moments: for each two of some variables by how much the one is at most later than the other. The matrix is kept closed: no bound can be made
 * tighter without losing a solution (Dill, LNCS 407, 1989). Variables are numbered as they are added; numbers of ns are whole.
 */
final class Zone {
    /** No bound. */
    static final long NONE = Long.MAX_VALUE / 4;

    private int size;
    /** Row i, column j: the upper bound of variable i minus variable j. */
    private long[][] most;

    /** One variable, which is at 0 as far as the others are concerned. */
    Zone() {
        size = 1;
        most = new long[8][8];
    }

    /** A closed matrix, which it keeps. */
    Zone(int size, long[][] most) {
        this.size = size;
        this.most = most;
    }

    Zone copy() {
        long[][] rows = new long[most.length][];
        for (int i = 0; i < rows.length; i++) rows[i] = i < size ? most[i].clone() : new long[most.length];
        return new Zone(size, rows);
    }

    int size() {
        return size;
    }

    /** By how much one is at most later than another; {@link #NONE} when there is no bound. */
    long most(int later, int earlier) {
        return most[later][earlier];
    }

    /** A new variable that comes between {@code least} and {@code longest} ns after another one. */
    int add(int after, long least, long longest) {
        if (size == most.length) {
            for (int i = 0; i < size; i++) most[i] = Arrays.copyOf(most[i], 2 * size);
            most = Arrays.copyOf(most, 2 * size);
            for (int i = size; i < most.length; i++) most[i] = new long[most.length];
        }
        int added = size++;
        for (int j = 0; j < added; j++) {
            most[added][j] = plus(longest, most[after][j]);
            most[j][added] = plus(most[j][after], -least);
        }
        most[added][added] = 0;
        return added;
    }

    /** Demands that one is at most so much later than another; whether there is still a solution. Without one the zone is of no use any more. */
    boolean demand(int later, int earlier, long atMost) {
        if (most[later][earlier] <= atMost) return true;
        if (plus(most[earlier][later], atMost) < 0) return false;
        for (int i = 0; i < size; i++) {
            long toLater = plus(most[i][later], atMost);
            if (toLater >= NONE) continue;
            for (int j = 0; j < size; j++) {
                long through = plus(toLater, most[earlier][j]);
                if (through < most[i][j]) most[i][j] = through;
            }
        }
        return true;
    }

    /** Whether every solution of another zone of as many variables is one of this. */
    boolean includes(Zone other) {
        for (int i = 0; i < size; i++) for (int j = 0; j < size; j++) if (other.most[i][j] > most[i][j]) return false;
        return true;
    }

    /**
     * The union of this zone and another one of as many variables, if it is a zone; empty when it is not. Those to which the same events have led, one before
     * the other or the other way round, are such (Salah, Bozga, Maler, CONCUR 2006).
     */
    Optional<Zone> union(Zone other) {
        // Whatever of the hull breaks a bound of this zone has to be in the other one.
        for (int i = 0; i < size; i++) for (int j = 0; j < size; j++) if (most[i][j] < other.most[i][j] && !hullIsIn(other, j, i, -most[i][j] - 1)) return Optional.empty();
        long[][] hull = new long[size][size];
        for (int i = 0; i < size; i++) for (int j = 0; j < size; j++) hull[i][j] = Math.max(most[i][j], other.most[i][j]);
        return Optional.of(new Zone(size, hull));
    }

    /**
     * Whether another zone includes what is left of the hull of the two, the least zone around them, when one variable is at most so much later than another one,
     * which is possible there.
     */
    private boolean hullIsIn(Zone other, int later, int earlier, long atMost) {
        for (int i = 0; i < size; i++) {
            long toLater = plus(Math.max(most[i][later], other.most[i][later]), atMost);
            for (int j = 0; j < size; j++)
                if (most[i][j] > other.most[i][j] && plus(toLater, Math.max(most[earlier][j], other.most[earlier][j])) > other.most[i][j]) return false;
        }
        return true;
    }

    /**
     * The zone in which some variables, of which it is known which of each two is the later one, are at any moments that leave it at that and are so much later than
     * some others at most.
     */
    Zone where(List<Integer> past, List<Integer> others, long atMost) {
        long[][] rows = new long[size][];
        for (int i = 0; i < size; i++) rows[i] = Arrays.copyOf(most[i], size);
        Zone zone = new Zone(size, rows);
        for (int x : past) {
            for (int j = 0; j < size; j++) if (j != x) rows[x][j] = rows[j][x] = NONE;
            for (int other : others) rows[x][other] = atMost;
        }
        for (int x : past) for (int y : past) rows[x][y] = most[x][y] > 0 ? NONE : Math.max(-1, most[x][y]);
        for (int x : past) rows[x][x] = 0;
        zone.close();
        return zone;
    }

    private void close() {
        for (int k = 0; k < size; k++)
            for (int i = 0; i < size; i++) for (int j = 0; j < size; j++) most[i][j] = Math.min(most[i][j], plus(most[i][k], most[k][j]));
    }

    /** The zone of these variables only, in this order. */
    Zone of(int[] variables) {
        long[][] rows = new long[variables.length][variables.length];
        for (int i = 0; i < variables.length; i++) for (int j = 0; j < variables.length; j++) rows[i][j] = most[variables[i]][variables[j]];
        return new Zone(variables.length, rows);
    }

    /** The sum, where no bound and anything is no bound. */
    private static long plus(long a, long b) {
        return a >= NONE || b >= NONE ? NONE : a + b;
    }
}
