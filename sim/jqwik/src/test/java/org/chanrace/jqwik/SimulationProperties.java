package org.chanrace.jqwik;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;
import org.chanrace.model.Inside;
import org.chanrace.model.Simulation;
import org.chanrace.model.network.Sampler;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.trace.Actor;
import org.chanrace.model.trace.Trace;
import org.chanrace.model.trace.Actor;
import org.chanrace.model.trace.TraceEvent;
import org.chanrace.model.verdict.ConnectionFate;
import org.chanrace.model.verdict.GuestLocation;
import org.chanrace.model.verdict.Monitor;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
import org.chanrace.model.verdict.Verdict;
import org.chanrace.scenarios.ScenarioLoader;

/** Laws that hold in every run of every sensible scenario. */
@Domain(ChanraceDomain.class)
class SimulationProperties {
    private static final Pattern RUN = Pattern.compile("(?:zero )?pages? 0x([0-9a-f]+)(?:\\.\\.0x([0-9a-f]+))?(?:, part \\d+, the last)?");

    private static final Set<String> GOES_ON = Set.of("active", "device", "postcopy-device", "postcopy-active", "completed");

    private static RunResult traced(Scenario scenario, long seed) {
        return Simulation.of(scenario).run(seed, true);
    }

    // Determinism.

    @Property
    void theSameSeedGivesTheSameRun(@ForAll Scenario scenario, @ForAll long seed) {
        RunResult first = traced(scenario, seed);
        Runs.same(traced(scenario, seed), first);
        // Tracing changes nothing.
        Runs.same(Simulation.of(scenario).run(seed, false), first.withoutTrace());
        assertThat(Simulation.of(scenario).outcome(seed)).isEqualTo(first.verdict().outcome());
    }

    @Property
    void aSimulationThatHasRunBeforeRunsAsAFreshOne(@ForAll Scenario scenario, @ForAll long seed) {
        Simulation used = Simulation.of(scenario);
        for (long s : new long[] {seed, seed + 1, seed + 2, seed}) Runs.same(used.run(s, s % 2 == 0), Simulation.of(scenario).run(s, s % 2 == 0));
    }

    @Property
    void theScheduleOfARunReplaysIt(@ForAll Scenario scenario, @ForAll long seed) {
        Simulation simulation = Simulation.of(scenario);
        int[] schedule = simulation.schedule(seed);
        Runs.same(simulation.replay(schedule, seed, true), simulation.run(seed, true));
    }

    // Cause and effect.

    @Property
    void whatIsReceivedIsWhatWasSentInOrderAndLater(@ForAll Scenario scenario, @ForAll long seed) {
        RunResult result = traced(scenario, seed);
        Map<Long, TraceEvent.Sent> sent = new HashMap<>();
        Map<String, Long> last = new HashMap<>();
        long before = 0;
        for (TraceEvent event : result.trace().orElseThrow().events()) {
            assertThat(event.nanos()).isGreaterThanOrEqualTo(before);
            before = event.nanos();
            if (event instanceof TraceEvent.Sent s) assertThat(sent.put(s.message(), s)).as("one sending a message").isNull();
            if (!(event instanceof TraceEvent.Received r) || isStranger(result, r.connection())) continue;
            TraceEvent.Sent cause = sent.remove(r.message());
            assertThat(cause).as("%s has a cause", r).isNotNull();
            assertThat(r.connection()).isEqualTo(cause.connection());
            assertThat(r.nanos()).isGreaterThanOrEqualTo(cause.nanos() + leastLatency(scenario));
            if (!r.what().equals("accepted")) {
                assertThat(r.what()).isEqualTo(cause.what());
                assertThat(r.bytes()).isEqualTo(cause.bytes());
            }
            // Messages of a stream are numbered as they are sent.
            String stream = r.connection() + (r.actor().party() == Actor.Party.SOURCE ? " back" : " forth");
            assertThat(r.message()).isGreaterThan(last.getOrDefault(stream, -1L));
            last.put(stream, r.message());
        }
    }

