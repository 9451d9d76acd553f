package org.chanrace.model.qemu;

import java.util.Optional;

/** A migration status as {@code query-migrate} shows it. */
public enum Status {
    NONE("none"),
    SETUP("setup"),
    ACTIVE("active"),
    DEVICE("device"),
    POSTCOPY_DEVICE("postcopy-device"),
    POSTCOPY_ACTIVE("postcopy-active"),
    POSTCOPY_PAUSED("postcopy-paused"),
    POSTCOPY_RECOVER_SETUP("postcopy-recover-setup"),
    POSTCOPY_RECOVER("postcopy-recover"),
    COMPLETED("completed"),
    FAILED("failed"),
    CANCELLING("cancelling"),
    CANCELLED("cancelled");

    private final String text;

    Status(String text) {
        this.text = text;
    }

    /** The word in QMP. */
    public String text() {
        return text;
    }

    /** Whether the switch to postcopy has been made and the migration is not over. */
    public boolean inPostcopy() {
        return switch (this) {
            case POSTCOPY_DEVICE, POSTCOPY_ACTIVE, POSTCOPY_PAUSED, POSTCOPY_RECOVER_SETUP, POSTCOPY_RECOVER -> true;
            default -> false;
        };
    }

    /** Whether nothing comes after it. */
    public boolean isFinal() {
        return this == COMPLETED || this == FAILED || this == CANCELLED;
    }

    /** The status of this name. */
    public static Optional<Status> of(String text) {
        for (Status status : values()) if (status.text.equals(text)) return Optional.of(status);
        return Optional.empty();
    }
}
