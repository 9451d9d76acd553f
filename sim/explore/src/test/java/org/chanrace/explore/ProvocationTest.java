package org.chanrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.chanrace.explore.Disturbance.Delay;
import org.chanrace.explore.Disturbance.Measure;
import org.chanrace.explore.Order.Move;
import org.chanrace.explore.Provocation.Queued;
import org.chanrace.model.Delays;
import org.chanrace.model.Simulation;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.Verdict;
import org.chanrace.scenarios.LoadedFile;
import org.chanrace.scenarios.ScenarioLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said to bring a disturbance about does so when it is run, and nothing else is said to. */
class ProvocationTest {
    /** {@code ct mark 1 tcp flags & syn == 0}: which connection, and which of its packets. */
    private static final Pattern MARKING = Pattern.compile("nft 'add rule inet chanrace (seen tcp dport|sent tcp sport) DPORT ct mark (\\d+)(.*) meta mark set (\\d+)'");
    private static final Pattern QUEUE = Pattern.compile("tc qdisc add dev DEV parent 1:([0-9a-f]+) netem delay (\\d+)us limit 100000  # .*");
    private static final String TEXT = """
            name: together
            source: 7.2.0
            destination: 7.2.0
            machine: pc-q35-7.2
            capabilities: [postcopy-ram, postcopy-preempt]
            parameters: {max-bandwidth: 30 MB/s, max-postcopy-bandwidth: 60 MB/s, downtime-limit: 100 ms}
            network: {latency: 100 us, bandwidth: 10 Gbit/s}
            host: {wake-up: 100 us}
            events:
              - {after: active, by: 800 ms, do: start-postcopy}
            """;

    @Test
    void aRelayAndAQueueDoItToTheRealGuest() {
        Scenario scenario = parse(TEXT);
        Disturbance least = least(scenario, Outcome.PRECOPY_STALL);
        Provocation provocation = Provocation.of(scenario, least);
        Provocation.Relayed relayed = provocation.relayed().orElseThrow();
        assertThat(relayed.line()).startsWith("relay: {delay: {channel: main, by: ").endsWith(", by: " + last(provocation.triedNanos()) / 1000 + " us}}");
        assertThat(parse(TEXT.replace("10 Gbit/s", "10 Gbit/s, " + relayed.line())).network().relay()).isEqualTo(relayed.scenario().network().relay());
        assertThat(relayed.times()).isEqualTo(count(relayed.scenario(), new String[0], least.ending())).isPositive();
        Queued queued = provocation.queued();
        assertThat(queued.times().orElseThrow()).isEqualTo(count(scenario, queued.commands().toArray(String[]::new), least.ending())).isPositive();
        assertThat(provocation.undisturbed()).hasValue(count(scenario, new String[0], least.ending())).hasValue(0);
        assertThat(queued.doesSo()).isTrue();
        assertThat(queued.commands()).anyMatch(c -> c.contains("netem delay " + last(queued.triedNanos()) / 1000 + "us")).anyMatch(c -> c.contains("ct mark 1 tcp flags & syn == 0 meta mark set 1"));
        assertThat(queued.limits()).anyMatch(l -> l.contains("is late by as much"));
    }

    /** Commands are read as netfilter reads them, and run: with the small guest, and with the real one where they are said to do it to that. */
    @Test
    void commandsThatArePrintedDoIt() {
        int inTheScenario = 0;
        int inTheSmallGuestAlone = 0;
        for (Scenario scenario : List.of(library("races/r02-preempt-overtakes-main", "7.2.0"), library("races/r09-drain-without-an-exit", "10.0.0"))) {
            for (Disturbance d : disturbances(scenario)) {
                Queued queued = Provocation.of(scenario, d).queued();
                String[] commands = queued.commands().toArray(String[]::new);
                boolean any = commands.length > 0;
                assertThat(any).isEqualTo(queued.times().isPresent() || queued.doesSo());
                if (!any) continue;
                queued.times().ifPresent(times -> assertThat(count(scenario, commands, d.ending())).isEqualTo(times).isPositive());
                if (queued.times().isPresent()) inTheScenario++;
                else {
                    inTheSmallGuestAlone++;
                    assertThat(endsAsPlanned(d, commands)).isTrue();
                }
            }
        }
        assertThat(inTheScenario).isPositive();
        assertThat(inTheSmallGuestAlone).isPositive();
    }

