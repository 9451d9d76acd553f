/**
 * Benchmarks: the kernel beside other event lists in the same run, and whole migrations.
 *
 * <p>{@link org.chanrace.bench.Hold} measures the set of pending events with the hold model,
 * {@link org.chanrace.bench.Migrations} measures complete runs. {@link org.chanrace.bench.Main} runs what it is asked for and
 * prints the machine and the JDK beside the figures. README.md has the commands, RESULTS.md the figures.
 *
 * <p><b>Caveats.</b> Compare figures of one run only: another run had another machine, or the same one with other guests. The
 * module is in no default build and is never published.
 */
package org.chanrace.bench;
