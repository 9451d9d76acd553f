package org.chanrace.reports;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalLong;
import org.chanrace.model.scenario.Expectation;
import org.chanrace.model.trace.Trace;
import org.chanrace.model.trace.TraceEvent;
import org.chanrace.model.verdict.ConnectionFate;
import org.chanrace.model.verdict.Monitor;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
import org.chanrace.model.verdict.Verdict;

/** JSON Lines: an object for each run, and one for each problem with a file. The names are stable and documented in JSON.md. */
public final class JsonReport {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonReport() {}

    /** Every run in the order given, then every problem; a line each. */
    public static void write(List<ReportedRun> runs, List<FileProblem> problems, boolean withTrace, Appendable out) throws IOException {
        for (ReportedRun run : runs) out.append(line(run, withTrace)).append('\n');
        for (FileProblem problem : problems) out.append(line(problem)).append('\n');
    }

    /** The object of a run, without a line break. */
    public static String line(ReportedRun run, boolean withTrace) {
        return object(json -> run(json, run, withTrace));
    }

    /** The object of a problem, without a line break. */
    public static String line(FileProblem problem) {
        return object(json -> {
            json.writeStringField("file", text(problem.file()));
            json.writeStringField("error", text(problem.message()));
            json.writeNumberField("line", problem.line());
            json.writeNumberField("column", problem.column());
            json.writeStringField("text", text(problem.text()));
        });
    }

    /** The object that ends the report of an interrupted command, without a line break: how many runs were made and were not. */
    public static String partial(long finished, long notMade) {
        return object(json -> {
            json.writeBooleanField("partial", true);
            json.writeNumberField("finished", finished);
            json.writeNumberField("planned", finished + notMade);
        });
    }

    /** What stands in an object. */
    interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    /** An object without a line break. */
    static String object(Body body) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    private static void run(JsonGenerator json, ReportedRun run, boolean withTrace) throws IOException {
        RunResult result = run.result();
        Verdict verdict = result.verdict();
        json.writeStringField("scenario", text(run.scenario().name()));
        json.writeStringField("file", text(run.file()));
        json.writeNumberField("seed", result.seed());
        json.writeStringField("outcome", verdict.outcome().text());
        strings(json, "expected", run.scenario().expectation().map(Expectation::outcomes).orElse(List.of()).stream().map(Outcome::text).toList());
        json.writeBooleanField("as_expected", run.asExpected());
        strings(json, "deviations", run.deviations());
        status(json, "source_status", verdict.sourceStatus(), verdict.sourceMonitor());
        status(json, "destination_status", verdict.destinationStatus(), verdict.destinationMonitor());
        json.writeStringField("guest_runs_on", verdict.guestRunsOn().text());
        json.writeStringField("source_monitor", verdict.sourceMonitor().text());
        json.writeStringField("destination_monitor", verdict.destinationMonitor().text());
        json.writeStringField("reason", text(verdict.reason()));
        waits(json, "waits", verdict.waits());
        waits(json, "cycle", verdict.cycle());
        json.writeStringField("advice", text(verdict.advice()));
        strings(json, "messages", verdict.messages());
        json.writeNumberField("lost_pages", verdict.lostPages());
        json.writeArrayFieldStart("taken_for");
        for (ConnectionFate connection : result.connections()) connection(json, connection);
        json.writeEndArray();
        json.writeNumberField("events", result.events());
        json.writeNumberField("virtual_ns", result.virtualNanos());
        json.writeStringField("digest", text(result.digest()));
        if (run.capsule().isPresent()) json.writeStringField("capsule", text(run.capsule().get()));
        else json.writeNullField("capsule");
        if (withTrace && result.trace().isPresent()) trace(json, result.trace().get());
    }

    private static void status(JsonGenerator json, String name, String status, Monitor monitor) throws IOException {
        if (monitor == Monitor.ANSWERS) json.writeStringField(name, text(status));
        else json.writeNullField(name);
    }

    private static void waits(JsonGenerator json, String name, List<Verdict.ThreadWait> waits) throws IOException {
        json.writeArrayFieldStart(name);
        for (Verdict.ThreadWait wait : waits) {
            json.writeStartObject();
            json.writeStringField("thread", text(wait.thread()));
            json.writeStringField("reason", text(wait.reason()));
            json.writeStringField("awaited", text(wait.awaited()));
            json.writeNumberField("since_ns", wait.sinceNanos());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void connection(JsonGenerator json, ConnectionFate connection) throws IOException {
        json.writeStartObject();
        json.writeNumberField("connection", connection.number());
        json.writeStringField("channel", text(connection.channel()));
        json.writeStringField("taken_for", text(connection.takenFor()));
        json.writeNumberField("attempt", connection.attempt());
        json.writeNumberField("opened_ns", connection.openedNanos());
        number(json, "accepted_ns", connection.acceptedNanos());
        number(json, "closed_ns", connection.closedNanos());
        if (connection.closedBy().isEmpty()) json.writeNullField("closed_by");
        else json.writeStringField("closed_by", text(connection.closedBy()));
        json.writeEndObject();
    }

    private static void trace(JsonGenerator json, Trace trace) throws IOException {
        json.writeNumberField("trace_omitted", trace.omitted());
        json.writeArrayFieldStart("trace");
        for (TraceEvent event : trace.events()) {
            json.writeStartObject();
            json.writeNumberField("at_ns", event.nanos());
            json.writeStringField("thread", event.actor().text());
            event(json, event);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void event(JsonGenerator json, TraceEvent event) throws IOException {
        if (event instanceof TraceEvent.Sent sent) {
            json.writeStringField("event", "sent");
            message(json, sent.connection(), sent.message(), sent.what(), sent.bytes());
        } else if (event instanceof TraceEvent.Received received) {
            json.writeStringField("event", "received");
            message(json, received.connection(), received.message(), received.what(), received.bytes());
        } else if (event instanceof TraceEvent.Noted noted) {
            json.writeStringField("event", "noted");
            if (noted.connection() == 0) json.writeNullField("connection");
            else json.writeNumberField("connection", noted.connection());
            json.writeStringField("what", text(noted.what()));
        } else if (event instanceof TraceEvent.StatusChanged changed) {
            json.writeStringField("event", "status");
            json.writeStringField("status", text(changed.status()));
        } else if (event instanceof TraceEvent.Waits waits) {
            json.writeStringField("event", "waits");
            json.writeStringField("reason", text(waits.reason()));
        } else {
            json.writeStringField("event", "resumes");
        }
    }

    private static void message(JsonGenerator json, int connection, long message, String what, long bytes) throws IOException {
        json.writeNumberField("connection", connection);
        json.writeNumberField("message", message);
        json.writeStringField("what", text(what));
        json.writeNumberField("bytes", bytes);
    }

    private static void number(JsonGenerator json, String name, OptionalLong value) throws IOException {
        if (value.isPresent()) json.writeNumberField(name, value.getAsLong());
        else json.writeNullField(name);
    }

    static void strings(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) json.writeString(text(value));
        json.writeEndArray();
    }

    /** Lone surrogates have no encoding in UTF-8; JSON escapes the rest. */
    static String text(String text) {
        return Characters.encodable(text);
    }
}
