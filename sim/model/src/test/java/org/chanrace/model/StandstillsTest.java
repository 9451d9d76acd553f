package org.chanrace.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chanrace.model.network.Wire;
import org.chanrace.model.scenario.Distribution.Constant;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.Guest.Touching;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.Network.Relay.Target;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.OperatorEvent.Action;
import org.chanrace.model.scenario.OperatorEvent.Action.StandStill.Party;
import org.chanrace.model.scenario.OperatorEvent.When;
import org.chanrace.model.scenario.RunLimits;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.trace.TraceEvent;
import org.chanrace.model.verdict.ConnectionFate;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
import org.junit.jupiter.api.Test;

class StandstillsTest {
    private static final long MS = 1_000_000;
    private static final long LATENCY = 100_000;
    private static final Set<Party> ALL = EnumSet.allOf(Party.class);

    private static OperatorEvent startPostcopy() {
        return new OperatorEvent(new When.After("active", 1, 300 * MS), new Action.StartPostcopy());
    }

    private static OperatorEvent at(long nanos, long lasts, Set<Party> of) {
        return new OperatorEvent(new When.At(nanos), new Action.StandStill(lasts, of));
    }

    private static Scenario scenario(String releases, Relay relay, OperatorEvent... events) {
        Scenario s = Samples.scenario(releases, releases, "pc-q35-7.2", relay, 1024, List.of(events));
        return s.with(s.network().withLatency(new Constant(LATENCY)));
    }

    private static RunResult run(Scenario scenario) {
        return Simulation.of(scenario).run(1, true);
    }

    private static ConnectionFate connection(RunResult result, int number) {
        return result.connections().get(number - 1);
    }

    @Test
    void standstillsThatOverlapAreOne() {
        Standstills standstills = new Standstills();
        assertThat(standstills.begin(Party.SOURCE, 100, 50)).isEqualTo(50);
        assertThat(standstills.begin(Party.SOURCE, 120, 10)).as("it would have stood still anyway").isZero();
        assertThat(standstills.begin(Party.SOURCE, 140, 30)).isEqualTo(20);
        assertThat(standstills.runs(Party.SOURCE, 145)).isEqualTo(170);
        assertThat(standstills.runs(Party.SOURCE, 171)).isEqualTo(171);
        assertThat(standstills.runs(Party.RELAY, 145)).isEqualTo(145);
        assertThat(standstills.begin(Party.SOURCE, 200, 5)).isEqualTo(5);
        assertThat(standstills.stoodStill(Party.SOURCE)).isEqualTo(75);
        assertThat(standstills.stoodStill(Party.DESTINATION)).isZero();
    }

