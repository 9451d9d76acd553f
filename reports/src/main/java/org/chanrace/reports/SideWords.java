package org.chanrace.reports;

import org.chanrace.model.verdict.Monitor;

/** What can be seen of one side of a migration at its end. */
final class SideWords {
    private SideWords() {}

    /** {@code status active, monitor answers}; a monitor that does not answer shows no status. */
    static String of(String status, Monitor monitor) {
        return (monitor == Monitor.ANSWERS ? "status " + status + ", " : "") + "monitor " + monitor.text();
    }
}
