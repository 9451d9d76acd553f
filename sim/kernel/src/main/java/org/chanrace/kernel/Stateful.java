package org.chanrace.kernel;

/**
 * Something whose state can be taken down and put back.
 *
 * <p>State is what decides what happens next. What was logged or traced, and what the scenario fixes, is not part of it.
 */
public interface Stateful {
    /** Writes the state: equal states give equal bytes. */
    void save(StateWriter state);

    /** Takes over a state that {@link #save} has written, of the same scenario. */
    void load(StateReader state);
}