    private static boolean isStranger(RunResult result, int connection) {
        return result.connections().stream().anyMatch(c -> c.number() == connection && c.channel().equals("probe"));
    }

    /** One way, from end to end. */
    private static long leastLatency(Scenario scenario) {
        return hops(scenario.network()) * least(scenario.network().latency());
    }

    private static long least(Distribution distribution) {
        return distribution instanceof Distribution.Mixture mixture ? mixture.parts().stream().mapToLong(part -> least(part.of())).min().orElseThrow() : Sampler.quantile(distribution, 0);
    }

    private static int hops(Network network) {
        return 1 + network.hops().size() + (network.relay() instanceof Network.Relay.None ? 0 : 1);
    }

    @Property
    void aConnectionIsAcceptedThreeLatenciesAfterItIsOpenedAtTheSoonest(@ForAll Scenario scenario, @ForAll long seed) {
        for (ConnectionFate c : traced(scenario, seed).connections()) {
            long least = c.channel().equals("probe") ? least(scenario.network().latency()) : leastLatency(scenario);
            c.acceptedNanos().ifPresent(accepted -> assertThat(accepted).isGreaterThanOrEqualTo(c.openedNanos() + 3 * least));
            c.closedNanos().ifPresent(closed -> assertThat(closed).isGreaterThanOrEqualTo(c.openedNanos()));
            assertThat(c.closedBy().isEmpty()).isEqualTo(c.closedNanos().isEmpty());
            assertThat(c.takenFor().equals("none")).as("%s", c).isEqualTo(c.acceptedNanos().isEmpty());
        }
    }

    // Pages.

    /**
     * A page that could not be written any more is marked as sent in QEMU too; the source gives up or pauses then, or hangs in its
     * completion, and a recovery works out anew what is missing. As long as no connection has been broken since, and the destination has not
     * given up main before it was done (a pause throws away what it has not placed), every page is somewhere.
     */
    @Property
    void everyPageThatTheSourceCountsOnIsOnItOrOnTheDestinationOrOnItsWay(@ForAll Scenario scenario, @ForAll long seed) {
        Simulation simulation = Simulation.of(scenario);
        RunResult result = simulation.run(seed, true);
        Trace trace = result.trace().orElseThrow();
        if (trace.omitted() > 0 || !GOES_ON.contains(result.verdict().sourceStatus()) || brokenInTheLastAttempt(result)) return;
        BitSet somewhere = notReceived(trace);
        for (int page = 0; page < scenario.guest().pages(); page++)
            if (Inside.dirty(simulation).contains(page) || Inside.received(simulation).contains(page)) somewhere.set(page);
        assertThat(somewhere.nextClearBit(0)).as("the first page that is nowhere").isGreaterThanOrEqualTo(scenario.guest().pages());
    }

    /** A packet takes longer than the run waits for it, and nothing comes to the destination that it would look at its pages for. */
    @Example
    void pagesThatAreBeingPlacedWhenTheRunBreaksOffAreSomewhere() {
        Scenario scenario = ScenarioLoader.parse("""
                name: late-packet
                source: 7.0.0
                destination: 7.0.0
                machine: pc-q35-7.0
                capabilities: [postcopy-ram]
                parameters: {max-bandwidth: 128 MiB/s, max-postcopy-bandwidth: unlimited, downtime-limit: 300 ms}
                network: {latency: {pareto: {scale: 1707 us, shape: 1.5}}, bandwidth: 1250 MB/s, send-buffer: 256 KiB, receive-buffer: 1536 KiB, hops: [{kind: proxy, connect: 0 ns}]}
                guest: {memory: 2136 KiB, working-set: 1 MiB, page-size: 4 KiB, vcpus: 1, access: sequential, dirty-rate: 6 MB/s, warm-up: 34 ms}
                host: {wake-up: 100 us, per-page: 400 ns, device-state: 5 ms, start-delay: 3 ms, paging: {wake-up: {lognormal: {median: 12 us, sigma: 0.6}}, fault: 4 us, request: 5 us, lookup: 2 us, save-page: 1 us, locked: 500 ns, send: 2 us, receive: 2 us, place-page: 3200 ns, copy: 8 GB/s}}
                events: [{after: active, by: 99 ms, do: start-postcopy}]
                limit: {virtual-time: 30 s, quiet: 100 ms}
                """, "late-packet.yaml", Path.of(".")).scenarios().get(0).scenario();
        Simulation simulation = Simulation.of(scenario);
        int placing = 0;
        for (long seed = 1; seed <= 400; seed++) {
            simulation.run(seed, false);
            if (Inside.isPlacing(simulation)) placing++;
            everyPageThatTheSourceCountsOnIsOnItOrOnTheDestinationOrOnItsWay(scenario, seed);
        }
        assertThat(placing).as("runs that break off while pages are being placed").isPositive();
    }

