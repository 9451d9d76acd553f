package org.chanrace.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.chanrace.model.measure.Measurements;
import org.chanrace.model.measure.Stage;
import org.chanrace.model.release.Releases;
import org.chanrace.model.scenario.Capability;
import org.chanrace.model.scenario.Distribution.Constant;
import org.chanrace.model.scenario.Endpoint;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.Host;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.OperatorEvent.Action;
import org.chanrace.model.scenario.OperatorEvent.When;
import org.chanrace.model.scenario.Paging;
import org.chanrace.model.scenario.Parameters;
import org.chanrace.model.scenario.RunLimits;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a page fault costs when nothing else goes on: the sum of its steps, written out by hand. The background stream has used up its bandwidth and sleeps,
 * and everything is constant.
 */
class FaultPathTest {
    private static final long W = 11_000;
    private static final long FAULT = 4_000;
    private static final long REQUEST = 5_000;
    private static final long LOOKUP = 2_500;
    private static final long SAVE = 1_100;
    private static final long LOCKED = 500;
    private static final long SEND = 2_100;
    private static final long RECEIVE = 2_300;
    private static final long PLACE = 3_200;
    private static final long COPY_RATE = 8_000_000_000L;
    private static final long PER_PAGE = 400;
    private static final long LATENCY = 60_000;
    private static final long BANDWIDTH = 1_000_000_000;
    private static final long SMALL = 4096;
    private static final long ON_WIRE = SMALL + 8;
    private static final long REQUEST_ON_WIRE = 24;
    private static final long PONG_ON_WIRE = 8;

    private static final Paging PAGING = new Paging(new Constant(W), FAULT, REQUEST, LOOKUP, SAVE, LOCKED, SEND, RECEIVE, PLACE, COPY_RATE);
    private static final Set<Capability> PREEMPT = EnumSet.of(Capability.POSTCOPY_RAM, Capability.POSTCOPY_PREEMPT);
    private static final Set<Capability> PLAIN = EnumSet.of(Capability.POSTCOPY_RAM);

    /** Each of so many vCPUs touches one page of its own as soon as the guest runs, by when nothing is on its way any more; the first touches the firmware. */
    private static Scenario scenario(String release, Set<Capability> capabilities, long pageBytes, int vcpus, long bandwidth, Paging paging) {
        Endpoint end = new Endpoint(Releases.shipped().find(release).orElseThrow(), new TreeMap<>(), capabilities);
        Network d = Network.DEFAULT;
        int pages = 16;
        // The first slice carries a few pages. In postcopy one page uses each slice up.
        long onWire = pageBytes / SMALL * ON_WIRE;
        Parameters parameters = new Parameters(10 * 4 * onWire, 10 * onWire, 0, 2);
        return new Scenario(
                "fault", "", "", end, end, "pc-q35-7.2", parameters, false,
                new Network(new Constant(LATENCY), bandwidth, d.loss(), d.backlog(), 0, 0, d.hops(), d.relay()),
                new Guest(pages * pageBytes, (pages - 1) * pageBytes, pageBytes, vcpus, Guest.Access.SEQUENTIAL, 0, 0, Optional.of(new Guest.Steps(pages, vcpus, 0))),
                new Host(new Constant(1000), PER_PAGE, 10_000_000, 0, paging), List.of(new OperatorEvent(new When.After("active", 1, 0), new Action.StartPostcopy())),
                new RunLimits(180_000_000L, 180_000_000L, 50_000), Optional.empty());
    }

    private static Measurements measured(Scenario scenario) {
        RunResult result = Simulation.of(scenario).run(1, false);
        // The rest would take a second and more.
        assertThat(result.verdict().outcome()).isEqualTo(Outcome.LIMIT);
        Measurements measurements = result.measurements().orElseThrow();
        assertThat(measurements.budget().stream().mapToLong(Measurements.Spent::nanos).sum()).isEqualTo(measurements.latency().sumNanos());
        return measurements;
    }

    private static Map<Stage, Long> budget(Measurements measurements) {
        Map<Stage, Long> budget = new EnumMap<>(Stage.class);
        for (Measurements.Spent spent : measurements.budget()) if (spent.nanos() > 0) budget.put(spent.stage(), spent.nanos());
        return budget;
    }

    private static long copy(long bytes) {
        return bytes * 1_000_000_000L / COPY_RATE;
    }

    private static long onLink(long bytes, long bandwidth) {
        return bytes * 1_000_000_000L / bandwidth;
    }

    private static Set<Capability> capabilities(String channel) {
        return channel.equals("preempt") ? PREEMPT : PLAIN;
    }

    @ParameterizedTest
    @CsvSource({"7.0.0, main", "7.2.0, main", "7.2.0, preempt", "8.0.0, main", "8.0.0, preempt", "10.1.0, main", "10.1.0, preempt"})
    void withoutLoadItIsTheSumOfTheSteps(String release, String channel) {
        Measurements measurements = measured(scenario(release, capabilities(channel), SMALL, 1, BANDWIDTH, PAGING));
        boolean byMigrationThread = channel.equals("main") || release.startsWith("7");
        Map<Stage, Long> expected = new EnumMap<>(Stage.class);
        expected.put(Stage.FAULT, FAULT);
        expected.put(Stage.FAULT_THREAD_WAIT, W);
        expected.put(Stage.REQUEST, REQUEST + SEND);
        expected.put(Stage.REQUEST_TRAVELS, onLink(REQUEST_ON_WIRE, BANDWIDTH) + LATENCY);
        expected.put(Stage.RETURN_PATH_WAIT, W);
        expected.put(Stage.LOOKUP, LOOKUP);
        // It sleeps until its next slice, from which the request wakes it.
        if (byMigrationThread) expected.put(Stage.SENDER_WAIT, W);
        expected.put(Stage.SAVE, PER_PAGE + SAVE + SEND + copy(ON_WIRE));
        expected.put(Stage.TRANSMISSION, onLink(ON_WIRE, BANDWIDTH));
        expected.put(Stage.LATENCY, LATENCY);
        expected.put(Stage.RECEIVE_BUFFER, W);
        expected.put(Stage.PLACE, RECEIVE + copy(ON_WIRE) + PER_PAGE + PLACE + copy(SMALL));
        expected.put(Stage.VCPU_WAKE, W);
        assertThat(measurements.latency().count()).isEqualTo(1);
        assertThat(budget(measurements)).isEqualTo(expected);
    }