    private static boolean endsAsPlanned(Disturbance d, String[] commands) {
        Simulation simulation = Simulation.of(d.timed());
        Verdict verdict = simulation.run(apply(commands, d.momentsIn(simulation)), (lane, event, now) -> {}, false).verdict();
        Verdict planned = d.result().verdict();
        return verdict.outcome() == planned.outcome() && verdict.guestRunsOn() == planned.guestRunsOn() && verdict.sourceMonitor() == planned.sourceMonitor()
                && verdict.destinationMonitor() == planned.destinationMonitor();
    }

    /** PING(4) is record 10 of a guest of four pages: netfilter cannot know which packet of a real guest's stream that is. */
    @Test
    void aPacketInTheMiddleOfAStreamIsNotMarked() {
        int late = 0;
        Scenario scenario = library("races/r09-drain-without-an-exit", "10.0.0");
        for (Disturbance d : disturbances(scenario)) {
            List<Delay> inTheMiddle = d.delays().stream().filter(delay -> delay.step().contains("PING(4)")).toList();
            if (inTheMiddle.isEmpty()) continue;
            late++;
            Queued queued = Provocation.of(scenario, d).queued();
            assertThat(queued.unknowable()).containsAll(inTheMiddle);
            assertThat(queued.commands()).isEmpty();
            assertThat(queued.limits()).isEmpty();
            assertThat(queued.triedNanos()).isEmpty();
        }
        assertThat(late).isPositive();
    }

    /** All that late packets do to a scenario, as it is found out for who asks. */
    private static List<Disturbance> disturbances(Scenario scenario) {
        List<Disturbance> all = new ArrayList<>();
        for (Exploration.Found found : Explorer.explore(scenario, Settings.DEFAULT).bad()) {
            List<Move> moves = found.witness().order().moves();
            List<Precedence> core = Explanations.of(SmallInstance.of(scenario), found.witness(), Effort.DEFAULT).core().constraints().stream()
                    .filter(c -> moves.stream().anyMatch(c.after()::isSameAs)).map(c -> new Precedence(c.before(), c.after())).toList();
            Disturbances.least(scenario, found.witness(), Measure.SUM, core).filter(d -> !d.delays().isEmpty()).ifPresent(all::add);
        }
        return all;
    }

    /** SYN, ACK and data go out, SYN-ACK and data come back. A packet is told by its flags, and by what of its connection went before it. */
    @ParameterizedTest
    @CsvSource({
        "true, 1, ct mark 2 tcp flags & (syn | ack) == syn meta mark set 1", "true, 2, ct mark 2 tcp flags & syn == 0 meta mark set 1", "true, 3, ct mark 1002 meta mark set 1",
        "false, 1, ct mark 2 tcp flags & (syn | ack) == (syn | ack) meta mark set 1", "false, 2, ct mark 2 tcp flags & psh == psh meta mark set 1"})
    void whatIsMarkedIsWhatIsLate(boolean toDestination, int number, String marking) {
        List<Netem.Rule> rules = List.of(new Netem.Rule(2, "preempt", toDestination, number, "what it is", 7000));
        List<String> commands = Netem.commands(rules);
        assertThat(commands).anyMatch(c -> c.endsWith(" DPORT " + marking + "'")).anyMatch(c -> c.contains("netem delay 7us"));
        assertThat(commands.stream().anyMatch(c -> c.endsWith("ct mark 2 tcp flags & syn == 0 ct mark set 1002'"))).isEqualTo(toDestination && number == 3);
        assertThat(commands.get(0)).endsWith(toDestination ? "on the source's host" : "on the host that the source connects to");
        assertThat(Netem.limits(rules).stream().anyMatch(l -> l.contains("What follows"))).isEqualTo(number > 1);
    }

    @Test
    void ofTwoConnectionsEachHasItsQueue() {
        List<String> commands = Netem.commands(List.of(new Netem.Rule(1, "main", true, 2, "ACK", 5000), new Netem.Rule(1, "main", false, 2, "record 1", 6000), new Netem.Rule(2, "preempt", true, 2, "ACK", 7000)));
        assertThat(commands.stream().filter(c -> c.startsWith("nft add table"))).hasSize(2);
        assertThat(commands.stream().filter(c -> c.contains("numgen"))).hasSize(2);
        assertThat(commands.stream().filter(c -> c.contains("netem delay"))).map(c -> c.replaceAll(" limit.*", "")).containsExactly(
                "tc qdisc add dev DEV parent 1:4 netem delay 5us", "tc qdisc add dev DEV parent 1:5 netem delay 7us", "tc qdisc add dev DEV parent 1:4 netem delay 6us");
    }

