package org.chanrace.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.chanrace.model.measure.Measurements;
import org.chanrace.model.network.Wire;
import org.chanrace.model.release.Releases;
import org.chanrace.model.scenario.Capability;
import org.chanrace.model.scenario.Distribution.Constant;
import org.chanrace.model.scenario.Endpoint;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.Host;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.OperatorEvent.Action;
import org.chanrace.model.scenario.OperatorEvent.Action.BreakNetwork.Loses;
import org.chanrace.model.scenario.OperatorEvent.When;
import org.chanrace.model.scenario.Paging;
import org.chanrace.model.scenario.Parameters;
import org.chanrace.model.scenario.RunLimits;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.trace.Actor;
import org.chanrace.model.trace.TraceEvent;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of more than 32 KiB: they go in parts, come by one channel, and are broken off by the releases that do so. */
class HugePagesTest {
    private static final int MAIN = 0;
    private static final int PREEMPT = 1;
    private static final long HUGE = 2 << 20;
    private static final int PARTS = 64;
    private static final int PARTS_IN_A_WRITE = 4;
    private static final int PAGES = 24;
    private static final Paging SOME = new Paging(new Constant(11_000), 4_000, 5_000, 2_500, 1_100, 500, 2_100, 2_300, 3_200, 8_000_000_000L);

    /** A part of a page that was given to a socket. */
    private record Sent(int connection, int page, int part) {}

    private static Scenario scenario(String release, Optional<Boolean> breaksHuge, int vcpus, long postcopyBandwidth, Paging paging, OperatorEvent... events) {
        SortedMap<String, Boolean> properties = new TreeMap<>();
        breaksHuge.ifPresent(on -> properties.put(Endpoint.BREAK_HUGE, on));
        Set<Capability> capabilities = EnumSet.of(Capability.POSTCOPY_RAM, Capability.POSTCOPY_PREEMPT);
        Endpoint source = new Endpoint(Releases.shipped().find(release).orElseThrow(), properties, capabilities);
        Endpoint destination = new Endpoint(source.release(), new TreeMap<>(), capabilities);
        List<OperatorEvent> all = new ArrayList<>(List.of(new OperatorEvent(new When.After("active", 1, 0), new Action.StartPostcopy())));
        all.addAll(List.of(events));
        Network d = Network.DEFAULT;
        return new Scenario(
                "huge", "", "", source, destination, "pc-q35-7.2", new Parameters(10 * 2 * HUGE, postcopyBandwidth, 0, 2), false,
                new Network(new Constant(60_000), 1_000_000_000, d.loss(), d.backlog(), 1 << 20, 1 << 20, d.hops(), d.relay()),
                new Guest(PAGES * HUGE, (PAGES - 1) * HUGE, HUGE, vcpus, Guest.Access.SEQUENTIAL, 0, 0, Optional.of(new Guest.Steps(PAGES, vcpus, 0))),
                new Host(new Constant(1000), 400, 1_000_000, 0, paging), all, RunLimits.DEFAULT, Optional.empty());
    }

    /** The parts that the source sends in postcopy, which begins with the first one of a second page of its kind or on preempt. */
    private static List<Sent> sent(Scenario scenario) {
        List<Sent> sent = new ArrayList<>();
        Simulation simulation = Simulation.of(scenario);
        boolean[] postcopy = {false};
        RunResult result = simulation.run(simulation.delays(), (lane, event, now) -> {
            if (simulation.lanes().process(lane) != LaneMap.NETWORK) return;
            if (Wire.kind(event) == Wire.PACKAGED) postcopy[0] = true;
            if (postcopy[0] && Wire.kind(event) == Wire.PAGE_PART) sent.add(new Sent(Wire.connection(event), Wire.firstPage(event), Wire.partNumber(event)));
        }, false);
        assertThat(result.verdict().outcome()).isEqualTo(Outcome.COMPLETED);
        return sent;
    }

    private static List<Integer> partsOf(List<Sent> sent, int page) {
        return sent.stream().filter(s -> s.page() == page).map(Sent::part).toList();
    }

