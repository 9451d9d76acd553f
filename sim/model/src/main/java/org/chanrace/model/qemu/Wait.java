package org.chanrace.model.qemu;

/** What a thread can wait for, as a clause that follows its name. {@code %c} stands for a connection. */
enum Wait {
    NOTHING(""),
    ROOM("waits for room in the send buffer of %c"),
    PONG("waits for a PONG, the proof that the destination reads main"),
    PREEMPT_CONNECTED("waits for its preempt channel to be connected"),
    MAIN_CONNECTED("waits for main to be connected"),
    PACKAGE_LOADED("has nothing more to send, and waits for the destination to say that it has loaded the package"),
    SHUT("has sent everything, and waits for SHUT, the destination's last word"),
    BITMAP("waits for the bitmap of the pages that the destination has"),
    RESUME_ACK("waits for RESUME_ACK"),
    RECOVERY("waits for a recovery"),
    RETURN_PATH("waits for a message on the return path"),
    CONNECTIONS("waits for connections"),
    PREEMPT_BEFORE_LOAD("reads nothing from main before the preempt channel has arrived"),
    PEEK("is blocked looking for the first bytes of %c, which says nothing"),
    DATA("waits for data on %c"),
    PREEMPT_IN_LISTEN("is blocked in the LISTEN command until the preempt channel arrives, which only it could accept"),
    PREEMPT_BEFORE_PACKAGE("does not load the package before the preempt channel has arrived"),
    PREEMPT_CHANNEL("waits for the preempt channel to arrive"),
    PREEMPT_AT_RESUME("waits in the RESUME command for the preempt channel to arrive"),
    DEVICES("waits for the devices to be loaded"),
    JOIN_PREEMPT("has read everything on main, and waits for the preempt thread to end"),
    DRAIN("has read everything on main, and waits for the pages that were asked for and are not there"),
    FAST_LOAD("waits for the preempt channel of a recovery"),
    PAGE("wait for a page"),
    DEVICE_PAGE("is blocked loading a device, which has touched a page that is not here"),
    BITMAP_LOCK("waits for the lock of the dirty bitmap, which the return-path thread has while it sends a page");

    private final String clause;

    Wait(String clause) {
        this.clause = clause;
    }

    /** The clause, with the connection's name in it. */
    String text(String connection) {
        return clause.replace("%c", connection);
    }
}
