package org.chanrace.reports;

import static org.chanrace.model.trace.Actor.DESTINATION_FAULT;
import static org.chanrace.model.trace.Actor.DESTINATION_LISTEN;
import static org.chanrace.model.trace.Actor.DESTINATION_MAIN_LOOP;
import static org.chanrace.model.trace.Actor.DESTINATION_PREEMPT;
import static org.chanrace.model.trace.Actor.DESTINATION_VCPUS;
import static org.chanrace.model.trace.Actor.NETWORK;
import static org.chanrace.model.trace.Actor.OPERATOR;
import static org.chanrace.model.trace.Actor.SOURCE_MAIN_LOOP;
import static org.chanrace.model.trace.Actor.SOURCE_MIGRATION;
import static org.chanrace.model.trace.Actor.SOURCE_RETURN_PATH;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.chanrace.model.release.Releases;
import org.chanrace.model.scenario.Capability;
import org.chanrace.model.scenario.Endpoint;
import org.chanrace.model.scenario.Expectation;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.Host;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.OperatorEvent.Action;
import org.chanrace.model.scenario.OperatorEvent.When;
import org.chanrace.model.scenario.Parameters;
import org.chanrace.model.scenario.RunLimits;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.trace.Trace;
import org.chanrace.model.verdict.ConnectionFate;
import org.chanrace.model.verdict.GuestLocation;
import org.chanrace.model.verdict.Monitor;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
import org.chanrace.model.verdict.Verdict;
import org.chanrace.model.verdict.Verdict.ThreadWait;

/** Runs as the simulator would report them, made by hand. */
final class Samples {
    private static final OperatorEvent START_POSTCOPY = new OperatorEvent(new When.After("active", 1, 800_000_000L), new Action.StartPostcopy());

    private Samples() {}

    static List<ReportedRun> all() {
        return List.of(swapped(), completed(), hung(), recovered(), open());
    }

    /** 7.2 to 7.2, preempt overtakes main: the silent stall. As expected. */
    static ReportedRun swapped() {
        Recorder r = new Recorder();
        r.status(0, SOURCE_MAIN_LOOP, "setup");
        r.message(10, SOURCE_MAIN_LOOP, 110, NETWORK, 1, "SYN", 0);
        r.note(120, NETWORK, 1, "the relay holds connection 1 back");
        r.note(215, SOURCE_MAIN_LOOP, 1, "connected");
        r.message(230, SOURCE_MAIN_LOOP, 330, NETWORK, 2, "SYN", 0);
        r.message(340, NETWORK, 440, DESTINATION_MAIN_LOOP, 2, "SYN", 0);
        r.message(441, NETWORK, 541, DESTINATION_MAIN_LOOP, 1, "SYN", 0);
        r.note(560, DESTINATION_MAIN_LOOP, 2, "accepts connection 2");
        r.message(600, SOURCE_MIGRATION, 690, NETWORK, 1, "header", 42);
        r.note(700, DESTINATION_MAIN_LOOP, 1, "accepts connection 1");
        r.status(705, DESTINATION_MAIN_LOOP, "active");
        r.note(705, DESTINATION_MAIN_LOOP, 0, "starts the incoming coroutine on connection 2");
        r.waits(710, DESTINATION_MAIN_LOOP, "waits for the first bytes of the stream on connection 2 (preempt, taken for main)");
        r.message(720, SOURCE_MIGRATION, 820, NETWORK, 1, "OPEN_RETURN_PATH", 4);
        r.lost(730, SOURCE_MIGRATION, 1, "PING(1)", 8);
        r.status(4_000, SOURCE_MIGRATION, "active");
        for (int i = 0; i < 260; i++) r.lost(4_100 + i * 120L, SOURCE_MIGRATION, 1, "pages 0x" + Integer.toHexString(i * 8) + "..0x" + Integer.toHexString(i * 8 + 7), 33_024);
        r.waits(36_000, SOURCE_MIGRATION, "waits for room in main's send buffer");
        r.waits(900, SOURCE_RETURN_PATH, "waits for a message on main's return path");
        r.note(804_000, OPERATOR, 0, "migrate-start-postcopy");
        ThreadWait writer = new ThreadWait("source migration thread", "waits for room in main's send buffer", "destination main loop", 36_000_000L);
        ThreadWait reader = new ThreadWait("destination main loop",
                "waits for the first bytes of the stream on connection 2 (preempt, taken for main)", "source migration thread", 710_000L);
        ThreadWait back = new ThreadWait("source return-path thread", "waits for a message on main's return path", "", 900_000L);
        Verdict verdict = new Verdict(Outcome.PRECOPY_STALL, "active", "active", GuestLocation.SOURCE, Monitor.ANSWERS, Monitor.ANSWERS,
                "The destination took preempt for main and reads a channel that stays mute until postcopy, while the source's main channel, taken for preempt, is read by nobody.",
                List.of(writer, reader, back), List.of(writer, reader),
                "Cancel the migration on the source: the guest runs on there. Avoid proxies that reorder connections, or use a destination of 8.0 or later with a machine type above 7.2.",
                0, List.of());
        return run("library/misorder/preempt-overtakes-main-7.2.yaml",
                scenario("preempt-overtakes-main-7.2", "Preempt arrives first at a 7.2 destination, which cannot tell the two apart", "36f62f11e4", "7.2.0", "7.2.0",
                        "pc-q35-7.2", new Network.Relay.Swap(), List.of(START_POSTCOPY), Optional.of(Expectation.of(Outcome.PRECOPY_STALL))),
                new RunResult(1, verdict, List.of(
                        connection(1, "main", "preempt", 1, 10, 700, -1, ""),
                        connection(2, "preempt", "main", 1, 230, 560, -1, "")), 318, 5_304_000_000L, "00c0ffee00c0ffee", Optional.of(r.trace())));
    }

