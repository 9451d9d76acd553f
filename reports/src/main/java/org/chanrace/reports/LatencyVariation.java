package org.chanrace.reports;

import java.util.Objects;
import org.chanrace.model.scenario.Distribution;

/**
 * In what a column is not the scenario as it is: one parameter has another value.
 *
 * @param parameter its name, as the scenario language has it: {@code host.paging.place-page}
 * @param value what the scenario says
 * @param change what was made of it: {@code halved}, {@code fifo}
 * @param upward whether it stands with the larger values; else with the smaller
 */
public record LatencyVariation(String parameter, String value, String change, boolean upward) {
    public LatencyVariation {
        Objects.requireNonNull(parameter);
        Objects.requireNonNull(value);
        Objects.requireNonNull(change);
    }

    /** A duration as a value, ns. */
    public static String duration(long nanos) {
        return Amounts.duration(nanos);
    }

    /** An amount of memory as a value. */
    public static String bytes(long bytes) {
        return Amounts.bytes(bytes);
    }

    /** A rate as a value, bytes/s. */
    public static String rate(long bytesPerSecond) {
        return Amounts.rate(bytesPerSecond);
    }

    /** The rate of a link as a value, bytes/s. */
    public static String linkRate(long bytesPerSecond) {
        return Amounts.linkRate(bytesPerSecond);
    }

    /** A distribution as a value. */
    public static String distribution(Distribution distribution) {
        return ScenarioWords.distribution(distribution);
    }
}
