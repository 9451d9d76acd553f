/**
 * Benchmarks: the kernel beside other event lists in the same run, whole migrations, and the explorer.
 *
 * <p>{@link org.chanrace.bench.Hold} measures the set of pending events with the hold model,
 * {@link org.chanrace.bench.Migrations} measures complete runs, {@link org.chanrace.bench.Exploring} how quick states are visited.
 * {@link org.chanrace.bench.Main} runs what it is asked for and prints the machine and the JDK beside the figures.
 * {@link org.chanrace.bench.Exhausting} is a program of its own: it times full verdicts of scenario files. README.md has the commands,
 * RESULTS.md the figures.
 *
 * <p><b>Caveats.</b> Compare figures of one run only: another run had another machine, or the same one with other guests. The
 * module is in no default build and is never published.
 */
package org.chanrace.bench;
