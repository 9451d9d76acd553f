/**
 * The scenario language: YAML files in, {@link org.chanrace.model.scenario.Scenario} records out, and back.
 *
 * <p>{@link org.chanrace.scenarios.ScenarioLoader} reads a file of one or more documents. Each document is composed into YAML
 * nodes that know their position, and bound by hand: no reflection, so nothing is ever swallowed.
 * {@link org.chanrace.scenarios.ScenarioPrinter} writes the canonical form of a scenario; reading it back yields an equal one.
 *
 * <p><b>Guarantees.</b> Loading never throws on bad input: whatever is wrong comes back as
 * {@link org.chanrace.scenarios.Problem}s with file, line and column, all of a file's at once, while the good documents load.
 * A scenario that comes back has been checked as a whole: its releases, traits, machine type and capabilities go together.
 * Time and memory are bounded by the limits of {@link org.chanrace.scenarios.ScenarioLoader}. What is loaded depends on the
 * bytes of the scenario file, and of the CSV files that it names, alone.
 *
 * <p><b>Caveats.</b> Plain and quoted scalars are read alike, by their text: {@code 8.2.0}, {@code "8.2.0"}, {@code on} and
 * {@code "on"}. Where a node is used through an alias, a problem in it is reported at the anchor. After a syntax error the rest
 * of that document, up to the next line {@code ---}, is not looked at.
 */
package org.chanrace.scenarios;
