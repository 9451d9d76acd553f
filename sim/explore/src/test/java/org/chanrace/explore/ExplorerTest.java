package org.chanrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.chanrace.explore.Exploration.Found;
import org.chanrace.explore.Order.Move;
import org.chanrace.model.Simulation;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.OperatorEvent.Action;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.GuestLocation;
import org.chanrace.model.verdict.Monitor;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
import org.junit.jupiter.api.Test;

/** Try every order of a pairing: what can come out, and how. */
class ExplorerTest {
    /** Buffers that fill up included: what is explored does not depend on the reduction, and what is shown is what it shows. */
    @Test
    void withoutReductionItIsTheSameInstance() {
        Scenario scenario = Explored.written("""
                source: 7.2.0
                destination: 7.2.0
                machine: pc-q35-7.2
                capabilities: [postcopy-ram, postcopy-preempt]
                events: [{after: active, by: 1 s, do: start-postcopy}]
                explore: {pages: 3, precopy-rounds: 1, faults: 0, device-faults: 0}
                """);
        Exploration reduced = Explorer.explore(scenario, Settings.DEFAULT);
        Exploration full = Explorer.explore(scenario, new Settings(false, 1L << 30, 2));
        assertThat(full.small()).isEqualTo(reduced.small());
        assertThat(full.small().network().receiveBuffer()).isPositive();
        assertThat(full.complete()).isTrue();
        assertThat(full.reduced()).contains(reduced);
        assertThat(full.contradictsReduction()).isFalse();
        assertThat(full.states()).isGreaterThan(10 * reduced.states());
        assertThat(full.found()).hasSameSizeAs(reduced.found()).hasSizeGreaterThan(3).allMatch(full::isReduced);
        for (int i = 0; i < full.found().size(); i++) assertThat(full.found().get(i).witness()).isEqualTo(reduced.found().get(i).witness());
    }

    @Test
    void everyOrderOf_10_0_Completes() {
        Exploration exploration = Explorer.explore(Small.pairing("10.0.0", "10.0.0", "pc-q35-9.2"), Settings.DEFAULT);
        assertThat(exploration.complete()).isTrue();
        assertThat(exploration.bad()).isEmpty();
        assertThat(exploration.completes()).isTrue();
        assertThat(exploration.found()).hasSize(1);
    }

    @Test
    void mainAndPreemptOf_7_2_CanComeUpSwapped() {
        Exploration exploration = Explorer.explore(Small.pairing("7.2.0", "7.2.0", "pc-q35-7.2"), Settings.DEFAULT);
        Found stall = exploration.bad().stream().filter(f -> f.ending().outcome() == Outcome.PRECOPY_STALL).findFirst().orElseThrow();
        List<String> steps = stall.witness().order().choices().stream().map(Order.Move::words).toList();
        assertThat(indexOf(steps, "the ACK of connection 2 (preempt) arrives")).isLessThan(indexOf(steps, "the ACK of connection 1 (main) arrives"));
        assertThat(stall.witness().result().connections()).anyMatch(c -> c.channel().equals("preempt") && c.takenFor().equals("main"));
    }

    @Test
    void aSourceThatOpensPreemptLateNeverGetsAnywhereWith_7_2() {
        Exploration exploration = Explorer.explore(Small.pairing("8.0-rc1", "7.2.0", "pc-q35-7.2"), Settings.DEFAULT);
        assertThat(exploration.completes()).as("not even once").isFalse();
        assertThat(exploration.found()).allMatch(f -> f.ending().outcome() == Outcome.PRECOPY_STALL);
    }

    @Test
    void everyWitnessEndsAsItSays() {
        for (String release : List.of("7.2.0", "8.2.0", "11.1.0")) {
            Scenario scenario = Small.of("name: x\nsource: " + release + "\ndestination: " + release + "\nmachine: pc-q35-7.2\ncapabilities: [postcopy-ram, postcopy-preempt]\n"
                    + "explore: {pages: 2, precopy-rounds: 1, faults: 1, device-faults: 0, network-cuts: 1, operator: [start-postcopy]}\n");
            for (Found found : Explorer.explore(scenario, Settings.DEFAULT).found()) {
                RunResult run = found.witness().result();
                Ending ending = found.ending();
                assertThat(run.verdict().guestRunsOn()).as(release + " " + ending).isEqualTo(ending.guestRunsOn());
                assertThat(run.verdict().outcome()).as(release + " " + ending).isEqualTo(ending.outcome());
                assertThat(run.verdict().sourceMonitor()).isEqualTo(ending.sourceMonitor());
                assertThat(run.verdict().destinationMonitor()).isEqualTo(ending.destinationMonitor());
                RunResult again = Simulation.of(SmallInstance.of(scenario)).replayOrder(found.witness().order().schedule(), true);
                assertThat(again).isEqualTo(run);
            }
        }
    }

