/**
 * Random scenarios in random orders, and what should not be among what comes out.
 *
 * <pre>{@code
 * Fuzzing fuzzing = new Fuzzer(Subjects.between(pairings), FuzzSettings.of(1, 10_000)).run(() -> false, new Fuzzer.Listener() {});
 * fuzzing.findings();
 * }</pre>
 *
 * <p>Each seed draws a {@linkplain org.chanrace.generate.Swarm swarm}, a scenario and a {@linkplain org.chanrace.explore.fuzz.Strategy strategy}, and makes
 * {@value org.chanrace.explore.fuzz.FuzzSettings#RUNS_PER_SEED} runs: orders of the {@linkplain org.chanrace.explore.SmallInstance small instance}, or runs of the scenario by time.
 * The {@linkplain org.chanrace.explore.fuzz.Violation.Law laws} of every state are checked after every event. What is found is made small, the scenario first
 * and the order then; findings that the same {@linkplain org.chanrace.explore.OrderingCore ordering core} decides are one.
 *
 * <p><b>Guarantees.</b> What is found depends on the seeds alone: not on the number of workers, and not on time but for how many seeds there are. An ending that
 * an order has is one that {@link org.chanrace.explore.Explorer} finds of the same small instance. Every finding can be made again from what it carries.
 *
 * <p><b>Caveats.</b> Nothing found proves nothing. An order that never lets somebody have his turn is broken off. By time, what ends at a limit is no finding: a guest
 * may write faster than the network carries. When the last order is shrunk the default order is that of the lanes' numbers, which means nothing; the ordering core does.
 */
package org.chanrace.explore.fuzz;
