package org.chanrace.scenarios;

import java.util.ArrayList;
import java.util.List;
import org.chanrace.model.release.Release;
import org.chanrace.model.release.Trait;

/** The migration statuses that {@code query-migrate} shows. */
public final class Status {
    /** All that the model knows. */
    static final List<String> ALL = List.of("none", "setup", "active", "pre-switchover", "device", "postcopy-device", "postcopy-active",
            "postcopy-paused", "postcopy-recover-setup", "postcopy-recover", "completed", "failing", "failed", "cancelling", "cancelled");

    /** Those that a source can come to, so that something can be done after them. */
    static final List<String> AFTER = after();

    private Status() {}

    private static List<String> after() {
        List<String> statuses = new ArrayList<>(ALL);
        statuses.remove("none");
        return List.copyOf(statuses);
    }

    /** The status of this name. */
    static String named(String text, List<String> known) throws BadValue {
        return Fields.word(text, "unknown status ", known.toArray(String[]::new), status -> status);
    }

    /** Whether a source of this release can ever have a status. */
    public static boolean isReachable(String status, Release source) {
        return switch (status) {
            case "postcopy-device" -> source.is(Trait.SWITCHOVER_STATES, "postcopy-device");
            case "postcopy-recover-setup" -> source.is(Trait.RECOVER_SETUP, "yes");
            default -> true;
        };
    }
}
