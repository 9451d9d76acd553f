package org.chanrace.reports;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.chanrace.explore.Ending;
import org.chanrace.explore.Exploration;
import org.chanrace.explore.Exploration.Found;
import org.chanrace.explore.Order.Move;
import org.chanrace.explore.Witness;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Verdict;

/** JSON Lines: an object for each pairing that was explored. The names are stable and documented in JSON.md. */
public final class ExplorationJson {
    private ExplorationJson() {}

    /** Every pairing in the order given, then every problem; a line each. */
    public static void write(List<ExploredPairing> pairings, List<FileProblem> problems, Appendable out) throws IOException {
        for (ExploredPairing pairing : pairings) out.append(line(pairing)).append('\n');
        for (FileProblem problem : problems) out.append(JsonReport.line(problem)).append('\n');
    }

    /** The object of a pairing, without a line break. */
    public static String line(ExploredPairing pairing) {
        return JsonReport.object(json -> pairing(json, pairing));
    }

    private static void pairing(JsonGenerator json, ExploredPairing pairing) throws IOException {
        Exploration exploration = pairing.exploration();
        Scenario scenario = exploration.scenario();
        string(json, "scenario", scenario.name());
        string(json, "file", pairing.file());
        string(json, "source", scenario.source().release().name());
        string(json, "destination", scenario.destination().release().name());
        string(json, "machine", scenario.machine());
        json.writeStringField("expected", pairing.expected().text());
        json.writeBooleanField("as_expected", pairing.asExpected());
        json.writeStringField("verdict", pairing.judgement().text());
        JsonReport.strings(json, "deviations", pairing.deviations());
        string(json, "answer", ExplorationWords.statement(exploration));
        json.writeBooleanField("complete", exploration.complete());
        json.writeBooleanField("completes", exploration.completes());
        json.writeNumberField("states", exploration.states());
        json.writeNumberField("transitions", exploration.transitions());
        json.writeNumberField("depth", exploration.depth());
        json.writeNumberField("frontier", exploration.frontier());
        json.writeNumberField("bytes", exploration.bytes());
        bounds(json, ExplorationWords.SmallBounds.of(exploration));
        json.writeArrayFieldStart("outcomes");
        for (Found found : exploration.found()) found(json, found);
        json.writeEndArray();
    }

    private static void bounds(JsonGenerator json, ExplorationWords.SmallBounds bounds) throws IOException {
        json.writeObjectFieldStart("bounds");
        json.writeNumberField("pages", bounds.pages());
        json.writeNumberField("vcpus", bounds.vcpus());
        json.writeNumberField("precopy_rounds", bounds.precopyRounds());
        json.writeNumberField("faults", bounds.faults());
        json.writeNumberField("device_faults", bounds.deviceFaults());
        json.writeNumberField("network_cuts", bounds.networkCuts());
        json.writeNumberField("syn_losses", bounds.synLosses());
        JsonReport.strings(json, "operator", bounds.operator());
        json.writeEndObject();
    }

    private static void found(JsonGenerator json, Found found) throws IOException {
        Ending ending = found.ending();
        Witness witness = found.witness();
        Verdict verdict = witness.result().verdict();
        json.writeStartObject();
        json.writeStringField("outcome", ending.outcome().text());
        json.writeBooleanField("bad", ending.isBad());
        json.writeBooleanField("disturbed", ending.disturbed());
        json.writeStringField("guest_runs_on", ending.guestRunsOn().text());
        json.writeStringField("source_monitor", ending.sourceMonitor().text());
        json.writeStringField("destination_monitor", ending.destinationMonitor().text());
        json.writeNumberField("states", found.states());
        json.writeNumberField("shortest", ExplorationWords.length(witness));
        json.writeArrayFieldStart("schedule");
        for (int lane : witness.order().schedule()) json.writeNumber(lane);
        json.writeEndArray();
        JsonReport.strings(json, "steps", witness.order().choices().stream().map(Move::words).toList());
        string(json, "reason", verdict.reason());
        string(json, "advice", verdict.advice());
        json.writeEndObject();
    }

    private static void string(JsonGenerator json, String name, String value) throws IOException {
        json.writeStringField(name, JsonReport.text(value));
    }
}