    /** 8.2 to 9.0: everything as it should be, but another outcome was expected. */
    static ReportedRun completed() {
        Recorder r = new Recorder();
        r.status(0, SOURCE_MAIN_LOOP, "setup");
        r.message(10, SOURCE_MAIN_LOOP, 110, DESTINATION_MAIN_LOOP, 1, "SYN", 0);
        r.note(160, DESTINATION_MAIN_LOOP, 1, "accepts connection 1");
        r.status(165, DESTINATION_MAIN_LOOP, "active");
        r.message(300, SOURCE_MIGRATION, 410, DESTINATION_MAIN_LOOP, 1, "header, CONFIGURATION", 90);
        r.message(310, SOURCE_MIGRATION, 420, DESTINATION_MAIN_LOOP, 1, "PING(1)", 8);
        r.message(440, DESTINATION_MAIN_LOOP, 545, SOURCE_RETURN_PATH, 1, "PONG(1)", 8);
        r.status(3_300, SOURCE_MIGRATION, "active");
        for (int i = 0; i < 800; i++) {
            r.message(3_400 + i * 990L, SOURCE_MIGRATION, 3_510 + i * 990L, DESTINATION_MAIN_LOOP, 1, "pages 0x" + Integer.toHexString(i * 8), 33_024);
            if (i % 80 == 79) r.message(3_405 + i * 990L, SOURCE_MIGRATION, 3_515 + i * 990L, DESTINATION_MAIN_LOOP, 1, "EOS", 8);
            if (i % 40 == 39) {
                r.waits(3_420 + i * 990L, SOURCE_MIGRATION, "waits for the next slice of max-bandwidth");
                r.resumes(3_900 + i * 990L, SOURCE_MIGRATION);
            }
        }
        r.note(803_500, OPERATOR, 0, "migrate-start-postcopy");
        r.message(804_000, SOURCE_MIGRATION, 804_100, DESTINATION_MAIN_LOOP, 2, "SYN", 0);
        r.waits(804_001, SOURCE_MIGRATION, "waits for the preempt channel to be connected");
        r.note(804_150, DESTINATION_MAIN_LOOP, 2, "accepts connection 2");
        r.resumes(804_230, SOURCE_MIGRATION);
        r.status(804_240, SOURCE_MIGRATION, "postcopy-active");
        r.note(804_260, SOURCE_MIGRATION, 0, "stops the guest");
        r.message(809_500, SOURCE_MIGRATION, 809_700, DESTINATION_MAIN_LOOP, 1, "PACKAGED(LISTEN, devices, RUN)", 180_000);
        r.note(809_710, DESTINATION_MAIN_LOOP, 0, "LISTEN: starts the listen thread");
        r.note(809_715, DESTINATION_LISTEN, 1, "reads main");
        r.note(815_000, DESTINATION_MAIN_LOOP, 0, "RUN: starts the guest");
        r.status(815_000, DESTINATION_MAIN_LOOP, "postcopy-active");
        r.waits(815_100, DESTINATION_VCPUS, "waits for page 0x40");
        r.message(815_110, DESTINATION_FAULT, 815_220, SOURCE_RETURN_PATH, 1, "REQ_PAGES(0x40)", 16);
        r.message(815_230, SOURCE_RETURN_PATH, 815_345, DESTINATION_PREEMPT, 2, "page 0x40", 4_104);
        r.resumes(815_350, DESTINATION_VCPUS);
        for (int i = 0; i < 300; i++) {
            long t = 815_500 + i * 700L;
            r.waits(t, DESTINATION_VCPUS, "waits for page 0x" + Integer.toHexString(0x80 + i));
            r.message(t + 10, DESTINATION_FAULT, t + 120, SOURCE_RETURN_PATH, 1, "REQ_PAGES(0x" + Integer.toHexString(0x80 + i) + ")", 16);
            r.message(t + 130, SOURCE_RETURN_PATH, t + 245, DESTINATION_PREEMPT, 2, "page 0x" + Integer.toHexString(0x80 + i), 4_104);
            r.message(t + 20, SOURCE_MIGRATION, t + 150, DESTINATION_LISTEN, 1, "pages 0x" + Integer.toHexString(0x1000 + i), 4_104);
            r.resumes(t + 250, DESTINATION_VCPUS);
        }
        r.message(1_026_000, SOURCE_MIGRATION, 1_026_110, DESTINATION_LISTEN, 1, "END, EOF", 9);
        r.note(1_026_120, DESTINATION_LISTEN, 2, "ends the preempt channel: no page is owed");
        r.message(1_026_200, DESTINATION_LISTEN, 1_026_300, SOURCE_RETURN_PATH, 1, "SHUT(0)", 8);
        r.status(1_026_200, DESTINATION_LISTEN, "completed");
        r.status(1_026_310, SOURCE_MIGRATION, "completed");
        Verdict verdict = new Verdict(Outcome.COMPLETED, "completed", "completed", GuestLocation.DESTINATION, Monitor.ANSWERS, Monitor.ANSWERS,
                "The guest runs on the destination with all of its pages.", List.of(), List.of(), "", 0, List.of());
        Expectation expectation = new Expectation(List.of(Outcome.POSTCOPY_STALL, Outcome.SPLIT_BRAIN), Optional.of(GuestLocation.NEITHER), Optional.empty(),
                Optional.of(Monitor.HUNG), Optional.empty(), Optional.empty());
        return run("library/recovered/eight-two-to-nine.yaml",
                scenario("8.2-to-9.0", "The preempt channel is opened at the switchover", "", "8.2.0", "9.0.0", "pc-q35-8.2", new Network.Relay.None(),
                        List.of(START_POSTCOPY), Optional.of(expectation)),
                new RunResult(7, verdict, List.of(
                        connection(1, "main", "main", 1, 10, 160, 1_026_400, "destination"),
                        connection(2, "preempt", "preempt", 1, 804_000, 804_150, 1_026_120, "destination")), 4_120, 1_026_400_000L, "0123456789abcdef",
                        Optional.of(r.trace()), Optional.of(LatencySamples.ofOneRun())), "report of today/capsules/8.2-to-9.0-seed7.capsule.yaml");
    }

