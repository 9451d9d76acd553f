package org.chanrace.scenarios.capsule;

import java.util.Arrays;

/**
 * Schedules as text: lane numbers in base 36, separated by blanks, in lines of at most {@value #LINE_MAX} characters. {@code 1f*9} is
 * nine times the same lane, {@code (3 1f k)*40} forty times the same three. Migrating pages goes round and round, so this takes
 * a third of what the numbers alone would.
 */
public final class ScheduleText {
    /** The longest line, characters. */
    static final int LINE_MAX = 116;

    /** The longest group that is looked for. */
    private static final int GROUP_MAX = 16;

    private static final int RADIX = 36;
    /** Lanes that a number of this many digits can name are far more than any scenario has. */
    private static final int LANE_DIGITS_MAX = 5;

    private static final int COUNT_DIGITS_MAX = 6;

    private ScheduleText() {}

    /** Something that is not a schedule. */
    public static final class Bad extends Exception {
        private static final long serialVersionUID = 1;

        private final int offset;

        Bad(String message, int offset) {
            super(message, null, false, false);
            this.offset = offset;
        }

        /** Where in the text, in characters from 0. */
        public int offset() {
            return offset;
        }
    }

    /** The text of a schedule, without a line break at the end; empty for an empty one. */
    public static String print(int[] schedule) {
        StringBuilder out = new StringBuilder();
        int lineStart = 0;
        for (int at = 0; at < schedule.length; ) {
            int period = 1;
            int repeats = 1;
            for (int p = 1; p <= GROUP_MAX && at + 2 * p <= schedule.length; p++) {
                int r = repeats(schedule, at, p);
                if (r > 1 && (r - 1) * p > (repeats - 1) * period) {
                    period = p;
                    repeats = r;
                }
            }
            // A group of two lanes once more is no shorter than the lanes.
            if ((repeats - 1) * period <= 2) {
                period = 1;
                repeats = 1;
            }
            String token = token(schedule, at, period, repeats);
            if (out.length() > 0) {
                boolean fits = out.length() - lineStart + 1 + token.length() <= LINE_MAX;
                out.append(fits ? ' ' : '\n');
                if (!fits) lineStart = out.length();
            }
            out.append(token);
            at += period * repeats;
        }
        return out.toString();
    }

    private static int repeats(int[] schedule, int at, int period) {
        int end = at + period;
        while (end < schedule.length && schedule[end] == schedule[end - period]) end++;
        return (end - at) / period;
    }

    private static String token(int[] schedule, int at, int period, int repeats) {
        StringBuilder lanes = new StringBuilder(period > 1 ? "(" : "");
        for (int i = 0; i < period; i++) lanes.append(i == 0 ? "" : " ").append(Integer.toString(schedule[at + i], RADIX));
        if (period > 1) lanes.append(')');
        return repeats == 1 ? lanes.toString() : lanes.append('*').append(repeats).toString();
    }

    /**
     * The schedule that a text says.
     *
     * @param lanes how many lanes there are: each pick is below it
     * @throws Bad when it says none, or one of more than {@value Capsule#PICKS_MAX} picks
     */
    public static int[] parse(String text, int lanes) throws Bad {
        return new Parser(text, lanes).schedule();
    }

    private static final class Parser {
        private final String text;
        private final int lanes;
        private int at;
        private int[] picks = new int[256];
        private int size;

        Parser(String text, int lanes) {
            this.text = text;
            this.lanes = lanes;
        }

        int[] schedule() throws Bad {
            for (skipBlanks(); at < text.length(); skipBlanks()) {
                int begin = at;
                int first = size;
                if (text.charAt(at) == '(') group(begin);
                else add(lane(), begin);
                if (at < text.length() && text.charAt(at) == '*') repeat(first, begin);
                if (at < text.length() && !isBlank(text.charAt(at)) && text.charAt(at) != '(') throw bad("a blank is missing before", at);
            }
            return Arrays.copyOf(picks, size);
        }

        private void group(int begin) throws Bad {
            at++;
            int first = size;
            for (skipBlanks(); at < text.length() && text.charAt(at) != ')'; skipBlanks()) add(lane(), at);
            if (at == text.length()) throw bad("this group has no end:", begin);
            if (size == first) throw bad("this group is empty:", begin);
            at++;
        }

        private void repeat(int first, int begin) throws Bad {
            int digits = ++at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') at++;
            if (at == digits || at - digits > COUNT_DIGITS_MAX) throw bad("a number of times is missing or too large in", begin);
            int times = Integer.parseInt(text.substring(digits, at));
            if (times < 1) throw bad("a number of times is from 1 on, unlike", begin);
            int length = size - first;
            if ((long) first + (long) length * times > Capsule.PICKS_MAX) throw tooMany(begin);
            grow(first + length * times);
            for (int i = 1; i < times; i++) System.arraycopy(picks, first, picks, first + i * length, length);
            size = first + length * times;
        }

        private int lane() throws Bad {
            int begin = at;
            while (at < text.length() && isDigit(text.charAt(at))) at++;
            if (at == begin || at - begin > LANE_DIGITS_MAX) throw bad("not the number of a lane in base 36, with 0 to 9 and a to z:", begin);
            int lane = Integer.parseInt(text.substring(begin, at), RADIX);
            if (lane >= lanes) throw bad("there is no such lane (this scenario has " + lanes + "):", begin);
            return lane;
        }

        private void add(int lane, int begin) throws Bad {
            if (size == Capsule.PICKS_MAX) throw tooMany(begin);
            grow(size + 1);
            picks[size++] = lane;
        }

        private void grow(int to) {
            if (to > picks.length) picks = Arrays.copyOf(picks, Math.max(to, 2 * picks.length));
        }

        private void skipBlanks() {
            while (at < text.length() && isBlank(text.charAt(at))) at++;
        }

        private static boolean isBlank(char c) {
            return c == ' ' || c == '\n';
        }

        private static boolean isDigit(char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
        }

        private Bad tooMany(int begin) {
            return bad("a schedule has at most " + Capsule.PICKS_MAX + " picks, which are exceeded by", begin);
        }

        /** Names what is wrong and quotes the text from there to the next blank. */
        private Bad bad(String message, int begin) {
            int end = begin;
            while (end < text.length() && end < begin + 20 && !isBlank(text.charAt(end))) end++;
            return new Bad(message + " '" + text.substring(begin, end) + "'", begin);
        }
    }
}