    /** 64 parts, four in each write: the link is slower than who writes to it, and than who reads from it, who wakes up for each part. */
    @ParameterizedTest
    @CsvSource({"7.0.0, main", "7.2.0, main", "7.2.0, preempt", "8.0.0, main", "8.0.0, preempt", "10.1.0, main", "10.1.0, preempt"})
    void aHugePageGoesInPartsAndIsPlacedAsAWhole(String release, String channel) {
        long huge = 2 << 20;
        long part = 8 * ON_WIRE;
        int writes = 16;
        Measurements measurements = measured(scenario(release, capabilities(channel), huge, 1, BANDWIDTH, PAGING));
        long write = 32 * (PER_PAGE + SAVE) + SEND + copy(4 * part);
        long onLink = onLink(part, BANDWIDTH);
        assertThat(write).as("the link is never idle").isLessThan(4 * onLink);
        long unpacked = RECEIVE + copy(part) + 8 * (PER_PAGE + copy(SMALL));
        assertThat(W + unpacked).as("the receiving thread is, after each part").isLessThan(onLink);
        Map<Stage, Long> expected = new EnumMap<>(Stage.class);
        expected.put(Stage.FAULT, FAULT);
        expected.put(Stage.FAULT_THREAD_WAIT, W);
        expected.put(Stage.REQUEST, REQUEST + SEND);
        expected.put(Stage.REQUEST_TRAVELS, onLink(REQUEST_ON_WIRE, BANDWIDTH) + LATENCY);
        expected.put(Stage.RETURN_PATH_WAIT, W);
        expected.put(Stage.LOOKUP, LOOKUP);
        if (channel.equals("main") || release.startsWith("7")) expected.put(Stage.SENDER_WAIT, W);
        expected.put(Stage.SAVE, writes * write);
        expected.put(Stage.SEND_BUFFER, write + 63 * onLink - writes * write);
        expected.put(Stage.TRANSMISSION, onLink);
        expected.put(Stage.LATENCY, LATENCY);
        expected.put(Stage.RECEIVE_BUFFER, W);
        expected.put(Stage.PLACE, unpacked + PLACE + copy(huge));
        expected.put(Stage.VCPU_WAKE, W);
        assertThat(budget(measurements)).isEqualTo(expected);
    }

    @Test
    void doublingTheBandwidthHalvesTheTransmission() {
        Map<Stage, Long> once = budget(measured(scenario("8.0.0", PREEMPT, SMALL, 1, BANDWIDTH, PAGING)));
        Map<Stage, Long> twice = budget(measured(scenario("8.0.0", PREEMPT, SMALL, 1, 2 * BANDWIDTH, PAGING)));
        assertThat(2 * twice.get(Stage.TRANSMISSION)).isEqualTo(once.get(Stage.TRANSMISSION));
        assertThat(2 * (twice.get(Stage.REQUEST_TRAVELS) - LATENCY)).isEqualTo(once.get(Stage.REQUEST_TRAVELS) - LATENCY);
        for (Stage stage : once.keySet())
            if (stage != Stage.TRANSMISSION && stage != Stage.REQUEST_TRAVELS) assertThat(twice.get(stage)).as(stage.text()).isEqualTo(once.get(stage));
    }

    /** All fault at the same moment; the fault thread wakes up once, and then serves one after the other. */
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 9})
    void severalFaultsQueueAtTheFaultThread(int vcpus) {
        Measurements measurements = measured(scenario("8.0.0", PREEMPT, SMALL, vcpus, BANDWIDTH, PAGING));
        assertThat(measurements.latency().count()).isEqualTo(vcpus);
        Map<Stage, Long> budget = budget(measurements);
        assertThat(budget.get(Stage.FAULT)).isEqualTo(vcpus * FAULT);
        assertThat(budget.get(Stage.FAULT_THREAD_WAIT)).isEqualTo(vcpus * W + vcpus * (vcpus - 1) / 2 * (REQUEST + SEND));
        assertThat(budget.get(Stage.REQUEST)).isEqualTo(vcpus * (REQUEST + SEND));
    }

    /** The request goes behind the PONG that the destination sends at the same moment. */
    @Test
    void withoutCostsOnlyTheNetworkTakesTime() {
        Map<Stage, Long> budget = budget(measured(scenario("8.0.0", PREEMPT, SMALL, 1, BANDWIDTH, Paging.NONE)));
        assertThat(budget).containsOnlyKeys(Stage.REQUEST_TRAVELS, Stage.TRANSMISSION, Stage.LATENCY);
        assertThat(budget.values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(onLink(PONG_ON_WIRE + REQUEST_ON_WIRE, BANDWIDTH) + LATENCY + onLink(ON_WIRE, BANDWIDTH) + LATENCY);
    }
}
