/**
 * Random scenarios that somebody might run: one generator for the fuzzer, for properties and for users.
 *
 * <p>Whatever is random about a scenario comes from a {@link org.chanrace.generate.Choices source of choices}, numbers below a bound of
 * which 0 is the simplest (in the manner of TigerBeetle's exhaustigen). So a scenario <em>is</em> its sequence of choices: recorded, it
 * can be replayed, and {@link org.chanrace.generate.Shrinker made smaller} without knowing anything of scenarios.
 *
 * <pre>{@code
 * Recording choices = new Recording(Choices.random(seed));
 * Scenario scenario = ScenarioGenerator.of(Swarm.draw(choices)).generate(choices);
 * int[] smallest = Shrinker.shrink(choices.values(), c -> fails(generate(Choices.replay(c))), 5_000).choices();
 * }</pre>
 *
 * <p><b>Guarantees.</b> A scenario is a function of the choices alone. Whatever comes out loads when it is printed: the machine type is
 * known to both sides, capabilities and properties to the side that has them. The number of choices does not depend on what is chosen:
 * to lower one leaves the others their meaning, which is what lets shrinking end in something small.
 *
 * <p><b>Swarm testing.</b> A {@link org.chanrace.generate.Swarm} says what is possible at all. Drawing it anew for each scenario, every
 * feature in or out with probability one half, finds more than leaving everything possible always: some failures need a feature, others
 * need it not to be in the way (Groce, Zhang, Eide, Chen, Regehr: "Swarm testing", ISSTA 2012).
 *
 * <p><b>Caveats.</b> A sequence of choices means another scenario after the generator has changed: what must last is kept as the scenario
 * file, not as its choices. Sensible scenarios are not all that can be written: distributions from files, huge guests and nonsense are
 * left to tests of the scenario language.
 */
package org.chanrace.generate;
