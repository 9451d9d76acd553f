/**
 * For people who write properties over scenarios with jqwik: a law about every migration, tried on random ones.
 *
 * <h2>How to write one</h2>
 *
 * <p>{@code mvn -DskipTests install}, given at the top of chanrace, puts the artifact {@code org.chanrace:chanrace-jqwik:0.1.0} where Maven finds it. Put it into the
 * test scope, and say which domain the parameters are from:
 *
 * <pre>{@code
 * @Domain(ChanraceDomain.class)
 * class ExampleProperties {
 *     @Property
 *     void aMigrationThatCompletesRunsTheGuestOnTheDestination(@ForAll Scenario scenario, @ForAll long seed) {
 *         Verdict verdict = Simulation.of(scenario).run(seed, false).verdict();
 *         if (verdict.outcome() == Outcome.COMPLETED) assertThat(verdict.guestRunsOn()).isEqualTo(GuestLocation.DESTINATION);
 *     }
 * }
 * }</pre>
 *
 * <p>In this domain a {@link org.chanrace.model.scenario.Scenario} is a sensible one of any kind, a {@link org.chanrace.generate.Sides}
 * likewise, and a {@code long} is a seed. With parameters of other types, add {@code @Domain(DomainContext.Global.class)}. For
 * scenarios of a certain kind, write a provider with {@link org.chanrace.jqwik.ChanraceArbitraries}: between the releases that you run,
 * {@linkplain org.chanrace.jqwik.ChanraceArbitraries#around around} the scenario of your site, or with certain features only; they work
 * with and without the domain.
 *
 * <h2>When one fails</h2>
 *
 * <p>jqwik reports the smallest scenario that it finds to break the law as a file. Save it as {@code law.yaml}, and
 * {@code ./chanrace run law.yaml --seed N --trace} shows what happens, N being the seed in the report.
 *
 * <p><b>Guarantees.</b> Shrinking lowers the choices that a scenario was made of, by {@link org.chanrace.generate.Shrinking}, so it ends in
 * what is plain in everything that does not matter. Whatever is reported loads. The same seed of jqwik gives the same scenarios.
 *
 * <p><b>Caveats.</b> jqwik shrinks for ten seconds unless told otherwise ({@code ShrinkingMode.FULL}). There are no edge cases, and a property
 * over scenarios is never exhaustive. The random scenarios of one version of this artifact are not those of another.
 */
package org.chanrace.jqwik;