    /** What is held back waits for the same: where two packets of a connection are late, a relay has not to hold it back for their sum. */
    @ParameterizedTest
    @CsvSource({"SUM", "MAX"})
    void aRelayIsTriedWithTheLargestDelay(Measure measure) {
        Scenario scenario = parse(TEXT);
        Disturbance least = least(scenario, Outcome.PRECOPY_STALL);
        List<Delay> both = new ArrayList<>(least.delays());
        both.add(new Delay(1, "main", 1, true, 3, "record 1: stream header", least.maxNanos() - 1000));
        Disturbance two = new Disturbance(
                least.timed(), least.ending(), measure, both, least.moments(), least.withheld(), least.forced(), least.roundTripNanos(), least.result());
        assertThat(Provocation.of(scenario, two).triedNanos().get(0)).isEqualTo((least.maxNanos() + 999) / 1000 * 1000);
    }

    /** Makes late what these commands do, which are read again from their text. */
    private static Delays apply(String[] commands, Delays delays) {
        for (String command : commands) {
            Matcher marking = MARKING.matcher(command);
            if (!marking.matches()) continue;
            boolean toDestination = marking.group(1).startsWith("seen");
            int ofConnection = Integer.parseInt(marking.group(2));
            long nanos = 1000 * queue(commands, toDestination, Integer.parseInt(marking.group(4)));
            String packets = marking.group(3);
            // A connection whose mark is above 1000 is one whose ACK went before.
            if (ofConnection > 1000) delays.lateFrom(ofConnection - 1001, 0, true, 3, nanos);
            else if (packets.contains("(syn | ack)")) delays.late(ofConnection - 1, 0, toDestination, 1, nanos);
            else {
                assertThat(packets).isEqualTo(toDestination ? " tcp flags & syn == 0" : " tcp flags & psh == psh");
                delays.lateFrom(ofConnection - 1, 0, toDestination, 2, nanos);
            }
        }
        return delays;
    }

    /** By how many us a mark delays; the commands of the source's host come first. */
    private static long queue(String[] commands, boolean toDestination, int mark) {
        boolean onSource = false;
        for (String command : commands) {
            if (command.startsWith("nft add table")) onSource = command.contains("source's host");
            Matcher queue = QUEUE.matcher(command);
            if (onSource == toDestination && queue.matches() && Integer.parseInt(queue.group(1), 16) == 3 + mark) return Long.parseLong(queue.group(2));
        }
        throw new AssertionError("no queue for mark " + mark);
    }

    private static long last(List<Long> all) {
        return all.get(all.size() - 1);
    }

    private static int count(Scenario scenario, String[] commands, Ending ending) {
        Simulation simulation = Simulation.of(scenario);
        Delays delays = apply(commands, simulation.delays());
        return (int) LongStream.rangeClosed(1, 20).filter(seed -> ending.isOf(simulation.run(delays, seed, (lane, event, now) -> {}, false).verdict())).count();
    }

    private static Disturbance least(Scenario scenario, Outcome outcome) {
        Witness witness = Explorer.explore(scenario, Settings.DEFAULT).bad().stream().filter(f -> f.ending().outcome() == outcome).findFirst().orElseThrow().witness();
        return Disturbances.least(scenario, witness, Measure.SUM, List.of()).orElseThrow();
    }

    private static Scenario parse(String text) {
        return scenarios(ScenarioLoader.parse(text, "together.yaml", Path.of("."))).get(0);
    }

    /** In the pairing in which it fails whose source is this release. */
    private static Scenario library(String name, String source) {
        String file = "scenarios/library/" + name + ".yaml";
        Scenario scenario = scenarios(ScenarioLoader.load(Path.of("../..").resolve(file), file)).get(0);
        return scenario.failsIn().stream().map(scenario::in).filter(s -> s.source().release().name().equals(source)).findFirst().orElseThrow();
    }

    private static List<Scenario> scenarios(LoadedFile loaded) {
        assertThat(loaded.problems()).isEmpty();
        return loaded.scenarios().stream().map(l -> l.scenario()).toList();
    }
}
