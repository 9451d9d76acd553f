package org.chanrace.reports;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.chanrace.explore.Constraint;
import org.chanrace.explore.Detour;
import org.chanrace.explore.Disturbance;
import org.chanrace.explore.Disturbances.Sought;
import org.chanrace.explore.Ending;
import org.chanrace.explore.Explanation;
import org.chanrace.explore.Exploration;
import org.chanrace.explore.Exploration.Found;
import org.chanrace.explore.Order;
import org.chanrace.explore.Order.Move;
import org.chanrace.explore.OrderingCore;
import org.chanrace.explore.Precedence;
import org.chanrace.explore.Provocation;
import org.chanrace.explore.TimedInstance;
import org.chanrace.explore.Timing;
import org.chanrace.explore.Witness;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;
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
        json.writeBooleanField("timed", exploration.timed());
        durations(json, exploration);
        json.writeBooleanField("complete", exploration.complete());
        json.writeBooleanField("completes", exploration.completes());
        JsonReport.strings(json, "never_happens", ExplorationWords.commandsInVain(exploration));
        json.writeNumberField("states", exploration.states());
        json.writeNumberField("transitions", exploration.transitions());
        json.writeNumberField("depth", exploration.depth());
        json.writeNumberField("frontier", exploration.frontier());
        json.writeNumberField("bytes", exploration.bytes());
        json.writeFieldName("with_reduction");
        if (exploration.reduced().isPresent()) withReduction(json, exploration, exploration.reduced().get());
        else json.writeNull();
        bounds(json, ExplorationWords.SmallBounds.of(exploration));
        json.writeArrayFieldStart("outcomes");
        for (Found found : exploration.found())
            outcome(json, pairing, found);
        json.writeEndArray();
    }

    private static void withReduction(JsonGenerator json, Exploration exploration, Exploration reduced) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("complete", reduced.complete());
        json.writeNumberField("states", reduced.states());
        json.writeNumberField("transitions", reduced.transitions());
        json.writeNumberField("depth", reduced.depth());
        json.writeNumberField("endings", reduced.found().size());
        json.writeBooleanField("contradicts", exploration.contradictsReduction());
        json.writeEndObject();
    }

    private static void durations(JsonGenerator json, Exploration exploration) throws IOException {
        json.writeArrayFieldStart("durations");
        for (TimedInstance.Span span : exploration.timed() ? TimedInstance.spans(exploration.scenario()) : List.<TimedInstance.Span>of()) {
            json.writeStartObject();
            string(json, "what", span.what());
            json.writeNumberField("least_ns", span.leastNanos());
            json.writeNumberField("most_ns", span.mostNanos());
            json.writeBooleanField("cut", span.cut());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void bounds(JsonGenerator json, ExplorationWords.SmallBounds bounds) throws IOException {
        json.writeObjectFieldStart("bounds");
        json.writeNumberField("pages", bounds.pages());
        json.writeNumberField("vcpus", bounds.vcpus());
        json.writeNumberField("precopy_rounds", bounds.precopyRounds());
        json.writeNumberField("faults", bounds.faults());
        json.writeNumberField("device_faults", bounds.deviceFaults());
        json.writeNumberField("unread_pages", bounds.unreadPages());
        json.writeNumberField("network_cuts", bounds.networkCuts());
        json.writeNumberField("syn_losses", bounds.synLosses());
        JsonReport.strings(json, "operator", bounds.operator());
        json.writeEndObject();
    }

    private static void outcome(JsonGenerator json, ExploredPairing pairing, Found found) throws IOException {
        Optional<Explained> notable = pairing.notable().stream().filter(e -> e.found().equals(found)).findFirst();
        Explained explained = notable.orElseGet(() -> Explained.not(found));
        Ending ending = explained.ending();
        Witness witness = explained.witness();
        Verdict verdict = witness.result().verdict();
        json.writeStartObject();
        ending(json, ending);
        json.writeBooleanField("sought", ending.sought());
        json.writeNumberField("states", explained.found().states());
        json.writeNumberField("shortest", ExplorationWords.length(witness));
        order(json, witness);
        json.writeFieldName("timing");
        if (witness.timing().isPresent()) timing(json, witness.timing().get());
        else json.writeNull();
        string(json, "reason", verdict.reason());
        string(json, "advice", verdict.advice());
        json.writeFieldName("explanation");
        if (explained.explanation().isPresent()) explanation(json, explained.explanation().get());
        else json.writeNull();
        json.writeFieldName("disturbance");
        if (explained.disturbance().isPresent()) disturbance(json, explained.disturbance().get());
        else json.writeNull();
        json.writeBooleanField("disturbance_sought", explained.sought().isPresent());
        json.writeStringField("disturbance_obstacle", explained.sought().flatMap(Sought::obstacle).map(ExplanationWords::word).orElse(null));
        json.writeFieldName("provocation");
        if (explained.provocation().isPresent()) provocation(json, explained.provocation().get());
        else json.writeNull();
        optional(json, "capsule", explained.capsule());
        diagram(json, "mermaid", notable.flatMap(e -> ExplorationMermaid.witness(pairing, e)));
        diagram(json, "parting_mermaid", notable.flatMap(e -> ExplorationMermaid.detour(pairing, e)));
        json.writeEndObject();
    }

    private static void ending(JsonGenerator json, Ending ending) throws IOException {
        json.writeStringField("outcome", ending.outcome().text());
        json.writeBooleanField("bad", ending.isBad());
        json.writeBooleanField("disturbed", ending.disturbed());
        json.writeStringField("guest_runs_on", ending.guestRunsOn().text());
        json.writeStringField("source_monitor", ending.sourceMonitor().text());
        json.writeStringField("destination_monitor", ending.destinationMonitor().text());
    }

    private static void order(JsonGenerator json, Witness witness) throws IOException {
        json.writeArrayFieldStart("schedule");
        for (int lane : witness.order().schedule()) json.writeNumber(lane);
        json.writeEndArray();
        JsonReport.strings(json, "steps", witness.order().choices().stream().map(Move::words).toList());
    }

    private static void timing(JsonGenerator json, Timing timing) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("moments_ns");
        for (long moment : timing.moments()) json.writeNumber(moment);
        json.writeEndArray();
        json.writeArrayFieldStart("longer");
        for (Timing.Longer longer : timing.longer()) {
            json.writeStartObject();
            json.writeNumberField("lane", longer.move().lane());
            json.writeNumberField("number", longer.move().number());
            string(json, "what", longer.move().words());
            json.writeNumberField("takes_ns", longer.nanos());
            json.writeNumberField("least_ns", longer.leastNanos());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeBooleanField("ran", timing.ran());
        json.writeEndObject();
    }

    private static void explanation(JsonGenerator json, Explanation explanation) throws IOException {
        OrderingCore core = explanation.core();
        Order order = explanation.witness().order();
        json.writeStartObject();
        json.writeArrayFieldStart("core");
        for (Constraint constraint : core.constraints()) {
            json.writeStartObject();
            event(json, "before", order, constraint.before());
            event(json, "after", order, constraint.after());
            json.writeStringField("decides", ExplanationWords.level(constraint.decides()));
            json.writeFieldName("otherwise");
            if (constraint.otherwise().isPresent()) witness(json, constraint.otherwise().get());
            else json.writeNull();
            json.writeEndObject();
        }
        json.writeEndArray();
        if (core.decided().isPresent()) json.writeStringField("decided", ExplanationWords.level(core.decided().get()));
        else json.writeNullField("decided");
        json.writeBooleanField("refuted", core.refuted());
        json.writeBooleanField("reduced", core.reduced());
        json.writeNumberField("sealed", core.sealed());
        JsonReport.strings(json, "disturbances", core.disturbances().stream().map(Move::words).toList());
        json.writeNumberField("trials", core.trials());
        json.writeNumberField("trial_states", core.states());
        json.writeFieldName("parting");
        if (explanation.detour().isPresent()) parting(json, order, explanation.detour().get());
        else json.writeNull();
        json.writeBooleanField("parting_sought", explanation.detourSought());
        json.writeEndObject();
    }

    private static void witness(JsonGenerator json, Witness witness) throws IOException {
        json.writeStartObject();
        ending(json, witness.ending());
        order(json, witness);
        json.writeEndObject();
    }

    private static void parting(JsonGenerator json, Order order, Detour detour) throws IOException {
        json.writeStartObject();
        json.writeNumberField("common", detour.common());
        event(json, "goes_on", order, detour.witnessGoesOn());
        event(json, "instead", order, detour.detourGoesOn());
        json.writeFieldName("order");
        witness(json, detour.witness());
        json.writeEndObject();
    }

    private static void event(JsonGenerator json, String name, Order order, Move move) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("lane", move.lane());
        json.writeNumberField("number", move.number());
        string(json, "what", move.words());
        OptionalInt step = ExplanationWords.step(order, move);
        if (step.isPresent()) json.writeNumberField("step", step.getAsInt());
        else json.writeNullField("step");
        json.writeEndObject();
    }

    private static void disturbance(JsonGenerator json, Disturbance disturbance) throws IOException {
        json.writeStartObject();
        json.writeStringField("measure", disturbance.measure() == Disturbance.Measure.SUM ? "sum" : "max");
        json.writeNumberField("sum_ns", disturbance.sumNanos());
        json.writeNumberField("max_ns", disturbance.maxNanos());
        json.writeNumberField("round_trip_ns", disturbance.roundTripNanos());
        json.writeArrayFieldStart("delays");
        for (Disturbance.Delay delay : disturbance.delays()) {
            json.writeStartObject();
            json.writeNumberField("connection", delay.connection());
            string(json, "channel", delay.channel());
            json.writeNumberField("hop", delay.hop());
            json.writeStringField("toward", delay.toDestination() ? "destination" : "source");
            json.writeNumberField("packet", delay.number());
            string(json, "what", delay.step());
            json.writeNumberField("late_ns", delay.nanos());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("moments");
        for (Disturbance.Moment moment : disturbance.moments()) {
            json.writeStartObject();
            string(json, "what", moment.move().words());
            json.writeNumberField("at_ns", moment.nanos());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("forces");
        for (Precedence pair : disturbance.forced()) {
            json.writeStartObject();
            string(json, "before", pair.before().words());
            string(json, "after", pair.after().words());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("outcome", disturbance.result().verdict().outcome().text());
        json.writeEndObject();
    }

    private static void provocation(JsonGenerator json, Provocation provocation) throws IOException {
        json.writeStartObject();
        optional(json, "relay", provocation.relayed().map(Provocation.Relayed::line));
        nanos(json, "relay_tried_ns", provocation.triedNanos());
        count(json, "relay_times", provocation.relayed().map(r -> OptionalInt.of(r.times())).orElse(OptionalInt.empty()));
        Provocation.Queued queued = provocation.queued();
        nanos(json, "netem_tried_ns", queued.triedNanos());
        count(json, "netem_times", queued.times());
        count(json, "undisturbed_times", provocation.undisturbed());
        json.writeNumberField("runs", Provocation.RUNS);
        json.writeNumberField("first_seed", Provocation.FIRST_SEED);
        optional(json, "netem_small", queued.inTheSmallGuest().map(Outcome::text));
        json.writeBooleanField("netem_small_ends_so", queued.doesSo());
        JsonReport.strings(json, "netem_cannot_tell", queued.unknowable().stream().map(Disturbance.Delay::step).toList());
        JsonReport.strings(json, "commands", queued.commands());
        JsonReport.strings(json, "limits", queued.limits());
        json.writeEndObject();
    }

    private static void nanos(JsonGenerator json, String name, List<Long> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (long value : values) json.writeNumber(value);
        json.writeEndArray();
    }

    private static void count(JsonGenerator json, String name, OptionalInt value) throws IOException {
        if (value.isPresent()) json.writeNumberField(name, value.getAsInt());
        else json.writeNullField(name);
    }

    private static void optional(JsonGenerator json, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) string(json, name, value.get());
        else json.writeNullField(name);
    }

    /** A diagram has lines, and is legal text already. */
    private static void diagram(JsonGenerator json, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) json.writeStringField(name, value.get());
        else json.writeNullField(name);
    }

    private static void string(JsonGenerator json, String name, String value) throws IOException {
        json.writeStringField(name, JsonReport.text(value));
    }
}