    @Test
    void nothingDependsOnTheNumberOfThreads() {
        Scenario scenario = Small.of("name: x\nsource: 7.2.0\ndestination: 8.2.0\nmachine: pc-q35-7.2\ncapabilities: [postcopy-ram, postcopy-preempt]\n"
                + "explore: {pages: 2, precopy-rounds: 1, faults: 1, device-faults: 0, network-cuts: 1, operator: [start-postcopy, resume]}\n");
        Exploration one = Explorer.explore(scenario, Settings.DEFAULT);
        Exploration four = Explorer.explore(scenario, new Settings(true, 1L << 30, 4));
        assertThat(one.states()).as("enough for several threads").isGreaterThan(10_000);
        assertThat(four).isEqualTo(one);
    }

    @Test
    void whatIsFoundBeforeTheMemoryRunsOutIsKept() {
        Scenario scenario = Small.of("name: x\nsource: 7.2.0\ndestination: 8.2.0\nmachine: pc-q35-7.2\ncapabilities: [postcopy-ram, postcopy-preempt]\n"
                + "explore: {pages: 2, precopy-rounds: 1, faults: 1, device-faults: 0, network-cuts: 1, operator: [start-postcopy, resume]}\n");
        Exploration some = Explorer.explore(scenario, new Settings(true, 1L << 19, 1));
        assertThat(some.complete()).isFalse();
        assertThat(some.frontier()).isPositive();
        assertThat(some.found()).isNotEmpty();
        assertThat(Explorer.explore(scenario, new Settings(true, 1L << 19, 3))).isEqualTo(some);
        List<Ending> all = Explorer.explore(scenario, Settings.DEFAULT).found().stream().map(Found::ending).toList();
        assertThat(all).containsAll(some.found().stream().map(Found::ending).toList());
    }

    @Test
    void vcpusAreAlike() {
        String text = "name: x\nsource: 8.0.0\ndestination: 8.0.0\nmachine: pc-q35-8.0\ncapabilities: [postcopy-ram, postcopy-preempt]\nguest: {memory: 16 MiB, vcpus: %d}\n"
                + "explore: {operator: [start-postcopy]}\n";
        Exploration one = Explorer.explore(Small.of(text.formatted(1)), Settings.DEFAULT);
        Exploration two = Explorer.explore(Small.of(text.formatted(2)), Settings.DEFAULT);
        assertThat(two.found()).hasSameSizeAs(one.found());
        for (Found found : two.found()) assertThat(found.witness().result().verdict().outcome()).isEqualTo(found.ending().outcome());
    }

    @Test
    void whatIsBad() {
        assertThat(ending(Outcome.COMPLETED, GuestLocation.DESTINATION, Monitor.ANSWERS, false).isBad()).isFalse();
        assertThat(ending(Outcome.COMPLETED, GuestLocation.DESTINATION, Monitor.HUNG, false).isBad()).isTrue();
        assertThat(ending(Outcome.FAILED, GuestLocation.SOURCE, Monitor.GONE, false).isBad()).isTrue();
        assertThat(ending(Outcome.FAILED, GuestLocation.SOURCE, Monitor.GONE, true).isBad()).isFalse();
        assertThat(ending(Outcome.FAILED, GuestLocation.NEITHER, Monitor.GONE, true).isBad()).isTrue();
        assertThat(ending(Outcome.POSTCOPY_PAUSED, GuestLocation.DESTINATION, Monitor.ANSWERS, true).isBad()).isFalse();
        assertThat(ending(Outcome.SPLIT_BRAIN, GuestLocation.BOTH, Monitor.ANSWERS, true).isBad()).isTrue();
        for (Outcome outcome : Outcome.values()) {
            Ending ending = ending(outcome, GuestLocation.NEITHER, Monitor.GONE, true);
            assertThat(Ending.of(ending.code())).isEqualTo(ending);
            Ending sought = new Ending(outcome, GuestLocation.SOURCE, Monitor.HUNG, Monitor.ANSWERS, false, true);
            assertThat(Ending.of(sought.code())).isEqualTo(sought);
        }
    }

