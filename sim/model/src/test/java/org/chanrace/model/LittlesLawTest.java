package org.chanrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.chanrace.kernel.Lanes;
import org.chanrace.model.measure.Measurements;
import org.chanrace.model.measure.Stage;
import org.chanrace.model.scenario.Distribution.Exponential;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The number of faults in each queue of their path, integrated over time, is what the ledger says that they spent there: Little's law, L = λW, with both sides
 * times the length of the run. The number is that of events in the kernel's lanes, of which the ledger knows nothing.
 */
class LittlesLawTest {
    private static final long SECOND = 1_000_000_000;
    private static final int THREADS = 16;
    private static final int PREEMPT = 1;

    /** Fullness of some lanes, integrated over a run. */
    private static final class Occupancy {
        private final Lanes lanes;
        private final int first;
        private final int count;
        private final boolean empty;
        private double nanos;

        /** @param empty whether the lanes are counted in which there is nothing */
        Occupancy(Lanes lanes, int first, int count, boolean empty) {
            this.lanes = lanes;
            this.first = first;
            this.count = count;
            this.empty = empty;
        }

        /** It has been as it is now, and with the event in the lane that was just taken from it, for so long. */
        void add(int taken, long forNanos) {
            if (forNanos == 0) return;
            for (int lane = first; lane < first + count; lane++) {
                int size = lanes.size(lane) + (lane == taken ? 1 : 0);
                nanos += (double) forNanos * (empty ? size == 0 ? 1 : 0 : size);
            }
        }
    }

    private record Observed(Measurements measurements, Occupancy faultThread, Occupancy returnPath, Occupancy returnPathThread, Occupancy preempt, Occupancy standing) {
        /**
         * Both sides agree but for the faults that were under way at the end, one for each vCPU at most, those for which the source was not asked, and those that
         * were answered by what was on its way.
         */
        void agree(double occupied, Stage from, Stage to) {
            double spent = 0;
            for (Stage stage : Stage.values()) if (stage.compareTo(from) >= 0 && stage.compareTo(to) <= 0) spent += spent(stage);
            double blocked = measurements.blockedNanos().stream().mapToLong(Long::longValue).sum();
            double unknown = THREADS * (double) measurements.latency().maxNanos() + blocked - measurements.latency().sumNanos() + spent(Stage.ON_ITS_WAY);
            assertThat(unknown).as("else it says little").isLessThan(0.1 * measurements.latency().sumNanos());
            assertThat(occupied).as("%s to %s", from.text(), to.text()).isGreaterThan(0).isCloseTo(spent, within(unknown));
        }

        double spent(Stage stage) {
            return measurements.budget().get(stage.ordinal()).nanos();
        }
    }

    private static Observed observe(Hosts hosts) {
        Simulation simulation = Simulation.of(hosts.scenario());
        LaneMap map = new LaneMap(hosts.preempt() ? 2 : 1, 1, hosts.threads(), 1);
        Lanes lanes = simulation.lanes();
        Occupancy faultThread = new Occupancy(lanes, map.destinationFault, 1, false);
        Occupancy returnPath = new Occupancy(lanes, map.toSource, 1, false);
        Occupancy returnPathThread = new Occupancy(lanes, map.sourceReturnPath, 1, false);
        Occupancy preempt = new Occupancy(lanes, map.toDestination + PREEMPT, 1, false);
        // A vCPU that thinks, or is about to run again, has an event before it.
        Occupancy standing = new Occupancy(lanes, map.destinationVcpu, hosts.threads(), true);
        long[] last = {-1};
        Measurements m = simulation.run(simulation.delays(), (lane, event, now) -> {
            if (last[0] < 0) {
                // From when the guest runs on the destination.
                if (lane >= map.destinationVcpu && lane < map.destinationVcpu + hosts.threads()) last[0] = now;
                return;
            }
            for (Occupancy o : List.of(faultThread, returnPath, returnPathThread, preempt, standing)) o.add(lane, now - last[0]);
            last[0] = now;
        }, false).measurements().orElseThrow();
        return new Observed(m, faultThread, returnPath, returnPathThread, preempt, standing);
    }

    private static Hosts hosts(String release, boolean preempt, long backgroundRate, long thinkNanos) {
        return Hosts.asTheyCome(release, preempt, 400_000).background(backgroundRate).guest(THREADS, new Exponential(thinkNanos)).until(2 * SECOND);
    }

    @ParameterizedTest
    @CsvSource({"8.0.0, 100000", "8.0.0, 1000000", "8.2.0, 400000", "10.1.0, 100000", "11.1.0, 400000"})
    void inEveryQueueWhereTheReturnPathThreadSends(String release, long think) {
        Observed o = observe(hosts(release, true, 50_000, think));
        o.agree(o.faultThread.nanos, Stage.FAULT, Stage.REQUEST);
        o.agree(o.returnPath.nanos, Stage.REQUEST_TRAVELS, Stage.RETURN_PATH_WAIT);
        o.agree(o.returnPathThread.nanos, Stage.LOOKUP, Stage.SAVE);
        o.agree(o.preempt.nanos, Stage.SEND_BUFFER, Stage.RECEIVE_BUFFER);
        o.agree(o.standing.nanos, Stage.FAULT, Stage.RECEIVE_BUFFER);
    }

    @ParameterizedTest
    @CsvSource({"7.1.0, 100000", "7.2.0, 1000000"})
    void inEveryQueueWhereTheMigrationThreadSendsOnPreempt(String release, long think) {
        Observed o = observe(hosts(release, true, 2_000_000, think));
        o.agree(o.faultThread.nanos, Stage.FAULT, Stage.REQUEST);
        o.agree(o.returnPath.nanos, Stage.REQUEST_TRAVELS, Stage.RETURN_PATH_WAIT);
        o.agree(o.returnPathThread.nanos, Stage.LOOKUP, Stage.LOOKUP);
        o.agree(o.preempt.nanos, Stage.SEND_BUFFER, Stage.RECEIVE_BUFFER);
        double others = o.faultThread.nanos + o.returnPath.nanos + o.returnPathThread.nanos + o.preempt.nanos;
        o.agree(o.standing.nanos - others, Stage.SENDER_WAIT, Stage.SAVE);
    }

    @ParameterizedTest
    @CsvSource({"7.2.0, 100000", "10.1.0, 1000000"})
    void inEveryQueueWhereAllGoesOnMain(String release, long think) {
        Observed o = observe(hosts(release, false, 20_000_000, think));
        o.agree(o.faultThread.nanos, Stage.FAULT, Stage.REQUEST);
        o.agree(o.returnPath.nanos, Stage.REQUEST_TRAVELS, Stage.RETURN_PATH_WAIT);
        o.agree(o.returnPathThread.nanos, Stage.LOOKUP, Stage.LOOKUP);
        double others = o.faultThread.nanos + o.returnPath.nanos + o.returnPathThread.nanos;
        o.agree(o.standing.nanos - others, Stage.SENDER_WAIT, Stage.RECEIVE_BUFFER);
    }
}
