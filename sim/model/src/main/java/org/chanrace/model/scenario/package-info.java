/**
 * What a run is asked to do: a scenario, as immutable records with every quantity in its base unit.
 *
 * <p>Times are {@code long} nanoseconds, sizes bytes, rates bytes per second; names end in the unit. A scenario that exists
 * has been checked ({@link org.chanrace.model.scenario.Scenario}'s constructor throws on what can never be simulated);
 * reading one from a file, with positions and suggestions, is the business of {@code org.chanrace.scenarios}.
 */
package org.chanrace.model.scenario;
