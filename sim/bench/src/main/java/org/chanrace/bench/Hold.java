package org.chanrace.bench;

import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import nl.tudelft.simulation.dsol.eventlists.EventListInterface;
import nl.tudelft.simulation.dsol.eventlists.EventListPriorityQueue;
import nl.tudelft.simulation.dsol.formalisms.eventscheduling.Executable;
import nl.tudelft.simulation.dsol.formalisms.eventscheduling.LambdaSimEvent;
import nl.tudelft.simulation.dsol.formalisms.eventscheduling.SimEventInterface;
import org.chanrace.kernel.ByTime;
import org.chanrace.kernel.Kernel;
import org.chanrace.kernel.Lanes;
import org.chanrace.kernel.Limits;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import umontreal.ssj.simevents.Event;
import umontreal.ssj.simevents.Simulator;
import umontreal.ssj.simevents.eventlist.BinaryTree;
import umontreal.ssj.simevents.eventlist.DoublyLinked;
import umontreal.ssj.simevents.eventlist.EventList;
import umontreal.ssj.simevents.eventlist.Henriksen;
import umontreal.ssj.simevents.eventlist.RedblackTree;
import umontreal.ssj.simevents.eventlist.SplayTree;

/**
 * The hold model: take the earliest event, schedule it again a random increment later, with the number of pending events
 * constant (J. G. Vaucher, P. Duval: "A comparison of simulation event list algorithms", CACM 18(4), 1975). The score is
 * time per hold.
 *
 * <p>Each rival is used in the way that is quickest for it: event objects are made once and used again where its interface lets
 * one (the JDK's queue, SSJ); DSOL's events carry an immutable time, so each hold makes one.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Hold.HOLDS)
public class Hold {
    /** Holds in one invocation. */
    static final int HOLDS = 1024;

    /** What all have in common: how many events are pending, and how far each is put off. */
    @State(Scope.Thread)
    public static class Common {
        /** Pending events; one in each lane. */
        @Param({"16", "64", "1024"})
        public int pending;

        private long[] increments;
        private int next;

        /** Draws the increments. */
        @Setup(Level.Trial)
        public void draw() {
            increments = Increments.nanos();
        }

        long increment() {
            return increments[next++ & (Increments.COUNT - 1)];
        }
    }

    /** Our lanes, used as the kernel uses them, without the kernel. */
    @State(Scope.Thread)
    public static class OurLanes {
        private Lanes lanes;

        /** One event in each lane. */
        @Setup(Level.Trial)
        public void fill(Common common) {
            lanes = new Lanes(new int[common.pending]);
            for (int lane = 0; lane < common.pending; lane++) lanes.append(lane, common.increment(), lane);
        }
    }

    /** Our kernel: the clock, the limits, the digest and the call of a process come on top. */
    @State(Scope.Thread)
    public static class OurKernel {
        private Kernel kernel;

        /** One event in each lane. */
        @Setup(Level.Trial)
        public void fill(Common common) {
            Lanes lanes = new Lanes(new int[common.pending]);
            kernel = new Kernel(lanes, (lane, event, now) -> lanes.append(lane, now + common.increment(), event));
            for (int lane = 0; lane < common.pending; lane++) lanes.append(lane, common.increment(), lane);
        }
    }

    /** The JDK's binary heap. */
    @State(Scope.Thread)
    public static class JdkQueue {
        private PriorityQueue<Due> queue;

        /** Fills the queue. */
        @Setup(Level.Trial)
        public void fill(Common common) {
            queue = new PriorityQueue<>(common.pending);
            for (int i = 0; i < common.pending; i++) queue.add(new Due(common.increment(), i));
        }
    }

    /** An event for the JDK's queue, ordered as ours are. */
    private static final class Due implements Comparable<Due> {
        private long nanos;
        private final int lane;

        Due(long nanos, int lane) {
            this.nanos = nanos;
            this.lane = lane;
        }

        @Override
        public int compareTo(Due other) {
            return nanos != other.nanos ? Long.compare(nanos, other.nanos) : Integer.compare(lane, other.lane);
        }
    }

    /** SSJ's event lists. */
    @State(Scope.Thread)
    public static class Ssj {
        /** Which one. */
        @Param({"SplayTree", "BinaryTree", "RedblackTree", "Henriksen", "DoublyLinked"})
        public String list;

        private EventList events;

        /** Fills the list. */
        @Setup(Level.Trial)
        public void fill(Common common) {
            events = switch (list) {
                case "SplayTree" -> new SplayTree();
                case "BinaryTree" -> new BinaryTree();
                case "RedblackTree" -> new RedblackTree();
                case "Henriksen" -> new Henriksen();
                case "DoublyLinked" -> new DoublyLinked();
                default -> throw new IllegalArgumentException("SSJ has no event list " + list);
            };
            Simulator simulator = new Simulator();
            for (int i = 0; i < common.pending; i++) {
                Event event = new SsjEvent(simulator);
                event.setTime(common.increment());
                events.add(event);
            }
        }
    }

    private static final class SsjEvent extends Event {
        SsjEvent(Simulator simulator) {
            super(simulator);
        }

        @Override
        public void actions() {}
    }

    /** DSOL's event lists. */
    @State(Scope.Thread)
    public static class Dsol {
        private static final Executable NOTHING = () -> {};

        /** Which one. */
        @Param({"RedBlackTree", "EventListPriorityQueue"})
        public String list;

        private EventListInterface<Long> events;

        /** Fills the list. */
        @Setup(Level.Trial)
        public void fill(Common common) {
            events = switch (list) {
                case "RedBlackTree" -> new nl.tudelft.simulation.dsol.eventlists.RedBlackTree<>();
                case "EventListPriorityQueue" -> new EventListPriorityQueue<>();
                default -> throw new IllegalArgumentException("DSOL has no event list " + list);
            };
            for (int i = 0; i < common.pending; i++) events.add(new LambdaSimEvent<>(common.increment(), NOTHING));
        }
    }

    /** Our lanes. */
    @Benchmark
    public long lanes(Common common, OurLanes ours) {
        Lanes lanes = ours.lanes;
        long now = 0;
        for (int i = 0; i < HOLDS; i++) {
            int lane = lanes.earliest();
            now = lanes.dueAt(lane);
            long event = lanes.take(lane);
            lanes.append(lane, now + common.increment(), event);
        }
        return now;
    }

    /** Our kernel as a whole. */
    @Benchmark
    public long kernel(OurKernel ours) {
        Kernel kernel = ours.kernel;
        kernel.run(ByTime.INSTANCE, new Limits(kernel.events() + HOLDS, Long.MAX_VALUE - 1, Long.MAX_VALUE), null);
        return kernel.now();
    }

    /** {@link PriorityQueue}. */
    @Benchmark
    public long jdk(Common common, JdkQueue rival) {
        PriorityQueue<Due> queue = rival.queue;
        long now = 0;
        for (int i = 0; i < HOLDS; i++) {
            Due event = queue.poll();
            now = event.nanos;
            event.nanos = now + common.increment();
            queue.add(event);
        }
        return now;
    }

    /** SSJ. */
    @Benchmark
    public double ssj(Common common, Ssj rival) {
        EventList events = rival.events;
        double now = 0;
        for (int i = 0; i < HOLDS; i++) {
            Event event = events.removeFirst();
            now = event.time();
            event.setTime(now + common.increment());
            events.add(event);
        }
        return now;
    }

    /** DSOL. */
    @Benchmark
    public long dsol(Common common, Dsol rival) {
        EventListInterface<Long> events = rival.events;
        long now = 0;
        for (int i = 0; i < HOLDS; i++) {
            SimEventInterface<Long> event = events.removeFirst();
            now = event.getAbsoluteExecutionTime();
            events.add(new LambdaSimEvent<>(now + common.increment(), Dsol.NOTHING));
        }
        return now;
    }
}