    /** Whether the package is written before or after the source learns of the break is not the same, although nothing breaks any more. */
    @Test
    void whatTheSourceKnowsOfABreakWhenItSendsThePackageMatters() {
        Scenario small = SmallInstance.of(Small.of("name: a\nsource: 8.1.0\ndestination: 8.1.0\nmachine: q35\ncapabilities: [postcopy-ram]\nevents:\n  - {after: active, do: start-postcopy}\n"
                + "  - {after: postcopy-active, do: break-network}\nexplore: {pages: 2, precopy-rounds: 1, faults: 0, device-faults: 0}\n"));
        Set<Ending> reduced = new Search(small, Settings.DEFAULT).run().endings().keySet();
        assertThat(reduced).extracting(Ending::outcome).contains(Outcome.SOURCE_CRASH);
    }

    /** A destination that is gone keeps its connections as long as it may be started anew: also when the command is given, and waits for the source's main loop. */
    @Test
    void aMigrationThatWasAskedForStillFollows() {
        Scenario scenario = Small.of("name: x\nsource: 7.1.0\ndestination: 7.1.0\nmachine: pc-q35-7.1\n"
                + "explore: {pages: 2, precopy-rounds: 0, faults: 0, device-faults: 0, network-cuts: 0, operator: [probe, migrate, migrate]}\n");
        Exploration exploration = Explorer.explore(scenario, Settings.DEFAULT);
        assertThat(exploration.complete()).isTrue();
        assertThat(exploration.found()).anyMatch(found -> found.ending().outcome() == Outcome.COMPLETED);
        for (Found found : exploration.found()) Laws.replays(exploration.small(), found.witness());
    }

    private static Ending ending(Outcome outcome, GuestLocation guest, Monitor destination, boolean disturbed) {
        return new Ending(outcome, guest, Monitor.ANSWERS, destination, disturbed, false);
    }

    private static int indexOf(List<String> steps, String start) {
        for (int i = 0; i < steps.size(); i++) if (steps.get(i).startsWith(start)) return i;
        throw new AssertionError("nothing begins with '" + start + "' in " + steps);
    }

    // What nothing is said about.

    /** When the migration completes the source has looked for the last time; until it sends its first page, all of the guest is left to switch with. */
    @Test
    void aSwitchThatIsAskedForTooLateTakesNoEffect() {
        String text = "source: 8.2.0\ndestination: 8.2.0\nmachine: q35\ncapabilities: [postcopy-ram]\nexplore: {pages: 2, precopy-rounds: 0, faults: 0, device-faults: 0}\n"
                + "events: [{after: %s, do: start-postcopy}]\n";
        Exploration never = Explorer.explore(Small.of(text.formatted("device")), Settings.DEFAULT);
        assertThat(never.bad()).isEmpty();
        assertThat(never.ineffective()).extracting(OperatorEvent::action).containsExactly(new Action.StartPostcopy());
        assertThat(Explorer.explore(Small.of(text.formatted("active")), Settings.DEFAULT).ineffective()).isEmpty();
    }

    @Test
    void aCommandThatWaitsForAStatusInVainTakesNoEffect() {
        String text = "source: 8.2.0\ndestination: 8.2.0\nmachine: q35\ncapabilities: [postcopy-ram]\nexplore: {pages: 2, precopy-rounds: 1, faults: 0, device-faults: 0, network-cuts: %d, operator: [start-postcopy, resume, migrate]}\n";
        Exploration calm = Explorer.explore(Small.of(text.formatted(0)), Settings.DEFAULT);
        assertThat(calm.ineffective()).extracting(e -> e.action().getClass().getSimpleName()).containsExactly("Resume", "Migrate");
        assertThat(Explorer.explore(Small.of(text.formatted(1)), Settings.DEFAULT).ineffective()).isEmpty();
        assertThat(Explorer.explore(Small.of(text.formatted(0)), new Settings(false, 1L << 30, 2)).ineffective()).isEqualTo(calm.ineffective());
        assertThat(Explorer.explore(Small.of(text.formatted(0)), new Settings(true, 1 << 12, 1)).ineffective()).as("not all was tried").isEmpty();
        assertThat(Explorer.exploreTimed(Small.of(text.formatted(0)), Settings.DEFAULT).ineffective()).isEqualTo(calm.ineffective());
    }

    // What the model owes to QEMU in orders that nobody thought of.

