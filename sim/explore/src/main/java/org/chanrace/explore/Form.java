package org.chanrace.explore;

import java.util.Arrays;

/**
 * A time that variables decide: a number of ns, and the variables, which are not negative, with how often each counts.
 *
 * @param nanos what it is when all variables are 0, ns
 * @param variables those that count, ascending
 * @param counts how often each of them does, not 0
 */
record Form(long nanos, int[] variables, int[] counts) {
    static final Form ZERO = new Form(0, new int[0], new int[0]);

    static Form of(int variable) {
        return new Form(0, new int[] {variable}, new int[] {1});
    }

    Form plus(long more) {
        return more == 0 ? this : new Form(nanos + more, variables, counts);
    }

    Form plus(Form other) {
        return plus(other, 1);
    }

    Form minus(Form other) {
        return plus(other, -1);
    }

    private Form plus(Form other, int times) {
        int[] all = new int[variables.length + other.variables.length];
        int[] sums = new int[all.length];
        int size = 0;
        for (int a = 0, b = 0; a < variables.length || b < other.variables.length; ) {
            int mine = a < variables.length ? variables[a] : Integer.MAX_VALUE;
            int theirs = b < other.variables.length ? other.variables[b] : Integer.MAX_VALUE;
            int sum = (mine <= theirs ? counts[a++] : 0) + (theirs <= mine ? times * other.counts[b++] : 0);
            if (sum == 0) continue;
            all[size] = Math.min(mine, theirs);
            sums[size++] = sum;
        }
        return new Form(nanos + times * other.nanos, Arrays.copyOf(all, size), Arrays.copyOf(sums, size));
    }

    /** Whether it is not negative whatever the variables are. */
    boolean isNeverNegative() {
        if (nanos < 0) return false;
        for (int count : counts) if (count < 0) return false;
        return true;
    }
}