    private static boolean brokenInTheLastAttempt(RunResult result) {
        int last = result.connections().stream().mapToInt(ConnectionFate::attempt).max().orElse(1);
        return result.connections().stream().anyMatch(c -> c.attempt() == last && (c.closedBy().equals("network") || c.closedBy().equals("relay") || isGivenUp(c, result)));
    }

    private static boolean isGivenUp(ConnectionFate c, RunResult result) {
        return c.channel().equals("main") && c.closedBy().equals("destination") && !result.verdict().destinationStatus().equals("completed");
    }

    /** Pages in records that were sent and not received. */
    private static BitSet notReceived(Trace trace) {
        Map<Long, String> open = new LinkedHashMap<>();
        for (TraceEvent event : trace.events()) {
            if (event instanceof TraceEvent.Sent s) open.put(s.message(), s.what());
            if (event instanceof TraceEvent.Received r) open.remove(r.message());
        }
        BitSet pages = new BitSet();
        for (String what : open.values()) {
            Matcher run = RUN.matcher(what);
            if (!run.matches()) continue;
            int from = Integer.parseInt(run.group(1), 16);
            pages.set(from, (run.group(2) == null ? from : Integer.parseInt(run.group(2), 16)) + 1);
        }
        return pages;
    }

    @Property
    void aCompletedMigrationHasEveryPageOnTheDestinationAndACorruptOneHasNot(@ForAll Scenario scenario, @ForAll long seed) {
        Simulation simulation = Simulation.of(scenario);
        Verdict verdict = simulation.run(seed, false).verdict();
        int received = Inside.received(simulation).size();
        if (verdict.outcome() == Outcome.COMPLETED) {
            assertThat(received).isEqualTo(scenario.guest().pages());
            assertThat(Inside.dirty(simulation).size()).isZero();
            assertThat(verdict.sourceStatus()).isEqualTo("completed");
            assertThat(verdict.destinationStatus()).isEqualTo("completed");
            assertThat(verdict.guestRunsOn()).isEqualTo(GuestLocation.DESTINATION);
        }
        assertThat(verdict.outcome() == Outcome.GUEST_CORRUPT).isEqualTo(verdict.lostPages() > 0 && verdict.outcome() != Outcome.SPLIT_BRAIN);
    }

    /** In postcopy what the source still has to send is not on the destination: it would be old. */
    @Property
    void aGuestThatRunsOnTheDestinationHasNoOldPage(@ForAll Scenario scenario, @ForAll long seed) {
        Simulation simulation = Simulation.of(scenario);
        Verdict verdict = simulation.run(seed, false).verdict();
        if (verdict.guestRunsOn() != GuestLocation.DESTINATION) return;
        for (int page = Inside.dirty(simulation).next(0); page >= 0; page = Inside.dirty(simulation).next(page + 1))
            assertThat(Inside.received(simulation).contains(page)).as("page %d is on both sides", page).isFalse();
    }

    // The guest.

