package org.chanrace.scenarios;

/** A scalar that does not say what it should; the binder knows where it stands. */
final class BadValue extends Exception {
    private static final long serialVersionUID = 1;

    private final String hint;

    BadValue(String message) {
        this(message, "");
    }

    BadValue(String message, String hint) {
        super(message, null, false, false);
        this.hint = hint;
    }

    String hint() {
        return hint;
    }
}
