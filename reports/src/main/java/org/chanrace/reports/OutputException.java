package org.chanrace.reports;

/** A report could not be written; the message is one line that names the file and what stands in the way. */
public final class OutputException extends Exception {
    /** With a message for the user and the cause. */
    public OutputException(String message, Throwable cause) {
        super(message, cause);
    }
}
