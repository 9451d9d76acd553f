/**
 * A scenario brought to life: {@link org.chanrace.model.Simulation} wires the processes to their lanes, runs them, and reads the
 * verdict off their final state.
 *
 * <p>Data flows one way: {@code Scenario} (records) to {@code Simulation} (processes and lanes) to a strategy to {@code RunResult}.
 * A simulation is an arena: made once for a scenario, and run for one seed after the other by one thread.
 */
package org.chanrace.model;
