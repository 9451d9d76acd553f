package org.chanrace.reports;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.chanrace.model.measure.LatencyHistogram;
import org.chanrace.model.measure.Measurements;
import org.chanrace.model.measure.Measurements.Throughput;
import org.chanrace.model.measure.Stage;
import org.chanrace.model.scenario.Capability;

/** What was measured as JSON: the fields that a run has of it, and an object for each column of a comparison. The names are documented in JSON.md. */
public final class LatencyJson {
    private LatencyJson() {}

    /** The object of the column of this number, from 0, without a line break. */
    public static String line(LatencyComparison comparison, int column) {
        return JsonReport.object(json -> column(json, comparison, column));
    }

    /** What each parameter does to the mean: an object for each change, a line each. */
    public static String variations(LatencyComparison comparison) {
        Sensitivity sensitivity = Sensitivity.of(comparison);
        StringBuilder out = new StringBuilder();
        for (Sensitivity.Parameter p : sensitivity.parameters())
            for (Sensitivity.Effect effect : Stream.of(p.smaller(), p.larger()).flatMap(Optional::stream).toList())
                out.append(JsonReport.object(json -> variation(json, comparison, sensitivity.asItIs(), p, effect))).append('\n');
        return out.toString();
    }

    private static void variation(JsonGenerator json, LatencyComparison comparison, LatencyColumn asItIs, Sensitivity.Parameter p, Sensitivity.Effect effect) throws IOException {
        json.writeStringField("scenario", text(comparison.scenario().name()));
        json.writeStringField("file", text(comparison.file()));
        json.writeStringField("column", text(asItIs.name()));
        json.writeStringField("parameter", text(p.name()));
        json.writeStringField("value", text(p.value()));
        json.writeStringField("change", text(effect.change()));
        json.writeNumberField("faults", effect.column().latency().count());
        number(json, "fault_latency_mean_us", effect.column().mean().map(e -> Amounts.micros(e.mean())));
        number(json, "difference_us", effect.difference().map(d -> Amounts.micros(d.nanos().mean())));
        number(json, "half_width_us", effect.difference().flatMap(d -> halfWidth(d.nanos())));
        number(json, "percent", effect.difference().map(d -> Amounts.fixed(100 * d.share(), 3)));
        distribution(json, Optional.of(effect.column().latency()));
    }

    /** All columns in their order, a line each. */
    public static String lines(LatencyComparison comparison) {
        StringBuilder out = new StringBuilder();
        for (int column = 0; column < comparison.columns().size(); column++) out.append(line(comparison, column)).append('\n');
        return out.toString();
    }

    /** All columns in their order, then every problem; a line each. */
    static void write(List<LatencyComparison> comparisons, List<FileProblem> problems, Appendable out) throws IOException {
        for (LatencyComparison comparison : comparisons) out.append(lines(comparison));
        for (FileProblem problem : problems) out.append(JsonReport.line(problem)).append('\n');
    }

    /** The fields of a run, in microseconds; null is what was not measured. */
    static void run(JsonGenerator json, Optional<Measurements> measured) throws IOException {
        Optional<LatencyHistogram> latency = measured.map(Measurements::latency);
        Optional<LatencyHistogram> some = latency.filter(l -> l.count() > 0);
        number(json, "faults", latency.map(l -> Long.toString(l.count())));
        number(json, "fault_latency_mean_us", some.map(l -> Amounts.micros(l.meanNanos())));
        distribution(json, latency);
        json.writeFieldName("vcpu_block_us");
        if (measured.isEmpty()) json.writeNull();
        else numbers(json, measured.get().blockedNanos().stream().map(Amounts::micros).toList());
        number(json, "downtime_us", measured.flatMap(m -> m.downtimeNanos().stream().boxed().findFirst()).map(Amounts::micros));
        number(json, "postcopy_us", measured.flatMap(m -> m.postcopyNanos().stream().boxed().findFirst()).map(Amounts::micros));
        number(json, "total_us", measured.flatMap(m -> m.totalNanos().stream().boxed().findFirst()).map(Amounts::micros));
    }

    private static void distribution(JsonGenerator json, Optional<LatencyHistogram> latency) throws IOException {
        Optional<LatencyHistogram> some = latency.filter(l -> l.count() > 0);
        number(json, "fault_latency_p50_us", some.map(l -> Amounts.micros(l.percentileNanos(50))));
        number(json, "fault_latency_p90_us", some.map(l -> Amounts.micros(l.percentileNanos(90))));
        number(json, "fault_latency_p99_us", some.map(l -> Amounts.micros(l.percentileNanos(99))));
        number(json, "fault_latency_max_us", some.map(l -> Amounts.micros(l.maxNanos())));
        json.writeFieldName("fault_latency_buckets");
        if (latency.isEmpty()) json.writeNull();
        else numbers(json, latency.get().buckets().stream().map(n -> Long.toString(n)).toList());
    }

