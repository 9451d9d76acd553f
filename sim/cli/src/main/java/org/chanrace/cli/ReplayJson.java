package org.chanrace.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Optional;
import org.chanrace.model.Departure;
import org.chanrace.model.ModelVersion;
import org.chanrace.model.verdict.RunResult;
import org.chanrace.reports.FileProblem;
import org.chanrace.reports.JsonReport;
import org.chanrace.reports.ReportedRun;
import org.chanrace.scenarios.capsule.Capsule;
import org.chanrace.scenarios.capsule.Replayed;

/** What came of replaying, an object for each capsule; names are documented in JSON.md. */
final class ReplayJson implements ReplayWriter {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final Appendable out;
    private final boolean withTrace;

    ReplayJson(Appendable out, boolean withTrace) {
        this.out = out;
        this.withTrace = withTrace;
    }

    @Override
    public void replayed(String file, Replayed replayed, Optional<ReportedRun> run) throws IOException {
        Capsule capsule = replayed.capsule();
        Optional<RunResult> now = replayed.now().result();
        StringWriter line = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("capsule", file);
            json.writeStringField("replay", replayed.isSame() ? "same" : capsule.isOfAnotherModel() ? "model-changed" : "differs");
            json.writeStringField("scenario", capsule.scenario().name());
            json.writeNumberField("seed", capsule.seed());
            json.writeStringField("drive", capsule.drive().text());
            json.writeStringField("note", capsule.note());
            json.writeStringField("product", capsule.product());
            json.writeNumberField("model", capsule.model());
            json.writeNumberField("model_now", ModelVersion.CURRENT);
            json.writeStringField("recorded_outcome", capsule.outcome().text());
            text(json, "outcome", now.map(result -> result.verdict().outcome().text()));
            json.writeStringField("recorded_digest", capsule.digest());
            text(json, "digest", now.map(RunResult::digest));
            departure(json, replayed.departure());
            text(json, "recorded_order_outcome", replayed.inRecordedOrder().flatMap(order -> order.result()).map(result -> result.verdict().outcome().text()));
            json.writeFieldName("run");
            if (run.isPresent()) json.writeRawValue(JsonReport.line(run.get(), withTrace));
            else json.writeNull();
            json.writeEndObject();
        }
        out.append(line.getBuffer()).append('\n');
    }

    private static void departure(JsonGenerator json, Optional<Departure> departure) throws IOException {
        json.writeFieldName("departure");
        if (departure.isEmpty()) {
            json.writeNull();
            return;
        }
        Departure d = departure.get();
        json.writeStartObject();
        json.writeNumberField("pick", d.pick());
        json.writeNumberField("at_ns", d.nanos());
        json.writeStringField("recorded", d.recorded());
        json.writeStringField("recorded_state", d.state());
        json.writeStringField("now", d.now());
        json.writeStringField("does", ReplayText.does(d));
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) json.writeStringField(name, value.get());
        else json.writeNullField(name);
    }

    @Override
    public void problem(FileProblem problem) throws IOException {
        out.append(JsonReport.line(problem)).append('\n');
    }

    @Override
    public void end(long replayed, long different, long problems, long left) throws IOException {
        if (left > 0) out.append(JsonReport.partial(replayed, left)).append('\n');
    }
}