    /** A process that is gone cannot accept what is on its way to it: the kernel resets it, and the source, which waits for SHUT, hears of it. */
    @Test
    void aConnectionToAProcessThatIsGoneIsResetForItsReaderToo() {
        Exploration exploration = Explorer.explore(
                Small.of("source: 10.0.13\ndestination: 10.0.13\nmachine: q35\ncapabilities: [postcopy-ram]\n"
                        + "explore: {pages: 3, precopy-rounds: 1, operator: [probe], finds: {outcome: destination-crash, source-status: device}}\n"),
                Settings.DEFAULT);
        assertThat(exploration.complete()).isTrue();
        assertThat(exploration.sought()).isEmpty();
        assertThat(exploration.found()).extracting(f -> f.ending().outcome()).contains(Outcome.FAILED);
    }

    /** The operator pauses it while it waits in RESUME for preempt, and not for main: when it reads main again, it notices. */
    @Test
    void aListenThreadNoticesAPauseThatCameWhileItWasAtSomethingElse() {
        Exploration exploration = Explorer.explore(
                Small.of("source: 10.0.13\ndestination: 10.0.13\nmachine: q35\ncapabilities: [postcopy-ram, postcopy-preempt]\n"
                        + "explore: {pages: 2, precopy-rounds: 1, faults: 0, device-faults: 0, operator: [start-postcopy, pause-source, pause-destination, resume],"
                        + " finds: {outcome: postcopy-stall, destination-status: postcopy-active, waits: listen thread waits for data on connection 3}}\n"),
                Settings.DEFAULT);
        assertThat(exploration.complete()).isTrue();
        assertThat(exploration.sought()).isEmpty();
    }

    /** The listen thread has read the end, and the main loop has still to clean up: that main breaks now makes no difference to anybody. */
    @Test
    void nobodyReadsMainBehindItsEnd() {
        Exploration exploration = Explorer.explore(
                Small.of("""
                        source: 10.1.0
                        destination: master
                        machine: pc-q35-10.1
                        capabilities: [postcopy-ram]
                        guest: {memory: 64 KiB, working-set: 0 B}
                        events:
                          - {after: active, do: start-postcopy}
                          - {after: postcopy-active, do: break-network}
                          - {after: cancelled, do: migrate, one-of: again}
                          - {after: failed, do: migrate, one-of: again}
                          - {after: active, occurrence: 2, do: start-postcopy}
                        explore: {pages: 2, precopy-rounds: 0, faults: 0, device-faults: 0, syn-losses: 0}
                        """),
                Settings.DEFAULT);
        assertThat(exploration.complete()).isTrue();
        assertThat(exploration.completes()).isTrue();
    }

    /** That the process died in which the guest ran as well does not undo what it did there: the source runs a guest that is behind its disks. */
    @Test
    void aGuestThatHasRunOnTheDestinationAndRunsOnTheSourceAgainIsInTwo() {
        Exploration exploration = Explorer.explore(
                Small.of("source: 10.2.0\ndestination: master\nmachine: pc-q35-7.2\ncapabilities: [postcopy-ram]\n"
                        + "explore: {pages: 1, precopy-rounds: 0, faults: 0, device-faults: 0, operator: [start-postcopy, pause-destination, probe]}\n"),
                Settings.DEFAULT);
        List<Found> split = exploration.found().stream().filter(f -> f.ending().outcome() == Outcome.SPLIT_BRAIN).toList();
        assertThat(split).extracting(f -> f.ending().guestRunsOn()).containsExactlyInAnyOrder(GuestLocation.SOURCE, GuestLocation.BOTH);
        for (Found found : split) {
            boolean both = found.ending().guestRunsOn() == GuestLocation.BOTH;
            assertThat(found.ending().destinationMonitor()).isEqualTo(both ? Monitor.ANSWERS : Monitor.GONE);
            assertThat(found.witness().result().verdict().reason())
                    .startsWith(both ? "the guest runs on both sides: " : "the guest has run on the destination, whose process is gone since, and runs on the source again: ");
            assertThat(found.witness().order().moves()).extracting(Move::words).contains("the destination has loaded its devices, and runs the guest");
        }
    }

    /** What is sought goes by who waits for what, which a thread is to know of states to which another one has come. */
    @Test
    void whatIsSoughtByItsMechanismDoesNotDependOnThreads() {
        Scenario race = Explored.library("races/r09-drain-without-an-exit.yaml");
        Scenario pairing = race.in(race.failsIn().get(0));
        Exploration alone = Explorer.explore(pairing, Settings.DEFAULT);
        assertThat(alone.sought()).isNotEmpty();
        assertThat(Explorer.explore(pairing, new Settings(true, 1L << 30, 3))).isEqualTo(alone);
    }
}