    /** The source's SYN goes unanswered until the destination's kernel runs again. */
    @Test
    void aKernelThatStandsStillAnswersNothing() {
        RunResult usual = run(scenario("8.2.0", new Relay.None(), startPostcopy()));
        RunResult late = run(scenario("8.2.0", new Relay.None(), startPostcopy(), at(0, 50 * MS, EnumSet.of(Party.DESTINATION))));
        assertThat(connection(usual, 1).acceptedNanos()).hasValue(100_000 + 3 * LATENCY);
        assertThat(connection(late, 1).openedNanos()).isEqualTo(connection(usual, 1).openedNanos());
        // SYN-ACK and ACK are still to travel.
        assertThat(connection(late, 1).acceptedNanos()).hasValue(50 * MS + 2 * LATENCY);
        assertThat(late.verdict().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    /** The source's QEMU and kernel do nothing meanwhile: what the destination has asked for waits, and the wake-up of who connects, too. */
    @Test
    void aSourceThatStandsStillOpensNothing() {
        RunResult late = run(scenario("8.2.0", new Relay.None(), startPostcopy(), at(50_000, 50 * MS, EnumSet.of(Party.SOURCE))));
        assertThat(connection(late, 1).openedNanos()).isEqualTo(50 * MS + 50_000);
    }

    @Test
    void aTimerOfTheRelayGoesOffWhenItGoesOn() {
        Relay delay = new Relay.Delay(new Target.Role("preempt"), 100 * MS);
        RunResult usual = run(scenario("8.2.0", delay, startPostcopy()));
        long opened = connection(usual, 2).openedNanos();
        long passedOn = opened + LATENCY * 3 + 100 * MS;
        assertThat(connection(usual, 2).acceptedNanos().getAsLong()).isBetween(passedOn, passedOn + MS);
        RunResult late = run(scenario("8.2.0", delay, startPostcopy(), at(opened + 50 * MS, 70 * MS, EnumSet.of(Party.RELAY))));
        assertThat(connection(late, 2).openedNanos()).isEqualTo(opened);
        assertThat(connection(late, 2).acceptedNanos()).as("SYN, SYN-ACK, ACK").hasValue(opened + 120 * MS + 3 * LATENCY);
        RunResult over = run(scenario("8.2.0", delay, startPostcopy(), at(opened + 50 * MS, 10 * MS, EnumSet.of(Party.RELAY))));
        assertThat(connection(over, 2).acceptedNanos()).as("it goes on before").isEqualTo(connection(usual, 2).acceptedNanos());
    }

    /** A command is read when the main loop runs again. */
    @Test
    void theOperatorsCommandsWait() {
        long commands = 303 * MS;
        RunResult late = run(scenario("8.2.0", new Relay.None(), startPostcopy(), at(300 * MS, 200 * MS, ALL)));
        List<Long> given = new ArrayList<>();
        for (TraceEvent event : late.trace().orElseThrow().events())
            if (event instanceof TraceEvent.Noted noted && noted.what().equals("migrate-start-postcopy")) given.add(noted.nanos());
        assertThat(given).hasSize(2);
        assertThat(given.get(0)).isBetween(commands, commands + MS);
        assertThat(given.get(1)).isEqualTo(500 * MS);
    }

    /** Nothing moves for longer than a run has patience for, and yet nothing is stuck. */
    @Test
    void aStandstillIsNotSilence() {
        Scenario s = scenario("8.2.0", new Relay.None(), startPostcopy(), at(200 * MS, 10_000 * MS, ALL));
        assertThat(s.limits().quietNanos()).isLessThan(10_000 * MS);
        RunResult result = run(s);
        assertThat(result.verdict().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(result.virtualNanos()).isGreaterThan(10_200 * MS);
    }

    /** Who replays a schedule comes to the same limit at the same moment, though nothing was picked that would have come to it. */
    @Test
    void aRunThatIsBrokenOffInAStandstillReplays() {
        Scenario s = scenario("8.2.0", new Relay.None(), startPostcopy(), at(200 * MS, 10_000 * MS, ALL));
        Scenario brief = new Scenario(s.name(), s.title(), s.because(), s.source(), s.destination(), s.machine(), s.parameters(), s.tls(), s.network(), s.guest(), s.host(),
                s.events(), new RunLimits(1_000 * MS, 4_500 * MS, 1_000_000), Optional.empty());
        Simulation simulation = Simulation.of(brief);
        RunResult run = simulation.run(1, true);
        assertThat(run.verdict().outcome()).isEqualTo(Outcome.LIMIT);
        assertThat(simulation.replay(simulation.schedule(1), 1, true)).isEqualTo(run);
    }

    /** A guest that writes 1 MB/s has written as much when it has stood still for 2 s as it would have without, and there is as much to send again. */
    @Test
    void aGuestThatStandsStillWritesNothing() {
        Scenario s = scenario("8.2.0", new Relay.None()).with(new Guest(1024 * 4096L, 1000 * 4096L, 4096, 1, Guest.Access.SEQUENTIAL, 1_000_000, 400 * MS));
        assertThat(sent(with(s, at(60 * MS, 2_000 * MS, ALL)))).isBetween(sent(s) - 50_000, sent(s) + 50_000);
    }

    private static long sent(Scenario scenario) {
        RunResult result = run(scenario);
        assertThat(result.verdict().outcome()).isEqualTo(Outcome.COMPLETED);
        return result.trace().orElseThrow().events().stream().filter(TraceEvent.Sent.class::isInstance).mapToLong(e -> ((TraceEvent.Sent) e).bytes()).sum();
    }

    /** A vCPU that is to touch a page 30 ms from now has used up 10 of them when its host stands still: it touches it 20 ms after it goes on. */
    @Test
    void whatTheGuestIsAboutToDoComesLaterByTheWholeOfTheStandstill() {
        long lasts = 35 * MS;
        List<Long> usual = requests(0);
        List<Long> late = requests(lasts);
        assertThat(usual).hasSizeGreaterThanOrEqualTo(2);
        assertThat(usual.get(1) - usual.get(0)).isGreaterThan(20 * MS);
        assertThat(late.get(0)).isEqualTo(usual.get(0));
        assertThat(late.get(1)).isEqualTo(usual.get(1) + lasts);
    }

    /** When the first two pages are asked for that are not the firmware, ns. */
    private static List<Long> requests(long standsStill) {
        Touching touching = new Touching(1, Optional.of(new Constant(30 * MS)), 1, true, 0.1, 0.9, 1, 17, List.of());
        OperatorEvent start = new OperatorEvent(new When.After("active", 1, 0), new Action.StartPostcopy());
        Scenario s = Samples.scenario("10.1.0", "10.1.0", "pc-q35-7.2", new Relay.None(), 20_000, List.of(start));
        Scenario first = s.with(new Guest(20_000 * 4096L, 19_999 * 4096L, 4096, 1, Guest.Access.RANDOM, 0, 0, Optional.empty(), touching));
        List<Long> asked = asked(first);
        if (standsStill == 0) return asked;
        return asked(with(first, start, at(asked.get(0) + 10 * MS, standsStill, EnumSet.of(Party.DESTINATION))));
    }

    private static List<Long> asked(Scenario scenario) {
        Simulation simulation = Simulation.of(scenario);
        LaneMap map = new LaneMap(2, 1, 1, scenario.events().size());
        List<Long> moments = new ArrayList<>();
        simulation.run(simulation.delays(), (lane, event, now) -> {
            if (lane >= map.toSource && lane < map.toDestination && Wire.kind(event) == Wire.REQ_PAGES && Wire.firstPage(event) != 19_999) moments.add(now);
        }, false);
        return moments;
    }

    private static Scenario with(Scenario s, OperatorEvent... events) {
        return new Scenario(s.name(), s.title(), s.because(), s.source(), s.destination(), s.machine(), s.parameters(), s.tls(), s.network(), s.guest(), s.host(), List.of(events),
                s.limits(), s.expectation());
    }
}