    @ParameterizedTest
    @CsvSource({"7.2.0, false", "7.2.0, true", "8.0.0, false", "8.0.0, true", "10.1.0, false", "10.1.0, true"})
    void aPageGoesOnceInOrderAndOnOneChannel(String release, boolean takesTime) {
        List<Sent> sent = sent(scenario(release, Optional.empty(), 4, 0, takesTime ? SOME : Paging.NONE));
        for (int page = 0; page < PAGES; page++) {
            int p = page;
            List<Integer> parts = partsOf(sent, page);
            assertThat(parts).as("page %d", page).isSorted().doesNotHaveDuplicates();
            if (!parts.isEmpty()) assertThat(parts).hasSize(PARTS);
            assertThat(sent.stream().filter(s -> s.page() == p).map(Sent::connection).distinct().count()).isLessThanOrEqualTo(1);
        }
        assertThat(sent).anyMatch(s -> s.connection() == PREEMPT).anyMatch(s -> s.connection() == MAIN);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void upToSevenTwoThePageInTheBackgroundIsBrokenOff(boolean takesTime) {
        List<Sent> sent = sent(scenario("7.2.0", Optional.empty(), 1, 0, takesTime ? SOME : Paging.NONE));
        int first = firstOnPreempt(sent);
        assertThat(sent.get(first)).isEqualTo(new Sent(PREEMPT, PAGES - 1, 0));
        // What was asked for goes as a whole, and then the rest of what was broken off.
        for (int i = 0; i < PARTS; i++) assertThat(sent.get(first + i)).isEqualTo(new Sent(PREEMPT, PAGES - 1, i));
        Sent before = sent.get(first - 1);
        assertThat(before.part()).isLessThan(PARTS - 1);
        assertThat(sent.get(first + PARTS)).isEqualTo(new Sent(MAIN, before.page(), before.part() + 1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whereThatIsOffItIsFinishedFirst(boolean takesTime) {
        List<Sent> sent = sent(scenario("7.2.0", Optional.of(false), 1, 0, takesTime ? SOME : Paging.NONE));
        assertThat(sent.get(firstOnPreempt(sent) - 1).part()).isEqualTo(PARTS - 1);
    }

    @Test
    void whoBreaksOffAnswersSooner() {
        long broken = latency(scenario("7.2.0", Optional.of(true), 1, 0, SOME));
        long finished = latency(scenario("7.2.0", Optional.of(false), 1, 0, SOME));
        assertThat(broken).isLessThan(finished);
    }

    private static long latency(Scenario scenario) {
        Measurements measurements = Simulation.of(scenario).run(1, false).measurements().orElseThrow();
        assertThat(measurements.latency().count()).isEqualTo(1);
        return measurements.latency().meanNanos();
    }

    /** One of the faults is on the page that the first one broke off: it goes on when that is its turn, on main, and others are answered after it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRequestForTheBrokenPageIsServedInItsTurn(boolean takesTime) {
        List<Sent> sent = sent(scenario("7.2.0", Optional.empty(), 5, 0, takesTime ? SOME : Paging.NONE));
        int first = firstOnPreempt(sent);
        Sent before = sent.get(first - 1);
        int rest = PARTS - 1 - before.part();
        assertThat(rest).isPositive();
        // The vCPUs fault on the firmware, and on the first pages in turn.
        int ahead = 1 + before.page();
        assertThat(ahead).isLessThan(5);
        int at = first + ahead * PARTS;
        for (int i = 0; i < ahead * PARTS; i++) assertThat(sent.get(first + i).connection()).isEqualTo(PREEMPT);
        for (int i = 0; i < rest; i++) assertThat(sent.get(at + i)).isEqualTo(new Sent(MAIN, before.page(), before.part() + 1 + i));
        assertThat(sent.get(at + rest)).isEqualTo(new Sent(PREEMPT, before.page() + 1, 0));
    }

    /** From 8.0 on the return-path thread sends at once, but nothing of a page that the migration thread is at. */
    @Test
    void fromEightZeroOnTheTwoThreadsSendAtTheSameTime() {
        List<Sent> sent = sent(scenario("8.0.0", Optional.empty(), 1, 0, SOME));
        int first = firstOnPreempt(sent);
        int last = 0;
        for (int i = 0; i < sent.size(); i++) if (sent.get(i).connection() == PREEMPT) last = i;
        assertThat(sent.get(first)).isEqualTo(new Sent(PREEMPT, PAGES - 1, 0));
        assertThat(last - first).as("the lock is not held while main is written").isGreaterThanOrEqualTo(PARTS - 1);
        assertThat(sent.get(first - 1).part()).isLessThan(PARTS - 1);
    }

    /** Who sends on preempt keeps the lock of the dirty bitmap while it waits for room there: of the background no more than one write goes out meanwhile. */
    @ParameterizedTest
    @CsvSource({"8.0.0, false", "8.0.0, true", "10.1.0, false", "10.1.0, true"})
    void whoWaitsForRoomOnPreemptHoldsUpTheBackground(String release, boolean takesTime) {
        Scenario scenario = scenario(release, Optional.empty(), 1, 0, takesTime ? SOME : Paging.NONE);
        boolean waits = false;
        int held = 0;
        int sent = 0;
        for (TraceEvent event : Simulation.of(scenario).run(1, true).trace().orElseThrow().events()) {
            if (event.actor() == Actor.SOURCE_RETURN_PATH) waits = event instanceof TraceEvent.Waits wait && wait.reason().contains("room");
            else if (event.actor() == Actor.SOURCE_MIGRATION) {
                if (event instanceof TraceEvent.Waits wait && wait.reason().contains("lock of the dirty bitmap")) held++;
                if (event instanceof TraceEvent.Sent && waits) sent++;
            }
        }
        assertThat(held).isPositive();
        assertThat(sent).isLessThanOrEqualTo(PARTS_IN_A_WRITE);
    }

    private static int firstOnPreempt(List<Sent> sent) {
        for (int i = 0; i < sent.size(); i++) if (sent.get(i).connection() == PREEMPT) return i;
        throw new AssertionError("nothing was sent on preempt");
    }

    /**
     * The link breaks in the midst of pages: what was lost, and what was broken off, is asked for again. Some recoveries get stuck, by release, but a guest
     * that completes has all of its pages.
     */
    @ParameterizedTest
    @CsvSource({"7.1.0, false", "7.1.0, true", "7.2.0, false", "7.2.0, true", "8.0.0, false", "8.0.0, true", "8.2.0, false", "8.2.0, true", "10.1.0, false", "10.1.0, true"})
    void pagesAreConservedThroughPausesAndRecoveries(String release, boolean takesTime) {
        int recovered = 0;
        for (long at = 0; at < 60_000_000; at += 3_700_000) {
            Scenario scenario = scenario(
                    release, Optional.empty(), 2, 0, takesTime ? SOME : Paging.NONE, new OperatorEvent(new When.After("postcopy-active", 1, at), new Action.BreakNetwork(Loses.BOTH)),
                    new OperatorEvent(new When.After("postcopy-paused", 1, 100_000_000), new Action.Recover(new Network.Relay.None())));
            RunResult result = Simulation.of(scenario).run(1, false);
            assertThat(result.verdict().outcome()).as("broken after %d ns: %s", at, result.verdict().reason()).isNotIn(Outcome.GUEST_CORRUPT, Outcome.LIMIT);
            boolean again = result.connections().stream().anyMatch(c -> c.attempt() == 2);
            if (again && result.verdict().outcome() == Outcome.COMPLETED) recovered++;
        }
        assertThat(recovered).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"7.2.0, false", "7.2.0, true", "8.0.0, false", "8.0.0, true", "10.1.0, false", "10.1.0, true"})
    void theyGoOnFromAnyMomentAtWhichTheyWereSaved(String release, boolean takesTime) {
        SavedMoments.check(scenario(release, Optional.empty(), 3, 0, takesTime ? SOME : Paging.NONE));
    }
}