    private static void points(JsonGenerator json, LatencyHistogram latency) throws IOException {
        json.writeArrayFieldStart("fault_latency_points");
        for (LatencyHistogram.Point point : latency.points()) {
            json.writeStartArray();
            json.writeNumber(Amounts.micros(point.nanos()));
            json.writeNumber(point.count());
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private static void column(JsonGenerator json, LatencyComparison comparison, int number) throws IOException {
        LatencyColumn column = comparison.columns().get(number);
        json.writeStringField("scenario", text(comparison.scenario().name()));
        json.writeStringField("file", text(comparison.file()));
        json.writeStringField("column", text(column.name()));
        json.writeStringField("source", text(column.scenario().source().release().name()));
        json.writeStringField("destination", text(column.scenario().destination().release().name()));
        json.writeStringField("machine", text(column.scenario().machine()));
        json.writeBooleanField("preempt", column.scenario().source().has(Capability.POSTCOPY_PREEMPT));
        json.writeArrayFieldStart("remarks");
        for (String remark : column.remarks()) json.writeString(text(remark));
        json.writeEndArray();
        json.writeBooleanField("as_expected", column.asExpected());
        json.writeNumberField("faults", column.latency().count());
        Optional<Estimate> mean = column.mean();
        number(json, "fault_latency_mean_us", mean.map(e -> Amounts.micros(e.mean())));
        number(json, "fault_latency_mean_half_width_us", mean.flatMap(LatencyJson::halfWidth));
        distribution(json, Optional.of(column.latency()));
        points(json, column.latency());
        budget(json, column);
        numbers(json, "vcpu_block_us", column.blockedNanos().stream().map(nanos -> Amounts.micros((double) nanos)).toList());
        number(json, "downtime_us", column.downtime().map(e -> Amounts.micros(e.mean())));
        number(json, "postcopy_us", column.postcopy().map(e -> Amounts.micros(e.mean())));
        number(json, "total_us", column.total().map(e -> Amounts.micros(e.mean())));
        throughput(json, column);
        differences(json, comparison.differences(number));
        json.writeArrayFieldStart("runs");
        for (LatencyColumn.Run run : column.runs()) run(json, run);
        json.writeEndArray();
    }

    private static void budget(JsonGenerator json, LatencyColumn column) throws IOException {
        json.writeArrayFieldStart("budget");
        for (Stage stage : Stage.values()) {
            json.writeStartObject();
            json.writeStringField("stage", stage.key());
            json.writeFieldName("us");
            json.writeNumber(Amounts.micros((double) column.budgetNanos().get(stage.ordinal())));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void throughput(JsonGenerator json, LatencyColumn column) throws IOException {
        Throughput throughput = column.throughput();
        json.writeObjectFieldStart("throughput");
        json.writeFieldName("interval_us");
        json.writeNumber(Amounts.micros(throughput.intervalNanos()));
        numbers(json, "main_bytes", throughput.main().stream().map(bytes -> Long.toString(bytes)).toList());
        numbers(json, "preempt_bytes", throughput.preempt().stream().map(bytes -> Long.toString(bytes)).toList());
        json.writeEndObject();
    }

    private static void differences(JsonGenerator json, List<LatencyComparison.Difference> differences) throws IOException {
        json.writeArrayFieldStart("differences");
        for (LatencyComparison.Difference difference : differences) {
            json.writeStartObject();
            json.writeStringField("than", text(difference.than().name()));
            json.writeFieldName("mean_us");
            json.writeNumber(Amounts.micros(difference.nanos().mean()));
            number(json, "half_width_us", halfWidth(difference.nanos()));
            json.writeFieldName("percent");
            json.writeNumber(Amounts.fixed(100 * difference.share(), 3));
            json.writeNumberField("runs", difference.nanos().runs());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void run(JsonGenerator json, LatencyColumn.Run run) throws IOException {
        json.writeStartObject();
        json.writeNumberField("seed", run.seed());
        json.writeStringField("outcome", run.outcome().text());
        json.writeArrayFieldStart("deviations");
        for (String deviation : run.deviations()) json.writeString(text(deviation));
        json.writeEndArray();
        json.writeNumberField("faults", run.faults());
        number(json, "fault_latency_mean_us", run.meanNanos().stream().mapToObj(Amounts::micros).findFirst());
        number(json, "downtime_us", run.downtimeNanos().stream().mapToObj(Amounts::micros).findFirst());
        number(json, "postcopy_us", run.postcopyNanos().stream().mapToObj(Amounts::micros).findFirst());
        number(json, "total_us", run.totalNanos().stream().mapToObj(Amounts::micros).findFirst());
        json.writeEndObject();
    }

    private static Optional<String> halfWidth(Estimate estimate) {
        return estimate.halfWidth().stream().mapToObj(Amounts::micros).findFirst();
    }

    static void number(JsonGenerator json, String name, Optional<String> value) throws IOException {
        json.writeFieldName(name);
        if (value.isPresent()) json.writeNumber(value.get());
        else json.writeNull();
    }

    private static void numbers(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeFieldName(name);
        numbers(json, values);
    }

    private static void numbers(JsonGenerator json, List<String> values) throws IOException {
        json.writeStartArray();
        for (String value : values) json.writeNumber(value);
        json.writeEndArray();
    }

    private static String text(String text) {
        return Characters.encodable(text);
    }
}