    /** A 10.1 destination examines a mute connection in its main loop. */
    static ReportedRun hung() {
        Recorder r = new Recorder();
        r.status(0, SOURCE_MAIN_LOOP, "setup");
        r.status(0, DESTINATION_MAIN_LOOP, "setup");
        r.message(10, SOURCE_MAIN_LOOP, 110, NETWORK, 1, "SYN", 0);
        r.message(230, SOURCE_MAIN_LOOP, 330, NETWORK, 2, "SYN", 0);
        r.message(340, NETWORK, 440, DESTINATION_MAIN_LOOP, 2, "SYN", 0);
        r.note(560, DESTINATION_MAIN_LOOP, 2, "accepts connection 2");
        r.waits(570, DESTINATION_MAIN_LOOP, "waits in recvmsg(MSG_PEEK) for the first byte on connection 2");
        r.lost(600, SOURCE_MIGRATION, 1, "header", 42);
        r.lost(610, SOURCE_MIGRATION, 1, "PING(1)", 8);
        r.status(3_000, SOURCE_MIGRATION, "active");
        r.note(803_000, OPERATOR, 0, "migrate-start-postcopy");
        r.waits(804_000, SOURCE_MIGRATION, "waits for a PONG");
        ThreadWait gate = new ThreadWait("source migration thread", "waits for a PONG", "destination main loop", 804_000_000L);
        ThreadWait peek = new ThreadWait("destination main loop", "waits in recvmsg(MSG_PEEK) for the first byte on connection 2", "source migration thread", 570_000L);
        Verdict verdict = new Verdict(Outcome.PRECOPY_STALL, "active", "setup", GuestLocation.SOURCE, Monitor.ANSWERS, Monitor.HUNG,
                "The destination's main loop is blocked in the examination of preempt, on which the source writes nothing before the switchover.",
                List.of(gate, peek), List.of(gate, peek), "Kill the destination; the guest runs on on the source.", 0, List.of());
        return run("library/silent/peek-hangs-10.1.yaml",
                scenario("peek-hangs-10.1", "A mute first connection blocks the main loop", "00f3fcef19", "10.1.0", "10.1.0", "pc-q35-7.2", new Network.Relay.Swap(),
                        List.of(START_POSTCOPY), Optional.of(new Expectation(List.of(Outcome.PRECOPY_STALL), Optional.of(GuestLocation.SOURCE), Optional.empty(),
                                Optional.of(Monitor.HUNG), Optional.empty(), Optional.empty()))),
                new RunResult(1, verdict, List.of(
                        connection(1, "main", "none", 1, 10, -1, -1, ""),
                        connection(2, "preempt", "unidentified", 1, 230, 560, -1, "")), 97, 5_304_000_000L, "feedfacefeedface", Optional.of(r.trace())));
    }

