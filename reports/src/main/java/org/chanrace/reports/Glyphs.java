package org.chanrace.reports;

/** The characters that a text diagram is drawn with. */
record Glyphs(char line, char blocked, char dash, char thick, char right, char left, char tee, char teeLeft, char dot, char status,
        char lost, char more, char rule, char stop, char end, String gap) {
    static final Glyphs UNICODE = new Glyphs('│', '┊', '─', '═', '▶', '◀', '├', '┤', '●', '◆', '✕', '…', '━', '╳', '┴', "⋮");
    static final Glyphs ASCII = new Glyphs('|', ':', '-', '=', '>', '<', '+', '+', '*', '#', 'x', '~', '=', 'X', '+', "...");

    /** The nearest text in ASCII. */
    static String ascii(String text) {
        StringBuilder ascii = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '→' -> ascii.append("->");
                case '×' -> ascii.append('x');
                case '≥' -> ascii.append(">=");
                case '≤' -> ascii.append("<=");
                case '–', '—' -> ascii.append('-');
                case '‘', '’' -> ascii.append('\'');
                case '“', '”' -> ascii.append('"');
                case '…' -> ascii.append("...");
                default -> ascii.append(c < 0x80 ? c : '?');
            }
        }
        return ascii.toString();
    }
}
