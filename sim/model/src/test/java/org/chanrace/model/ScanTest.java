package org.chanrace.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
import org.chanrace.model.scenario.OperatorEvent.When;
import org.chanrace.model.scenario.Paging;
import org.chanrace.model.scenario.Parameters;
import org.chanrace.model.scenario.RunLimits;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the background goes on after pages that were asked for, release by release; whether its steps take time makes no difference. */
class ScanTest {
    private static final int PREEMPT = 1;
    private static final int PAGE = 4096;
    private static final int ON_WIRE = PAGE + Wire.PAGE_HEADER_BYTES;
    private static final String FINISHES = "sends the rest";
    private static final Paging SOME = new Paging(new Constant(11_000), 4_000, 5_000, 2_500, 1_100, 500, 2_100, 2_300, 3_200, 8_000_000_000L);

    /** What the background does about pages that were asked for. */
    private enum Follows {
        /** It goes on behind the last of them. */
        LAST,
        /** It goes on behind the first one since it took its page before. */
        FIRST,
        /** It goes on where it was. */
        NONE
    }

    /** A page that was given to a socket in postcopy, in the order of the sender. */
    private record Sent(int page, boolean urgent, boolean inFinish) {}

    private static Scenario scenario(String release, String channel, Paging paging, int pages, Parameters parameters, Network network, OperatorEvent... events) {
        Set<Capability> capabilities = EnumSet.of(Capability.POSTCOPY_RAM);
        if (channel.equals("preempt")) capabilities.add(Capability.POSTCOPY_PREEMPT);
        Endpoint end = new Endpoint(Releases.shipped().find(release).orElseThrow(), new TreeMap<>(), capabilities);
        Guest.Touching touching = new Guest.Touching(1, Optional.of(new Constant(7_000_000)), 1, true, 0.1, 0.9, 1, 17, List.of());
        Guest guest = new Guest((long) pages * PAGE, (long) pages * PAGE / 8 * 7, PAGE, 1, Guest.Access.RANDOM, 0, 0, Optional.empty(), touching);
        List<OperatorEvent> all = new ArrayList<>(List.of(new OperatorEvent(new When.After("active", 1, 0), new Action.StartPostcopy())));
        all.addAll(List.of(events));
        return new Scenario(
                "scan", "", "", end, end, "pc-q35-7.2", parameters, false, network, guest, new Host(new Constant(1000), 400, 1_000_000, 0, paging), all,
                new RunLimits(60_000_000_000L, 60_000_000_000L, 1_000_000L), Optional.empty());
    }

    private static Network network(long bandwidth, int buffer) {
        Network d = Network.DEFAULT;
        return new Network(new Constant(60_000), bandwidth, d.loss(), d.backlog(), buffer, buffer, d.hops(), d.relay());
    }

    private static List<Sent> sent(Scenario scenario) {
        List<Sent> sent = new ArrayList<>();
        BitSet asked = new BitSet();
        boolean preempt = scenario.source().capabilities().contains(Capability.POSTCOPY_PREEMPT);
        boolean[] postcopy = {false};
        Simulation simulation = Simulation.of(scenario);
        RunResult result = simulation.run(simulation.delays(), (lane, event, now) -> {
            int kind = Wire.kind(event);
            int process = simulation.lanes().process(lane);
            if (process == LaneMap.SOURCE && kind == Wire.REQ_PAGES) asked.set(Wire.firstPage(event));
            if (process != LaneMap.NETWORK) return;
            if (kind == Wire.PACKAGED) postcopy[0] = true;
            if (!postcopy[0] || (kind != Wire.PAGES && kind != Wire.ZERO_PAGES)) return;
            boolean inFinish = simulation.processes().source().nextStep().equals(FINISHES);
            for (int page = Wire.firstPage(event); page < Wire.firstPage(event) + Wire.pages(event); page++)
                sent.add(new Sent(page, preempt ? Wire.connection(event) == PREEMPT : asked.get(page), inFinish));
        }, false);
        assertThat(result.verdict().outcome()).isEqualTo(Outcome.COMPLETED);
        return sent;
    }