    /** The network fails in postcopy, and a recovery brings new connections. */
    static ReportedRun recovered() {
        Recorder r = new Recorder();
        r.status(0, SOURCE_MAIN_LOOP, "setup");
        r.message(10, SOURCE_MAIN_LOOP, 110, DESTINATION_MAIN_LOOP, 1, "SYN", 0);
        r.note(160, DESTINATION_MAIN_LOOP, 1, "accepts connection 1");
        r.status(3_300, SOURCE_MIGRATION, "active");
        r.message(804_000, SOURCE_MIGRATION, 804_100, DESTINATION_MAIN_LOOP, 2, "SYN", 0);
        r.note(804_150, DESTINATION_MAIN_LOOP, 2, "accepts connection 2");
        r.status(804_240, SOURCE_MIGRATION, "postcopy-active");
        r.status(815_000, DESTINATION_MAIN_LOOP, "postcopy-active");
        r.note(1_104_240, NETWORK, 0, "every connection is broken");
        r.lost(1_104_230, SOURCE_MIGRATION, 1, "page 0x99", 4_104);
        r.status(1_104_300, SOURCE_MIGRATION, "postcopy-paused");
        r.waits(1_104_300, SOURCE_MIGRATION, "waits for migrate resume");
        r.status(1_104_310, DESTINATION_LISTEN, "postcopy-paused");
        r.waits(1_104_310, DESTINATION_LISTEN, "waits for migrate-recover and a new main");
        r.waits(1_104_320, DESTINATION_VCPUS, "waits for page 0x99");
        r.note(1_105_000, OPERATOR, 0, "migrate-recover, migrate resume");
        r.message(1_105_100, SOURCE_MAIN_LOOP, 1_105_200, DESTINATION_MAIN_LOOP, 3, "SYN", 0);
        r.note(1_105_250, DESTINATION_MAIN_LOOP, 3, "accepts connection 3");
        r.resumes(1_105_255, DESTINATION_LISTEN);
        r.status(1_105_255, DESTINATION_LISTEN, "postcopy-recover");
        r.resumes(1_105_310, SOURCE_MIGRATION);
        r.status(1_105_310, SOURCE_MIGRATION, "postcopy-recover");
        r.message(1_105_320, SOURCE_MIGRATION, 1_105_430, DESTINATION_LISTEN, 3, "RECV_BITMAP(pc.ram)", 12);
        r.message(1_105_440, DESTINATION_LISTEN, 1_105_560, SOURCE_RETURN_PATH, 3, "RECV_BITMAP(pc.ram) 2.0 KiB", 2_060);
        r.message(1_105_600, SOURCE_MIGRATION, 1_105_700, DESTINATION_MAIN_LOOP, 4, "SYN", 0);
        r.note(1_105_750, DESTINATION_MAIN_LOOP, 4, "accepts connection 4");
        r.message(1_105_760, SOURCE_MIGRATION, 1_105_860, DESTINATION_LISTEN, 3, "POSTCOPY_RESUME", 4);
        r.message(1_105_870, DESTINATION_LISTEN, 1_105_970, SOURCE_RETURN_PATH, 3, "RESUME_ACK", 8);
        r.status(1_105_980, SOURCE_MIGRATION, "postcopy-active");
        r.status(1_105_870, DESTINATION_LISTEN, "postcopy-active");
        r.message(1_105_990, SOURCE_MIGRATION, 1_106_100, DESTINATION_PREEMPT, 4, "page 0x99", 4_104);
        r.resumes(1_106_105, DESTINATION_VCPUS);
        r.status(1_400_000, DESTINATION_LISTEN, "completed");
        r.status(1_400_110, SOURCE_MIGRATION, "completed");
        Verdict verdict = new Verdict(Outcome.COMPLETED, "completed", "completed", GuestLocation.DESTINATION, Monitor.ANSWERS, Monitor.ANSWERS,
                "The guest runs on the destination with all of its pages, after one recovery.", List.of(), List.of(), "", 0,
                List.of("source: Unable to write to socket: Connection reset by peer", "destination: load of migration failed: Input/output error"));
        return run("library/recovery/both-sides-9.1.yaml",
                scenario("recover-after-break-9.1", "", "", "9.1.0", "9.1.0", "pc-q35-9.1", new Network.Relay.None(), List.of(START_POSTCOPY,
                        new OperatorEvent(new When.After("postcopy-active", 1, 300_000_000L), new Action.BreakNetwork()),
                        new OperatorEvent(new When.After("postcopy-paused", 1, 0), new Action.Recover(new Network.Relay.Natural()))),
                        Optional.of(Expectation.of(Outcome.COMPLETED))),
                new RunResult(1, verdict, List.of(
                        connection(1, "main", "main", 1, 10, 160, 1_104_240, "network"),
                        connection(2, "preempt", "preempt", 1, 804_000, 804_150, 1_104_240, "network"),
                        connection(3, "main", "main", 2, 1_105_100, 1_105_250, 1_400_200, "destination"),
                        connection(4, "preempt", "preempt", 2, 1_105_600, 1_105_750, 1_400_190, "destination")), 5_000, 1_400_300_000L, "aaaabbbbccccdddd",
                        Optional.of(r.trace())));
    }