    @Property
    void theGuestRunsOnBothSidesInASplitBrainAndNeverElse(@ForAll Scenario scenario, @ForAll long seed) {
        RunResult result = traced(scenario, seed);
        boolean ran = false;
        for (TraceEvent event : result.trace().orElseThrow().events()) {
            if (!(event instanceof TraceEvent.Noted n)) continue;
            if (n.actor() == Actor.DESTINATION_MAIN_LOOP && n.what().equals("runs the guest")) ran = true;
            if (n.what().startsWith("is started anew")) ran = false;
        }
        boolean onSource = result.verdict().guestRunsOn() == GuestLocation.SOURCE || result.verdict().guestRunsOn() == GuestLocation.BOTH;
        assertThat(result.verdict().outcome() == Outcome.SPLIT_BRAIN).isEqualTo(onSource && ran);
        boolean stopped = false;
        for (TraceEvent event : result.trace().orElseThrow().events()) {
            if (!(event instanceof TraceEvent.Noted n)) continue;
            if (n.what().equals("stops the guest")) stopped = true;
            if (n.what().equals("runs the guest")) assertThat(stopped).as("the source's guest stands when the destination's runs").isTrue();
        }
    }

    // Verdicts.

    @Property
    void aVerdictSaysOneThing(@ForAll Scenario scenario, @ForAll long seed) {
        Verdict v = Simulation.of(scenario).run(seed, false).verdict();
        assertThat(v.reason()).isNotBlank();
        assertThat(v.sourceMonitor() == Monitor.GONE).isEqualTo(v.outcome() == Outcome.SOURCE_CRASH);
        if (v.outcome() == Outcome.DESTINATION_CRASH) assertThat(v.destinationMonitor()).isEqualTo(Monitor.GONE);
        if (v.outcome() == Outcome.FAILED) assertThat(v.guestRunsOn()).isEqualTo(GuestLocation.SOURCE);
        if (v.outcome() == Outcome.COMPLETED) assertThat(v.waits()).isEmpty();
        else assertThat(v.advice()).isNotBlank();
        boolean stall = v.outcome() == Outcome.SETUP_STALL || v.outcome() == Outcome.PRECOPY_STALL || v.outcome() == Outcome.POSTCOPY_STALL;
        if (stall) assertThat(v.waits()).as(v.reason()).isNotEmpty();
        else assertThat(v.cycle()).isEmpty();
    }

    /** Laws about outcomes that never happen would prove nothing. Always the same scenarios: this is about the generator. */
    @Property(tries = 1000, seed = "1", shrinking = ShrinkingMode.OFF)
    @StatisticsReport(StatisticsReportMode.OFF)
    void sensibleScenariosEndInManyWays(@ForAll Scenario scenario, @ForAll long seed) {
        Statistics.collect(Simulation.of(scenario).outcome(seed));
        Statistics.coverage(seen -> {
            for (Outcome outcome : List.of(Outcome.COMPLETED, Outcome.PRECOPY_STALL, Outcome.POSTCOPY_STALL, Outcome.POSTCOPY_PAUSED, Outcome.FAILED, Outcome.LIMIT,
                    Outcome.GUEST_CORRUPT, Outcome.DESTINATION_CRASH)) seen.check(outcome).count(count -> count > 0);
        });
    }

    @Property
    void aCycleOfWaitsIsACycle(@ForAll Scenario scenario, @ForAll long seed) {
        RunResult result = Simulation.of(scenario).run(seed, false);
        List<Verdict.ThreadWait> cycle = result.verdict().cycle();
        List<String> threads = new ArrayList<>();
        for (int i = 0; i < cycle.size(); i++) {
            assertThat(cycle.get(i).awaited()).isEqualTo(cycle.get((i + 1) % cycle.size()).thread());
            assertThat(cycle.get(i).sinceNanos()).isBetween(0L, result.virtualNanos());
            threads.add(cycle.get(i).thread());
        }
        assertThat(threads).doesNotHaveDuplicates();
    }
}
