package org.chanrace.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.chanrace.explore.Constraint;
import org.chanrace.explore.Decides;
import org.chanrace.explore.Order.Move;
import org.chanrace.explore.OrderingCore;
import org.chanrace.explore.fuzz.Finding;
import org.chanrace.explore.fuzz.Fuzzing;
import org.chanrace.explore.fuzz.Violation;
import org.chanrace.model.scenario.Pairing;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.reports.FileProblem;
import org.chanrace.reports.JsonReport;
import org.chanrace.scenarios.ScenarioPrinter;

/** Findings for machines, an object for each; names are documented in JSON.md. */
final class FuzzJson implements FuzzWriter {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final Appendable out;

    /** Writes the fields of one object. */
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    FuzzJson(Appendable out) {
        this.out = out;
    }

    private void object(Fields fields) throws IOException {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(line)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        }
        out.append(line.getBuffer()).append('\n');
    }

    @Override
    public void problem(FileProblem problem) throws IOException {
        out.append(JsonReport.line(problem)).append('\n');
    }

    @Override
    public void replayed(Corpus.Entry entry) throws IOException {
        object(json -> {
            json.writeStringField("corpus", entry.file());
            json.writeStringField("replay", entry.news().replace(' ', '-'));
            text(json, "outcome", entry.again().ending().map(ending -> ending.outcome().text()));
            json.writeStringField("reason", entry.again().reason());
            json.writeNumberField("skipped", entry.again().skipped());
        });
    }

    @Override
    public void found(int number, Finding f, Optional<String> capsule) throws IOException {
        Scenario s = f.scenario();
        object(json -> {
            json.writeNumberField("finding", number);
            json.writeStringField("id", f.id());
            json.writeStringField("outcome", f.ending().outcome().text());
            json.writeBooleanField("bad_ending", f.endsBadly());
            json.writeStringField("reason", f.reason());
            text(json, "law", f.violation().map(v -> v.law().text()));
            text(json, "violation", f.violation().map(Violation::words));
            json.writeFieldName("violated_after");
            if (f.violation().isPresent()) json.writeNumber(f.violation().get().event());
            else json.writeNull();
            json.writeStringField("guest_runs_on", f.ending().guestRunsOn().text());
            json.writeStringField("source_monitor", f.ending().sourceMonitor().text());
            json.writeStringField("destination_monitor", f.ending().destinationMonitor().text());
            json.writeBooleanField("disturbed", f.ending().disturbed());
            json.writeStringField("source", s.source().release().name());
            json.writeStringField("destination", s.destination().release().name());
            json.writeStringField("machine", s.machine());
            json.writeStringField("strategy", f.strategy().text());
            json.writeNumberField("seed", f.seed());
            json.writeNumberField("schedule", f.schedule());
            json.writeNumberField("run_seed", f.runSeed());
            json.writeNumberField("events", f.picks().length);
            json.writeFieldName("steps");
            json.writeStartArray();
            List<Move> moves = f.order().map(order -> order.moves()).orElse(List.of());
            for (int i : f.decisive()) {
                json.writeStartObject();
                json.writeNumberField("event", i + 1);
                json.writeStringField("words", moves.get(i).words());
                json.writeEndObject();
            }
            json.writeEndArray();
            core(json, f.core().filter(OrderingCore::reduced));
            json.writeStringField("scenario", ScenarioPrinter.print(s));
            text(json, "capsule", capsule);
        });
    }

    @Override
    public void end(Fuzzing fuzzing, long stillFailing, boolean interrupted) throws IOException {
        object(json -> {
            json.writeNumberField("schedules", fuzzing.schedules());
            json.writeNumberField("seeds", fuzzing.seeds());
            json.writeNumberField("states", fuzzing.states());
            json.writeBooleanField("all_states", fuzzing.allStates());
            json.writeNumberField("kinds", fuzzing.situations());
            json.writeNumberField("corpus_failing", stillFailing);
            json.writeBooleanField("interrupted", interrupted);
            json.writeFieldName("findings");
            json.writeStartArray();
            for (Fuzzing.Found found : fuzzing.findings()) {
                json.writeStartObject();
                json.writeStringField("id", found.finding().id());
                json.writeNumberField("seeds", found.seeds());
                json.writeFieldName("pairings");
                json.writeStartArray();
                for (Pairing pairing : found.pairings()) json.writeString(pairing.text());
                json.writeEndArray();
                json.writeNumberField("pairings_left_out", found.pairingsLeftOut());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void core(JsonGenerator json, Optional<OrderingCore> core) throws IOException {
        json.writeFieldName("core");
        if (core.isEmpty()) {
            json.writeNull();
            return;
        }
        json.writeStartArray();
        for (Constraint pair : core.get().upTo(Decides.ENDING)) {
            json.writeStartObject();
            json.writeStringField("before", pair.before().words());
            json.writeStringField("after", pair.after().words());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void text(JsonGenerator json, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) json.writeStringField(name, value.get());
        else json.writeNullField(name);
    }
}
