package org.chanrace.explore.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.chanrace.explore.Decides;
import org.chanrace.explore.Ending;
import org.chanrace.explore.Order;
import org.chanrace.explore.OrderingCore;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.RunResult;

/**
 * Something that was found, made as small as it went.
 *
 * @param key what makes it different from other findings
 * @param ending how the run ends, or would have if nothing more had happened after what is wrong
 * @param endsBadly whether that is what is wrong; otherwise it is the violation
 * @param violation the first law that a state of the run breaks
 * @param reason what is wrong, as a sentence
 * @param seed the seed that found it
 * @param schedule how many runs had been made until then, this one counted
 * @param strategy how its order was chosen
 * @param scenario what was run, with as little in it as it takes; of an order the small instance, which a file can hold
 * @param runSeed the seed of a run by time; 0 for an order
 * @param order the events of an order; empty for a run by time
 * @param decisive which of the order's events were chosen against the default order, as indices; all others come by themselves
 * @param core the pairs of events whose order decides how an order ends; empty when that is not known, and for a run by time
 * @param picks the lanes of all events, first one first
 * @param result the run, with its trace
 */
public record Finding(
        String key, Ending ending, boolean endsBadly, Optional<Violation> violation, String reason, long seed, long schedule, Strategy strategy, Scenario scenario, long runSeed,
        Optional<Order> order, List<Integer> decisive, Optional<OrderingCore> core, int[] picks, RunResult result) {
    public Finding {
        Objects.requireNonNull(key);
        Objects.requireNonNull(ending);
        Objects.requireNonNull(strategy);
        Objects.requireNonNull(scenario);
        Objects.requireNonNull(result);
        decisive = List.copyOf(decisive);
        picks = picks.clone();
    }

    /** A copy. */
    @Override
    public int[] picks() {
        return picks.clone();
    }

    /**
     * What decides how it ends, apart from numbers, for telling it from others: findings that have the same are one. Empty when no order decides it, or
     * when the ordering core is not known.
     */
    Optional<String> decidedBy() {
        return core.flatMap(decides -> decidedBy(ending, decides));
    }

    static Optional<String> decidedBy(Ending ending, OrderingCore core) {
        if (!core.reduced() || core.isEveryOrder(Decides.ENDING)) return Optional.empty();
        Stream<String> pairs = core.upTo(Decides.ENDING).stream().map(c -> c.before().words() + " before " + c.after().words());
        Stream<String> disturbances = core.disturbances().stream().map(Order.Move::words);
        String decides = Stream.concat(pairs.sorted(), disturbances.sorted()).collect(Collectors.joining("; ")).replaceAll("[0-9]+", "#");
        return Optional.of(String.join(" / ", ending.outcome().text(), ending.guestRunsOn().text(), ending.sourceMonitor().text(), ending.destinationMonitor().text(), decides));
    }

    /** A short name of the key: eight hex digits. */
    public String id() {
        CRC32 crc = new CRC32();
        crc.update(key.getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }
}
