package org.chanrace.model.measure;

/** Where the time of a page fault goes, in the order of its path. */
public enum Stage {
    FAULT("fault delivered", "from the guest's access until userfaultfd can wake the fault thread"),
    FAULT_THREAD_WAIT("waits for the fault thread", "until the destination's fault thread takes it up"),
    REQUEST("request written", "the fault thread's work, until the request is in the return path's socket"),
    REQUEST_TRAVELS("request travels", "the return path: link and latency, until it has arrived at the source"),
    RETURN_PATH_WAIT("waits for the return-path thread", "until the source's return-path thread takes it up"),
    LOOKUP("page looked up", "the return-path thread's work, until the page is sent or queued"),
    LOCK_WAIT("waits for the bitmap lock", "while the migration thread holds it"),
    SENDER_WAIT("waits for the migration thread", "in its queue, mostly while it is stuck in a write to main"),
    SAVE("page written", "the sending thread's work, until all of the page is in the socket"),
    SEND_BUFFER("in the send buffer", "behind what was written to the same connection before"),
    LINK_WAIT("waits for the link", "behind what other connections send"),
    TRANSMISSION("transmission", "the page's own bytes on the link"),
    LATENCY("latency", "of its last packet"),
    RECEIVE_BUFFER("in the receive buffer", "until the receiving thread takes it up"),
    PLACE("page placed", "the receiving thread's work, until the page is in the guest's memory"),
    VCPU_WAKE("vCPU wakes", "until the vCPU runs again"),
    ON_ITS_WAY("was on its way already", "all of it, for a page that was asked for when the background stream had sent it");

    private final String text;
    private final String meaning;

    Stage(String text, String meaning) {
        this.text = text;
        this.meaning = meaning;
    }

    /** A few words for tables and plots. */
    public String text() {
        return text;
    }

    /** From when until when, as a clause. */
    public String meaning() {
        return meaning;
    }

    /** The name in JSON, such as {@code send_buffer}. */
    public String key() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
