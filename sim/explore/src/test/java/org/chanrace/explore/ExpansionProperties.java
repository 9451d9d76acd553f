package org.chanrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.scenarios.Loaded;
import org.chanrace.scenarios.ScenarioLoader;
import org.chanrace.scenarios.ScenarioPaths;

/**
 * What is known of parties is what their processes do: along random orders, which know more and more of each other, every step from every state leads by what is known to
 * the state to which it leads when all processes are there and handle each event themselves.
 */
class ExpansionProperties {
    private static final int ORDERS = 6;
    private static final int STEPS = 150;
    private static final Path LIBRARY = Path.of("../../scenarios/library");

    @Provide
    Arbitrary<Scenario> scenarios() {
        return Small.scenarios();
    }

    @Property(tries = 150)
    void whatIsKnownIsWhatIsDone(@ForAll("scenarios") Scenario scenario, @ForAll boolean reduced, @ForAll long seed) {
        new Both(SmallInstance.of(scenario), reduced).go(new SplittableRandom(seed));
    }

    @Example
    void whatIsKnownIsWhatIsDoneInTheLibrary() throws NoSuchFileException {
        int pairings = 0;
        for (Path file : ScenarioPaths.expand(List.of(LIBRARY)))
            for (Loaded loaded : ScenarioLoader.load(file, file.toString()).scenarios()) {
                Scenario scenario = loaded.scenario();
                List<Scenario> all = Stream.concat(scenario.failsIn().stream(), scenario.passesIn().stream()).map(scenario::in).toList();
                for (Scenario one : all.isEmpty() ? List.of(scenario) : all) new Both(SmallInstance.of(one), true).go(new SplittableRandom(++pairings));
            }
        assertThat(pairings).isGreaterThan(300);
    }

    /** One scenario, gone through by what is known and by a walker that knows nothing. */
    private static final class Both {
        private final KnownParties known = new KnownParties();
        private final Expansion expansion;
        private final Reactions reactions;
        private final Walker walker;
        private final String name;
        private final Map<String, List<Long>> fingerprints = new LinkedHashMap<>();
        private final Map<List<Long>, String> states = new LinkedHashMap<>();

        Both(Scenario small, boolean reduced) {
            expansion = new Expansion(small, reduced, known);
            reactions = new Reactions(small, known);
            walker = new Walker(small, reduced);
            name = small.name();
        }

        void go(SplittableRandom random) {
            for (int order = 0; order < ORDERS; order++) {
                expansion.begin();
                walker.begin();
                Candidates there = new Candidates();
                there.add(expansion.high(), expansion.low(), 0, 0, expansion.endingCode(), expansion.state());
                compare(there, 0);
                int at = 0;
                for (int step = 0; step < STEPS && !walker.steps().guestRunsTwice(); step++) {
                    there = compareSteps(there, at);
                    if (there.size == 0) break;
                    at = random.nextInt(there.size);
                    walker.pick(there.lane[at]);
                }
            }
        }

        /** Takes every step from a state in both ways; the walker is back in that state afterwards. */
        private Candidates compareSteps(Candidates from, int at) {
            Snapshots one = new Snapshots(reactions.parties());
            one.add(0, from.parties, at * reactions.parties());
            Candidates found = new Candidates();
            expansion.expand(one, 0, 1, new Visited(), found);
            byte[] here = States.of(walker.steps());
            assertThat(lanes(found)).as(name).isEqualTo(States.ready(walker.steps()));
            boolean switching = false;
            for (int i = 0; i < found.size; i++) {
                walker.pick(found.lane[i]);
                compare(found, i);
                switching |= walker.steps().switching();
                States.load(walker.steps(), here);
            }
            assertThat(found.switching).as(name).isEqualTo(switching);
            return found;
        }

        private void compare(Candidates found, int i) {
            Party[] parties = new Party[reactions.parties()];
            for (int party = 0; party < parties.length; party++) parties[party] = known.party(found.parties[i * parties.length + party]);
            String state = HexFormat.of().formatHex(States.of(walker.steps()));
            assertThat(HexFormat.of().formatHex(States.of(reactions.at(parties)))).as("%s, after lane %d", name, found.lane[i]).isEqualTo(state);
            assertThat(found.ending[i]).as(name).isEqualTo(States.endingCode(walker));
            List<Long> fingerprint = List.of(found.high[i], found.low[i]);
            assertThat(fingerprints.computeIfAbsent(state, first -> fingerprint)).as("however it was reached").isEqualTo(fingerprint);
            assertThat(states.computeIfAbsent(fingerprint, first -> state)).as("what has the same fingerprint").isEqualTo(state);
        }

        private static List<Integer> lanes(Candidates found) {
            List<Integer> lanes = new ArrayList<>();
            for (int i = 0; i < found.size; i++) lanes.add(found.lane[i]);
            return lanes;
        }
    }
}