    /** How many pages of the background were not the ones that this rule says. */
    private static int exceptions(List<Sent> sent, Follows follows) {
        BitSet left = new BitSet();
        for (Sent s : sent) left.set(s.page());
        assertThat(left.cardinality()).as("each page is sent once").isEqualTo(sent.size());
        int exceptions = 0;
        int scan = 0;
        int hint = -1;
        for (Sent s : sent) {
            if (!s.urgent()) {
                int from = hint >= 0 ? hint : scan;
                int next = left.nextSetBit(from) >= 0 ? left.nextSetBit(from) : left.nextSetBit(0);
                if (s.page() != next) exceptions++;
                scan = s.page() + 1;
                hint = -1;
            } else if (follows == Follows.LAST || (follows == Follows.FIRST && hint < 0)) hint = s.page() + 1;
            left.clear(s.page());
        }
        return exceptions;
    }

    /** A slice carries one page of the background, and between two of them some are asked for. */
    @ParameterizedTest
    @CsvSource({
        "7.0.0, main, LAST", "7.1.0, main, LAST", "7.1.0, preempt, LAST", "7.2.0, main, LAST", "7.2.0, preempt, LAST", "8.0.0, main, LAST", "8.0.0, preempt, NONE", "8.2.0, preempt, NONE",
        "9.0.0, preempt, NONE", "10.0.0, main, LAST", "10.0.0, preempt, NONE", "10.1.0, main, LAST", "10.1.0, preempt, FIRST"})
    void theBackgroundGoesOnWhereTheReleaseSays(String release, String channel, Follows follows) {
        for (Paging paging : List.of(Paging.NONE, SOME)) {
            List<Sent> sent = sent(scenario(release, channel, paging, 256, new Parameters(10 * 4 * ON_WIRE, 10 * ON_WIRE, 0, 2), network(1_000_000_000, 1 << 20)));
            assertThat(sent.stream().filter(s -> !s.urgent()).count()).as("pages of the background").isGreaterThan(20);
            for (Follows rule : Follows.values()) {
                int exceptions = exceptions(sent, rule);
                if (rule == follows) assertThat(exceptions).as("%s, %s", rule, paging).isZero();
                else assertThat(exceptions).as("%s, %s", rule, paging).isGreaterThan(5);
            }
        }
    }

    /** Up to 10.0 the rest is sent without another look at slices once it is little. What is asked for meanwhile still goes before it. */
    @ParameterizedTest
    @CsvSource({"7.0.0, main", "7.1.0, preempt", "7.2.0, main", "7.2.0, preempt", "8.0.0, main", "10.0.0, main"})
    void whatIsAskedForGoesBeforeTheRest(String release, String channel) {
        OperatorEvent moreDowntime = new OperatorEvent(new When.After("postcopy-active", 1, 50_000_000), new Action.SetParameters(Action.SetParameters.KEEP, Action.SetParameters.KEEP, 60_000_000_000L));
        for (Paging paging : List.of(Paging.NONE, SOME)) {
            List<Sent> sent = sent(scenario(release, channel, paging, 1024, new Parameters(10 * 4 * ON_WIRE, 0, 0, 2), network(2_000_000, 1 << 16), moreDowntime));
            List<Sent> rest = sent.stream().filter(Sent::inFinish).toList();
            assertThat(rest.stream().filter(s -> !s.urgent()).count()).as("pages of the rest").isGreaterThan(500);
            assertThat(rest.stream().filter(Sent::urgent).count()).as("pages that were asked for").isGreaterThan(5);
            // On preempt it is written at once, before the pages in front of it that have been collected for main.
            boolean inOrder = channel.equals("main") || paging == Paging.NONE;
            if (inOrder) assertThat(exceptions(sent, Follows.LAST)).as("%s", paging).isZero();
            assertThat(exceptions(sent, Follows.NONE)).as("%s", paging).isGreaterThan(5);
        }
    }
}
