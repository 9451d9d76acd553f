package org.chanrace.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.model.measure.Measurements;
import org.chanrace.model.network.Wire;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Distribution.Constant;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.Guest.Access;
import org.chanrace.model.scenario.Guest.Touching;
import org.chanrace.model.scenario.Guest.Touching.Kind;
import org.chanrace.model.scenario.Host;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.OperatorEvent.Action;
import org.chanrace.model.scenario.OperatorEvent.When;
import org.chanrace.model.scenario.Paging;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The guest on the destination: who touches pages there, and who waits for them. */
class VcpusTest {
    private static final int PAGES = 20_000;
    private static final int VCPUS = 6;
    private static final long WAKE_UP_NANOS = 50_000_000;

    private static Touching touching(int threads, Distribution think, Kind... mix) {
        return new Touching(threads, Optional.of(think), 1, true, 0.1, 0.9, 1, 17, List.of(mix));
    }

    private static Scenario scenario(Access access, int workingSet, Touching touching, long wakeUpNanos) {
        return scenario(access, workingSet, touching, wakeUpNanos, 5_000_000);
    }

    private static Scenario scenario(Access access, int workingSet, Touching touching, long wakeUpNanos, long deviceStateNanos) {
        OperatorEvent start = new OperatorEvent(new When.After("active", 1, 0), new Action.StartPostcopy());
        Scenario s = Samples.scenario("10.1.0", "10.1.0", "pc-q35-7.2", new Relay.None(), PAGES, List.of(start));
        Guest guest = new Guest(PAGES * 4096L, workingSet * 4096L, 4096, VCPUS, access, 0, 0, Optional.empty(), touching);
        Paging none = Paging.NONE;
        Paging paging = new Paging(
                new Constant(wakeUpNanos), none.faultNanos(), none.requestNanos(), none.lookupNanos(), none.saveNanos(), none.lockedNanos(), none.sendNanos(), none.receiveNanos(),
                none.placeNanos(), none.copyRate());
        Host h = s.host();
        return new Scenario(
                s.name(), s.title(), s.because(), s.source(), s.destination(), s.machine(), s.parameters(), s.tls(), s.network(), guest,
                new Host(h.wakeUp(), h.perPageNanos(), deviceStateNanos, h.startDelayNanos(), paging), s.events(), s.limits(), s.expectation());
    }

    private static Measurements measured(Scenario scenario) {
        RunResult result = Simulation.of(scenario).run(1, false);
        assertThat(result.verdict().outcome()).isEqualTo(Outcome.COMPLETED);
        return result.measurements().orElseThrow();
    }

    @Test
    void vcpusThatRunNoWorkloadStandBy() {
        Measurements measurements = measured(scenario(Access.RANDOM, PAGES - 1, touching(2, new Constant(1000)), 0));
        assertThat(measurements.blockedNanos()).hasSize(2).allMatch(nanos -> nanos > 0);
        assertThat(measured(scenario(Access.RANDOM, PAGES - 1, touching(0, new Constant(1000)), 0)).blockedNanos()).hasSize(VCPUS).allMatch(nanos -> nanos > 0);
    }

    /** All but the first, which begins with the firmware, touch the one page that is hot, at once, before the stream has brought it; it comes once, and all go on. */
    @Test
    void allWhoWaitForAPageGoOnWhenItIsInPlace() {
        Touching touching = new Touching(0, Optional.of(new Constant(1000)), 1, true, 1.0 / PAGES, 1, 1, 17, List.of());
        Measurements measurements = measured(scenario(Access.HOT_SET, PAGES - 1, touching, 0, 0));
        assertThat(measurements.latency().count()).isBetween((long) VCPUS, VCPUS + 1L);
        assertThat(measurements.blockedNanos().subList(1, VCPUS)).allMatch(nanos -> nanos > 0).containsOnly(measurements.blockedNanos().get(1));
    }

    @Test
    void aVcpuThatWaitsRunsOnlyWhenItHasWokenUp() {
        Measurements measurements = measured(scenario(Access.RANDOM, PAGES - 1, touching(1, new Constant(1000)), WAKE_UP_NANOS));
        assertThat(measurements.latency().count()).isPositive();
        assertThat(measurements.latency().percentileNanos(0)).isGreaterThanOrEqualTo(WAKE_UP_NANOS);
    }

    /** Whoever goes through memory in a row, far more quickly than it comes, waits for one page after the other, and for none twice. */
    @Test
    void aVcpuThatHasWaitedForAPageGoesOnToTheNext() {
        Scenario scenario = scenario(Access.SEQUENTIAL, PAGES - 1, touching(1, new Constant(1)), 0);
        Simulation simulation = Simulation.of(scenario);
        LaneMap map = new LaneMap(2, 1, scenario.guest().threads(), scenario.events().size());
        boolean[] asked = new boolean[PAGES];
        int[] last = {-1};
        int[] rounds = {0};
        simulation.run(simulation.delays(), (lane, event, now) -> {
            if (lane < map.toSource || lane >= map.toDestination || Wire.kind(event) != Wire.REQ_PAGES) return;
            int page = Wire.firstPage(event);
            assertThat(asked[page]).isFalse();
            asked[page] = true;
            if (page == PAGES - 1) return;
            if (page < last[0]) rounds[0]++;
            last[0] = page;
        }, false);
        assertThat(last[0]).isPositive();
        assertThat(rounds[0]).as("by then it has come by every page").isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Access.class)
    void aRunThatIsSavedAndLoadedGoesOnAsItWouldHave(Access access) {
        Kind[] mix = access == Access.MIX ? new Kind[] {new Kind(Access.SEQUENTIAL, 1), new Kind(Access.ZIPF, 1)} : new Kind[0];
        Scenario scenario = scenario(access, PAGES - 100, touching(3, new Distribution.Exponential(20_000), mix), 70_000);
        RunResult expected = Simulation.of(scenario).run(5, false);
        assertThat(expected.verdict().outcome()).isEqualTo(Outcome.COMPLETED);
        for (long events = 1; events < expected.events(); events += expected.events() / 7) {
            Simulation first = Simulation.of(scenario);
            first.runUntil(5, events);
            StateWriter state = new StateWriter();
            first.save(state);
            Simulation second = Simulation.of(scenario);
            second.begin(99, null);
            second.load(new StateReader().of(state.toBytes(), 0));
            assertThat(second.goOn(5).digest()).isEqualTo(expected.digest());
        }
    }

    @ParameterizedTest
    @EnumSource(Access.class)
    void theSameSeedGivesTheSameRunAndAnotherSeedAnother(Access access) {
        Kind[] mix = access == Access.MIX ? new Kind[] {new Kind(Access.STRIDED, 1), new Kind(Access.HOT_SET, 1)} : new Kind[0];
        Simulation simulation = Simulation.of(scenario(access, PAGES - 100, touching(3, new Distribution.Exponential(20_000), mix), 70_000));
        String digest = simulation.run(5, false).digest();
        assertThat(simulation.run(6, false).digest()).isNotEqualTo(digest);
        assertThat(simulation.run(5, false).digest()).isEqualTo(digest);
    }
}
