package org.chanrace.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.chanrace.model.Departure;
import org.chanrace.model.ModelVersion;
import org.chanrace.model.trace.TraceEvent;
import org.chanrace.reports.FileProblem;
import org.chanrace.reports.ReportedRun;
import org.chanrace.reports.TextReport;
import org.chanrace.scenarios.capsule.Capsule;
import org.chanrace.scenarios.capsule.Drive;
import org.chanrace.scenarios.capsule.Replayed;

/** What came of replaying, a line for each capsule. */
final class ReplayText implements ReplayWriter {
    /** What an event does is told by so many lines of the trace. */
    private static final int DOES_MAX = 2;

    private static final long SECOND = 1_000_000_000;

    private final Appendable out;
    private final TextReport text;
    private final boolean colored;
    private final boolean explained;

    /** @param explained whether every run is explained */
    ReplayText(Appendable out, TextReport.Options options, boolean explained) {
        this.out = out;
        this.text = new TextReport(options);
        this.colored = options.colour();
        this.explained = explained;
    }

    @Override
    public void replayed(String file, Replayed replayed, Optional<ReportedRun> run) throws IOException {
        out.append(replayed.isSame() ? colored("32", "✓") : colored("31", "✗")).append(' ').append(file.replaceAll("\\p{Cntrl}", "\ufffd")).append("  ")
                .append(sentence(replayed)).append('\n');
        if (explained && run.isPresent()) out.append('\n').append(text.explanation(run.get())).append('\n');
    }

    /** {@code same: completed, digest 0123456789abcdef}; or what differs, where, and whether the model has changed. */
    static String sentence(Replayed replayed) {
        Capsule capsule = replayed.capsule();
        String versions = "written by model " + capsule.model() + ", this is model " + ModelVersion.CURRENT;
        if (replayed.isSame())
            return "same: " + capsule.outcome().text() + ", digest " + capsule.digest() + (capsule.isOfAnotherModel() ? " (" + versions + ")" : "");
        List<String> parts = new ArrayList<>();
        parts.add(ending(replayed));
        replayed.departure().ifPresent(departure -> parts.add(where(departure, capsule)));
        if (replayed.departure().isEmpty() && replayed.hasSameDigest()) parts.add("all that was done is the same, and judged otherwise");
        else if (replayed.departure().isEmpty())
            parts.add(capsule.picks() == 0 ? "where is not known, since the schedule was left out"
                    : "all " + capsule.picks() + " picks are the same, but not what the events are or when they are due");
        replayed.inRecordedOrder().ifPresent(order -> parts.add(order.departure()
                .map(impossible -> "the recorded order is not possible from pick " + impossible.pick() + " on")
                .orElseGet(() -> "the recorded order is still possible, and ends in " + order.result().orElseThrow().verdict().outcome().text())));
        return (capsule.isOfAnotherModel() ? "model changed: " + versions + ": " : "differs: ") + String.join("; ", parts);
    }

    private static String ending(Replayed replayed) {
        String then = replayed.capsule().outcome().text();
        if (replayed.now().result().isEmpty()) return "recorded " + then + ", and now the recorded order is not possible";
        String now = replayed.now().result().get().verdict().outcome().text();
        if (!replayed.hasSameOutcome()) return "recorded " + then + ", now " + now;
        return "still " + now + (replayed.hasSameDigest() ? ", and the same digest, but the schedule is that of another run" : ", with another digest");
    }

    private static String where(Departure d, Capsule capsule) {
        String moment = capsule.drive() == Drive.BY_ORDER ? "" : String.format(Locale.ROOT, "%d.%06d s, ", d.nanos() / SECOND, d.nanos() % SECOND / 1000);
        String place = "at pick " + d.pick() + " of " + capsule.picks() + ", " + moment;
        String recorded = d.recorded().isEmpty() ? "where the recorded run had ended" : "recorded was " + d.recorded() + ", which " + d.state();
        if (d.now().isEmpty()) return place + recorded;
        String does = does(d);
        return place + recorded + ", and now comes " + d.now() + (does.isEmpty() ? "" : ": " + does);
    }

    /** What the event does that is handled now, for people, without the name of the thread whose lane it is: {@code sends PING(1) on connection 1}. */
    static String does(Departure departure) {
        return departure.does().stream().limit(DOES_MAX).map(event -> {
            String who = event.actor().text();
            return who.equals(departure.now()) ? does(event) : who + ": " + does(event);
        }).collect(Collectors.joining(", "));
    }

    private static String does(TraceEvent event) {
        if (event instanceof TraceEvent.Sent sent) return "sends " + sent.what() + " on connection " + sent.connection();
        if (event instanceof TraceEvent.Received received) return "receives " + received.what() + " on connection " + received.connection();
        if (event instanceof TraceEvent.Noted noted) return noted.what();
        if (event instanceof TraceEvent.StatusChanged changed) return "status " + changed.status();
        if (event instanceof TraceEvent.Waits waits) return waits.reason();
        return "goes on";
    }

    @Override
    public void problem(FileProblem problem) throws IOException {
        out.append(text.problem(problem));
    }

    @Override
    public void end(long replayed, long different, long problems, long left) throws IOException {
        out.append(String.format(Locale.ROOT, "%d %s: %d the same, ", replayed, replayed == 1 ? "capsule" : "capsules", replayed - different))
                .append(different == 0 ? "0 different" : colored("31", different + " different"));
        if (problems > 0) out.append(", ").append(colored("31", problems + (problems == 1 ? " error" : " errors")));
        if (left > 0) out.append(", ").append(colored("31", "partial: " + left + " were not replayed"));
        out.append('\n');
    }

    private String colored(String code, String what) {
        return colored ? "\u001b[" + code + "m" + what + "\u001b[0m" : what;
    }
}