    /** Nothing is expected, nothing was recorded, and the guest has lost pages. */
    static ReportedRun open() {
        Verdict verdict = new Verdict(Outcome.GUEST_CORRUPT, "completed", "completed", GuestLocation.DESTINATION, Monitor.ANSWERS, Monitor.GONE,
                "One page was still on its way on preempt when the destination shut it.", List.of(), List.of(),
                "The guest's memory is damaged: stop it and start it from its last good state.", 1, List.of());
        return run("library/open.yaml",
                scenario("eof-beats-urgent-page", "", "6621883f93", "8.0.0", "8.0.0", "pc-q35-8.0", new Network.Relay.Delay(new Network.Relay.Target.Role("preempt"), 500_000_000),
                        List.of(START_POSTCOPY), Optional.empty()),
                new RunResult(3, verdict, List.of(
                        connection(1, "main", "main", 1, 10, 160, 1_026_400, "destination"),
                        connection(2, "preempt", "preempt", 1, 804_000, 804_150, 1_026_120, "destination")), 4_000, 1_026_400_000L, "1111222233334444", Optional.empty()));
    }

    static FileProblem badFile() {
        return new FileProblem("library/bad.yaml", 4, 5, "unknown key 'latncy': did you mean 'latency'?", "  latncy: 100 us\n  ^");
    }

