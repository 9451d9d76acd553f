package org.chanrace.model.scenario;

/** A migration capability, as {@code migrate-set-capabilities} names it. */
public enum Capability {
    POSTCOPY_RAM("postcopy-ram"),
    POSTCOPY_PREEMPT("postcopy-preempt"),
    /** Measures; changes nothing in the order of channels. */
    POSTCOPY_BLOCKTIME("postcopy-blocktime"),
    RETURN_PATH("return-path"),
    /** Known by name, so that a scenario that asks for it gets a clear answer: the model does not simulate it yet. */
    MULTIFD("multifd");

    private final String text;

    Capability(String text) {
        this.text = text;
    }

    /** The name in QMP and in scenario files. */
    public String text() {
        return text;
    }
}