    /** The same run with another trace. */
    static ReportedRun with(ReportedRun run, Trace trace) {
        RunResult r = run.result();
        return new ReportedRun(run.scenario(), run.file(), new RunResult(r.seed(), r.verdict(), r.connections(), r.events(), r.virtualNanos(), r.digest(), Optional.of(trace), r.measurements()),
                run.capsule());
    }

    /** A run in which every text that a user or a model may choose freely is this one. */
    static ReportedRun saying(String text) {
        ThreadWait wait = new ThreadWait("source migration thread", text, "destination main loop", 5_000);
        ThreadWait other = new ThreadWait("destination main loop", text, text, 6_000);
        Recorder r = new Recorder();
        r.message(1, SOURCE_MAIN_LOOP, 2, DESTINATION_MAIN_LOOP, 1, text, 1).lost(3, SOURCE_MIGRATION, 1, text, 1).note(3, NETWORK, 1, text);
        r.status(4, SOURCE_MIGRATION, text).waits(5, SOURCE_MIGRATION, text).waits(6, DESTINATION_MAIN_LOOP, text);
        Verdict verdict = new Verdict(Outcome.PRECOPY_STALL, text, text, GuestLocation.SOURCE, Monitor.ANSWERS, Monitor.ANSWERS, text, List.of(wait, other),
                List.of(wait, other), text, 0, List.of(text, text));
        Expectation expectation = new Expectation(List.of(Outcome.COMPLETED), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(text + "!"), Optional.empty());
        return run(text, scenario(text, text, text, "7.2.0", "7.2.0", text, new Network.Relay.None(), List.of(START_POSTCOPY), Optional.of(expectation)),
                new RunResult(1, verdict, List.of(connection(1, text, text, 1, 1, 2, 7, text)), 9, 9_000, text, Optional.of(r.trace())));
    }

    private static ReportedRun run(String file, Scenario scenario, RunResult result) {
        return new ReportedRun(scenario, file, result);
    }

    private static ReportedRun run(String file, Scenario scenario, RunResult result, String capsule) {
        return new ReportedRun(scenario, file, result, Optional.of(capsule));
    }

    private static Scenario scenario(String name, String title, String because, String source, String destination, String machine, Network.Relay relay,
            List<OperatorEvent> events, Optional<Expectation> expectation) {
        return new Scenario(name, title, because, endpoint(source), endpoint(destination), machine,
                new Parameters(30_000_000, 60_000_000, 100_000_000, 2), false,
                Network.DEFAULT.withRelay(relay), Guest.DEFAULT, Host.DEFAULT, events,
                RunLimits.DEFAULT, expectation);
    }

    private static Endpoint endpoint(String release) {
        return new Endpoint(Releases.shipped().find(release).orElseThrow(), new TreeMap<>(), Set.of(Capability.POSTCOPY_RAM, Capability.POSTCOPY_PREEMPT));
    }

    private static ConnectionFate connection(int number, String channel, String takenFor, int attempt, long openedMicros, long acceptedMicros, long closedMicros, String by) {
        return new ConnectionFate(number, channel, takenFor, attempt, openedMicros * 1000, optional(acceptedMicros), optional(closedMicros), by);
    }

    private static OptionalLong optional(long micros) {
        return micros < 0 ? OptionalLong.empty() : OptionalLong.of(micros * 1000);
    }
}
