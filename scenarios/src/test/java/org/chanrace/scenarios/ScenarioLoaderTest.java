package org.chanrace.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.chanrace.model.release.Trait;
import org.chanrace.model.scenario.Bounds;
import org.chanrace.model.scenario.Capability;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Endpoint;
import org.chanrace.model.scenario.Expectation;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.Host;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.OperatorEvent.Action;
import org.chanrace.model.scenario.OperatorEvent.Action.StandStill.Party;
import org.chanrace.model.scenario.OperatorEvent.When;
import org.chanrace.model.scenario.Paging;
import org.chanrace.model.scenario.Pairing;
import org.chanrace.model.scenario.Parameters;
import org.chanrace.model.scenario.RunLimits;
import org.chanrace.model.scenario.RelayWakeUps;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.scenario.Tcp;
import org.chanrace.model.verdict.Monitor;
import org.chanrace.model.verdict.GuestLocation;
import org.chanrace.model.verdict.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioLoaderTest {
    private static final String SIDES = "source: 8.0.0\ndestination: 8.0.0\nmachine: pc-q35-8.0\n";

    @TempDir
    Path folder;

    /** A tour: a scenario in, records out; and what a typing error looks like. */
    @Test
    void tutorial() {
        String text = """
                name: preempt-postponed-breaks-7.2
                title: The source opens preempt late
                because: 5655aab079
                source:
                  release: 10.0.13
                  properties: {x-preempt-pre-7-2: off}
                destination: 7.2.22
                machine: pc-q35-7.2
                capabilities: [postcopy-ram, postcopy-preempt]
                network:
                  latency: {lognormal: {median: 100 us, sigma: 0.4}}
                  relay: {delay: {connection: 2, by: 2.5 s}}
                events:
                  - {after: active, by: 800 ms, do: start-postcopy}
                expect: {outcome: precopy-stall, destination-monitor: answers}
                """;
        LoadedFile file = ScenarioLoader.parse(text, "tour.yaml", Path.of("."));
        assertThat(file.problems()).isEmpty();
        Scenario scenario = file.scenarios().get(0).scenario();
        assertThat(scenario.source().properties()).containsEntry(Endpoint.PREEMPT_PRE_7_2, false);
        assertThat(scenario.destination().has(Capability.POSTCOPY_PREEMPT)).isTrue();
        assertThat(scenario.network().latency()).isEqualTo(new Distribution.Lognormal(100_000, 0.4));
        assertThat(scenario.network().relay()).isEqualTo(new Relay.Delay(new Relay.Target.Arrival(2), 2_500_000_000L));
        assertThat(scenario.events()).containsExactly(new OperatorEvent(new When.After("active", 1, 800_000_000), new Action.StartPostcopy()));
        assertThat(scenario.expectation()).hasValueSatisfying(e -> {
            assertThat(e.outcomes()).containsExactly(Outcome.PRECOPY_STALL);
            assertThat(e.destinationMonitor()).contains(Monitor.ANSWERS);
        });

        LoadedFile bad = ScenarioLoader.parse(text.replace("latency:", "latncy:"), "tour.yaml", Path.of("."));
        assertThat(bad.scenarios()).isEmpty();
        assertThat(bad.problems()).singleElement().satisfies(problem -> assertThat(problem.text()).isEqualTo("""
                tour.yaml:11:3: unknown key 'latncy'
                 11 |   latncy: {lognormal: {median: 100 us, sigma: 0.4}}
                    |   ^
                    | did you mean 'latency'?"""));
    }

    @Test
    void whatAFileLeavesOutTakesTheDefaults() {
        Scenario s = load(SIDES);
        assertThat(s.name()).isEqualTo("x");
        assertThat(s.parameters()).isEqualTo(Parameters.DEFAULT);
        assertThat(s.network()).isEqualTo(Network.DEFAULT);
        assertThat(s.guest()).isEqualTo(Guest.DEFAULT);
        assertThat(s.host()).isEqualTo(Host.DEFAULT);
        assertThat(s.limits()).isEqualTo(RunLimits.DEFAULT);
        assertThat(s.expectation()).isEmpty();
        assertThat(load(SIDES + "guest: {memory: 100 MiB}\n").guest().workingSet()).isEqualTo(100L * 1024 * 1024 / 8 * 7 / 4096 * 4096);
        assertThat(load(SIDES + "guest: {vcpus: 2}\n").guest().workingSet()).isEqualTo(Guest.DEFAULT.workingSet());
        assertThat(load(SIDES + "network: {relay: swap}\n").network().sendBuffer()).isEqualTo(Network.DEFAULT.sendBuffer());
    }

    @Test
    void releasesCanBeDefined() {
        Scenario s = load("source: {release: {base: 9.2.0, name: my-patch, traits: {identification: A5, pong-gate: no}}}\n"
                + "destination: 7.2.91\nmachine: pc-q35-7.2\n");
        assertThat(s.source().release().name()).isEqualTo("my-patch");
        assertThat(s.source().release().value(Trait.IDENTIFICATION)).isEqualTo("A5");
        assertThat(s.source().release().value(Trait.PONG_GATE)).isEqualTo("no");
        assertThat(s.destination().release().name()).isEqualTo("7.2.91");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            on | true
            "on" | true
            true | true
            off | false
            "off" | false
            false | false
            """, quoteCharacter = '`')
    void flagsAreReadHoweverTheyAreQuoted(String written, boolean value) {
        Scenario s = load(SIDES.replace("source: 8.0.0", "source: {release: 8.0.0, properties: {x-preempt-pre-7-2: " + written + "}}"));
        assertThat(s.source().properties()).containsEntry(Endpoint.PREEMPT_PRE_7_2, value);
    }

    @Test
    void hopsInBothForms() {
        Scenario s = load(SIDES + "network: {hops: [{proxy: {connect: 1 ms}}, {kind: haproxy, connect: {exponential: {mean: 200 us}}}]}\n");
        assertThat(s.network().hops()).containsExactly(
                new Network.Hop("proxy", new Distribution.Constant(1_000_000)), new Network.Hop("haproxy", new Distribution.Exponential(200_000)));
    }

    @Test
    void everyEvent() {
        Scenario s = load(SIDES + """
                events:
                  - {at: 1 s, do: cut-network}
                  - {after: postcopy-paused, occurrence: 2, do: recover}
                  - {after: postcopy-paused, do: recover, relay: swap}
                  - {at: 5 s, do: set-parameters, parameters: {max-bandwidth: unlimited, downtime-limit: 60 s}}
                  - {at: 5 s, do: pause, side: destination}
                  - {at: 5 s, do: probe}
                """);
        assertThat(s.events()).extracting(OperatorEvent::action).containsExactly(new Action.CutNetwork(), new Action.Recover(new Relay.None()),
                new Action.Recover(new Relay.Swap()), new Action.SetParameters(0, Action.SetParameters.KEEP, 60_000_000_000L), new Action.Pause(false),
                new Action.Probe(1_000_000_000));
        assertThat(s.events().get(1).when()).isEqualTo(new When.After("postcopy-paused", 2, 0));
    }

    /** One broken key each, behind good sides: where, and what is said. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            network: {latency: 100}                     | 4:20 | '100' needs a unit: ns, us, ms, s, min, h
            network: {latency: fast}                    | 4:20 | 'fast' is not a time: a number and a unit, as in 100 us
            network: {latency: 100 Us}                  | 4:20 | did you mean 'us'?
            network: {latency: -5 ms}                   | 4:20 | '-5 ms' is negative
            network: {latency: 0.5 ns}                  | 4:20 | '0.5 ns' is not a whole number of nanoseconds
            network: {latency: 99999999999999 s}        | 4:20 | is too much: at most 30 days
            network: {latency: [1 ms]}                  | 4:20 | a mapping is needed here
            network: {latency: {unifrom: {}}}           | 4:21 | did you mean 'uniform'?
            network: {latency: {uniform: {from: 2 ms, to: 1 ms}}} | 4:31 | uniform: 0 <= from <= to
            network: {latency: {uniform: {from: 2 ms}}} | 4:30 | 'to' is missing here
            network: {latency: {normal: {mean: 1 ms, sd: 0 ms}}} | 4:30 | normal: mean >= 0, sd > 0
            network: {latency: {lognormal: {median: 1 ms, sigma: x}}} | 4:54 | 'x' is not a number
            network: {latency: {mixture: []}}           | 4:30 | mixture: at least one part
            network: {latency: {empirical: no.csv}}     | 4:32 | cannot read 'no.csv': there is no such file
            network: {bandwidth: 10 Gbit}               | 4:22 | unknown unit 'Gbit'
            network: {send-buffer: 0 B}                 | 4:24 | 'send-buffer' cannot be 0
            network: {loss: {syn: 100%}}                | 4:23 | from 0 to less than 1
            network: {backlog: 1.5}                     | 4:20 | '1.5' is not a whole number
            network: {relay: swop}                      | 4:18 | did you mean 'swap'?
            network: {relay: drop}                      | 4:18 | the relay 'drop' needs to know which connection
            network: {relay: {drop: {connection: 0}}}   | 4:38 | '0' is out of range: from 1 to 1000
            network: {relay: {delay: {connection: 1}}}  | 4:26 | 'by' is missing here
            network: {relay: {drop: {connection: 2}}}   | 4:38 | there is no connection 2: a source without postcopy-preempt opens one, main, in each attempt
            network: {relay: {drop: {channel: preempt}}} | 4:35 | this source opens no preempt: it is without postcopy-preempt
            network: {bandwidth: 0 bit/s}               | 4:22 | 'bandwidth' cannot be 0 (a network that nothing limits is 'unlimited'
            guest: {memory: 0 MiB}                      | 4:17 | a guest has memory: it cannot be 0
            events: [{do: cancel}]                      | 4:10 | 'at' or 'after' is missing here
            network: {relay: {drop: {}}}                | 4:25 | 'connection' or 'channel' is missing here
            network: {relay: {drop: {connection: 1}, reset: {connection: 1}}} | 4:18 | only one of these goes here: drop, reset
            network: {relay: {drop: {channel: mian}}}   | 4:35 | did you mean 'main'?
            network: {hops: [{poxy: {connect: 1 ms}}]}  | 4:19 | did you mean 'proxy'?
            network: {hops: [{kind: proxy}]}            | 4:18 | 'connect' is missing here
            network: 5                                  | 4:10 | a mapping is needed here
            network:                                    | 4:1  | 'network' has no value
            guest: {memory: 10 TiB}                     | 4:17 | 2684354560 pages of 4 KiB; at most 268435456 are simulated
            guest: {memory: 5 KiB}                      | 4:17 | memory is a multiple of the page size, 4 KiB
            guest: {page-size: 3 KiB}                   | 4:20 | the page size is a power of two, 4 KiB or more
            guest: {memory: 1 MiB, working-set: 2 MiB}  | 4:37 | the working set is a part of memory
            guest: {access: randon}                     | 4:17 | did you mean 'random'?
            guest: {vcpus: 257}                         | 4:16 | '257' is out of range: from 1 to 256
            guest: {vcpus: 4, threads: 5}               | 4:28 | 'threads' are vCPUs that run the workload: the guest has 4
            guest: {threads: 0}                         | 4:18 | '0' is out of range: from 1 to 256
            guest: {thread: 1}                          | 4:9  | did you mean 'threads'?
            guest: {think: 200}                         | 4:16 | '200' needs a unit: ns, us, ms, s, min, h
            guest: {think: 0 ns}                        | 4:16 | 'think' is above 0
            guest: {think: {mixture: [{weight: 1, of: 0 ns}, {weight: 1, of: {uniform: {from: 0 ns, to: 0 ns}}}]}} | 4:16 | 'think' is above 0
            guest: {think: 1 us, dirty-rate: 1 MB/s}    | 4:16 | either 'think' or 'dirty-rate' goes here, not both
            guest: {writes: 101 %}                      | 4:17 | '101 %' is not a share: from 0 to 1, or from 0 % to 100 %
            guest: {writes: -0.1}                       | 4:17 | '-0.1' is not a share
            guest: {writes: all}                        | 4:17 | 'all' is not a share: 0.9 or 90 %
            guest: {pre-faulted: maybe}                 | 4:22 | 'maybe' is neither on nor off
            guest: {access: mix}                        | 4:17 | a mix names its kinds and their weights
            guest: {access: {}}                         | 4:17 | a mix has at least one kind
            guest: {access: {randon: 1}}                | 4:18 | did you mean 'random'?
            guest: {access: {random: 0}}                | 4:26 | '0' is out of range: above 0
            guest: {access: [random]}                   | 4:17 | 'access' is a single value, not a list
            guest: {access: random, stride: 3}          | 4:33 | 'stride' goes only with 'access: strided', or a mix with it
            guest: {zipf: {exponent: 2}}                | 4:15 | 'zipf' goes only with 'access: zipf', or a mix with it
            guest: {access: {zipf: 1}, hot-set: {share: 1 %}} | 4:37 | 'hot-set' goes only with 'access: hot-set', or a mix with it
            guest: {access: hot-set, hot-set: {share: 0 %}} | 4:43 | 'share' is above 0
            guest: {access: hot-set, hot-set: {touch: 1}} | 4:36 | unknown key 'touch'
            guest: {access: zipf, zipf: {exponent: 0}}  | 4:40 | '0' is out of range: above 0, at most 20
            guest: {access: strided, stride: 0}         | 4:34 | '0' is out of range: from 1 to 268435456
            host: {paging: nothing}                     | 4:16 | 'paging' cannot be 'nothing'
            host: {paging: {place: 1 us}}               | 4:17 | unknown key 'place'
            host: {paging: {lokup: 1 us}}               | 4:17 | did you mean 'lookup'?
            host: {paging: {copy: 8 GB}}                | 4:23 | unknown unit 'GB'
            host: {paging: {copy: 0 B/s}}               | 4:23 | copying that takes no time is 'unlimited'
            host: {paging: {wake-up: {lognormal: {median: 1 us}}}} | 4:38 | 'sigma' is missing here
            network: {tcp: linus}                       | 4:16 | did you mean 'linux'?
            network: {tcp: [linux]}                     | 4:16 | a mapping is needed here
            network: {tcp: linux, send-buffer: 1 MiB}   | 4:36 | either 'tcp' or 'send-buffer' goes here, not both
            network: {receive-buffer: unlimited, tcp: {ring: 0 B}} | 4:27 | either 'tcp' or 'receive-buffer' goes here, not both
            network: {tcp: {send-bufer: {max: 1 MiB}}}  | 4:17 | did you mean 'send-buffer'?
            network: {tcp: {send-buffer: {}}}           | 4:30 | 'max' is missing here
            network: {tcp: {send-buffer: 4 MiB}}        | 4:30 | a mapping is needed here
            network: {tcp: {send-buffer: {max: 0 B}}}   | 4:36 | 'max' cannot be 0
            network: {tcp: {receive-buffer: {initial: 2 MiB, max: 1 MiB}}} | 4:43 | 'initial' is at most 'max', 1 MiB
            network: {tcp: {overhead: 0.9}}             | 4:27 | '0.9' is out of range: from 1 to 16
            network: {tcp: {overhead: 17}}              | 4:27 | '17' is out of range
            network: {tcp: {initial-window: 0}}         | 4:33 | '0' is out of range: from 1 to 65535
            network: {tcp: {segment: 1448}}             | 4:26 | '1448' needs a unit
            network: {tcp: {segment: 63 B}}             | 4:26 | '63 B' is out of range: from 64 B to 65535 B
            network: {tcp: {queueing: lifo}}            | 4:27 | did you mean 'fifo'?
            network: {tcp: {queue-limit: 0 B}}          | 4:30 | 'queue-limit' cannot be 0
            network: {tcp: {restart-after-idle: never}} | 4:37 | 'never' is neither on nor off
            expect: {fault-latency-maen: 1..2 us, faults: 1} | 4:10 | did you mean 'fault-latency-mean'?
            expect: {fault-latency-mean: 180..280}      | 4:30 | '180' needs a unit
            expect: {fault-latency-p50: 180 us}         | 4:29 | '180 us' is not a range
            expect: {fault-latency-p90: 2 ms..1 ms}     | 4:29 | '2 ms..1 ms' is not a range: it begins above its end
            expect: {downtime: ..}                      | 4:20 | '..' is not a range
            expect: {total-time: <= 5}                  | 4:22 | '5' needs a unit
            expect: {total-time: 1 parsec..2 s}         | 4:22 | unknown unit 'parsec'
            expect: {faults: some}                      | 4:18 | 'some' is not a whole number
            expect: {faults: 5..4}                      | 4:18 | it begins above its end
            expect: {faults: 1 ms..2 ms}                | 4:18 | '1 ms' is not a whole number
            expect: {downtime: [1 ms, 2 ms]}            | 4:20 | 'downtime' is a single value, not a list
            explore: {finds: {outcome: completed, faults: 1}} | 4:47 | 'faults' goes only with 'expect'
            capabilities: [multifd]                     | 4:16 | multifd is not simulated yet
            capabilities: [postcopy-rom]                | 4:16 | did you mean 'postcopy-ram'?
            capabilities: [postcopy-ram, postcopy-ram]  | 4:30 | 'postcopy-ram' is given twice
            capabilities: postcopy-ram                  | 4:15 | 'capabilities' is a list: [a, b]
            tls: on                                     | 4:6  | TLS is not simulated yet
            tls: maybe                                  | 4:6  | 'maybe' is neither on nor off
            events: [{do: start-postcopy}]              | 4:10 | 'after' is missing here
            events: [{at: 1 s, after: active, do: cancel}] | 4:10 | either 'at' or 'after' goes here, not both
            events: [{at: 1 s, by: 1 s, do: cancel}]    | 4:24 | 'by' goes only with 'after'
            events: [{at: 1 s, do: start-postcpy}]      | 4:24 | did you mean 'start-postcopy'?
            events: [{at: 1 s, do: cancel, hold: 1 s}]  | 4:38 | 'hold' goes only with 'do: probe'
            events: [{after: actve, do: cancel}]        | 4:18 | did you mean 'active'?
            events: [{after: postcopy-device, do: cancel}] | 4:18 | a source of 8.0.0 is never postcopy-device
            events: [{at: 1 s, do: set-parameters}]     | 4:10 | 'parameters' is missing here
            limit: {quiet: 0 s}                         | 4:16 | 'quiet' is above 0
            expect: complete                            | 4:9  | did you mean 'completed'?
            expect: []                                  | 4:9  | at least one outcome is expected
            expect: {guest-runs-on: source}             | 4:9  | 'outcome' is missing here
            expect: {outcome: failed, guest-runs-on: nowhere} | 4:42 | known here: source, destination, neither, both
            expect: {outcome: failed, source-status: don} | 4:42 | unknown status 'don'
            source: 7.2.0                               | 4:1  | 'source' is given twice
            name: a/b                                   | 4:7  | a name is made of letters, digits
            host: {relay: {takes: 1 ms}}                | 4:16 | did you mean 'take'?
            host: {wakeup: 1 ms}                        | 4:8  | did you mean 'wake-up'?
            network: {receive-buffer: unlimted}         | 4:27 | 'unlimted' is not a size
            guest: {steps: {wirtes: 2}}                 | 4:17 | did you mean 'writes'?
            guest: {steps: {faults: 65}}                | 4:25 | '65' is out of range: from 0 to 64
            guest: {steps: {device-faults: 2}}          | 4:32 | '2' is out of range: from 0 to 1
            guest: {steps: 2}                           | 4:16 | a mapping is needed here
            events: [{at: 1 s, do: resum}]              | 4:24 | did you mean 'resume'?
            events: [{at: 1 s, do: migrate, hold: 1 s}] | 4:39 | 'hold' goes only with 'do: probe'
            events: [{at: 1 s, do: cancel, relay: swap}] | 4:39 | 'relay' goes only with 'do: recover' or 'do: resume' or 'do: migrate'
            events: [{at: 1 s, do: break-network, loses: to-sorce}] | 4:46 | did you mean 'to-source'?
            events: [{at: 1 s, do: break-network, channel: main2}] | 4:48 | did you mean 'main'?
            events: [{at: 1 s, do: probe, channel: main}] | 4:40 | 'channel' goes only with 'do: break-network'
            events: [{at: 1 s, do: cancel, loses: both}] | 4:39 | 'loses' goes only with 'do: break-network'
            events: [{at: 1 s, do: cancel, one-of: a b}] | 4:40 | a name is made of letters, digits
            events: [{at: 1 s, do: lose-sin}]           | 4:24 | did you mean 'lose-syn'?
            events: [{at: 1 s, do: stand-stil, for: 1 s}] | 4:24 | did you mean 'stand-still'?
            events: [{at: 1 s, do: stand-still}]        | 4:10 | 'for' is missing here
            events: [{at: 1 s, do: stand-still, for: 0 ms}] | 4:42 | 'for' cannot be 0
            events: [{at: 1 s, do: stand-still, for: -1 ms}] | 4:42 | '-1 ms'
            events: [{at: 1 s, do: stand-still, for: 700}] | 4:42 | '700' needs a unit
            events: [{at: 1 s, do: stand-still, for: 61 min}] | 4:42 | '61 min' is too long (at most 3600 s)
            events: [{at: 1 s, do: stand-still, for: 1 s, of: source}] | 4:51 | 'of' is a list: [a, b]
            events: [{at: 1 s, do: stand-still, for: 1 s, of: []}] | 4:51 | nobody stands still
            events: [{at: 1 s, do: stand-still, for: 1 s, of: [sorce]}] | 4:52 | did you mean 'source'?
            events: [{at: 1 s, do: stand-still, for: 1 s, of: [source, source]}] | 4:60 | 'source' is given twice
            events: [{at: 1 s, do: stand-still, for: 1 s, of: [source, relay]}] | 4:60 | there is no relay here
            events: [{at: 1 s, do: cancel, for: 1 s}]   | 4:37 | 'for' goes only with 'do: stand-still'
            events: [{at: 1 s, do: cancel, of: [source]}] | 4:36 | 'of' goes only with 'do: stand-still'
            explore: {pagse: 4}                         | 4:11 | did you mean 'pages'?
            explore: {pages: 65}                        | 4:18 | '65' is out of range: from 1 to 64
            explore: {network-cuts: 9}                  | 4:25 | '9' is out of range: from 0 to 8
            explore: {operator: [cancle]}               | 4:22 | did you mean 'cancel'?
            explore: {operator: [probe, probe, probe, probe, probe, probe, probe, probe, probe]} | 4:21 | 'operator' has 9 items; at most 8
            explore: {finds: []}                        | 4:18 | at least one outcome is expected
            explore: {finds: [guest-corupt]}            | 4:19 | did you mean 'guest-corrupt'?
            explore: [pages]                            | 4:10 | a mapping is needed here
            fails-in: 8.0.0                             | 4:11 | 'fails-in' is a list: [a, b]
            fails-in: [8.0]                             | 4:12 | unknown release '8.0'
            fails-in: [8.0.0, 8.0.0 -> 8.1.0-rc]        | 4:19 | unknown release '8.1.0-rc'
            fails-in: [8.1.0, 8.1.0]                    | 4:19 | '8.1.0' is given twice
            fails-in: [8.1.0 -> 8.2.0, 8.1.0->8.2.0]    | 4:28 | '8.1.0 -> 8.2.0' is given twice
            passes-in: [7.2.0]                          | 4:13 | 7.2.0 does not know the machine type pc-q35-8.0; its newest is pc-q35-7.2
            passes-in: [8.0.0 -> 7.2.0]                 | 4:13 | 7.2.0 does not know the machine type pc-q35-8.0
            """)
    void problemsSayWhereAndWhat(String line, String where, String says) {
        LoadedFile file = parse(SIDES + line + "\n");
        assertThat(file.scenarios()).isEmpty();
        assertThat(file.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.oneLine()).contains(says);
            assertThat(problem.line() + ":" + problem.column()).isEqualTo(where);
            assertThat(problem.excerpt()).isEqualTo(line);
        });
    }

    @Test
    void whatExploringIsTold() {
        Scenario s = load(SIDES + """
                guest: {memory: 16 KiB, steps: {writes: 2, device-faults: 1}}
                network: {send-buffer: unlimited, receive-buffer: unlimited}
                events:
                  - {at: 1 s, do: break-network, loses: to-source}
                  - {at: 2 s, do: break-network, channel: preempt}
                  - {after: postcopy-paused, do: resume, relay: swap}
                  - {after: cancelled, do: migrate, one-of: again}
                  - {after: failed, do: migrate, one-of: again}
                  - {at: 0 s, do: lose-syn}
                  - {at: 1 s, do: stand-still, for: 733 ms}
                  - {after: postcopy-active, do: stand-still, for: 1 h, of: [relay, source]}
                explore: {pages: 4, faults: 2, unread-pages: 7, operator: [resume, resume], finds: [precopy-stall, guest-corrupt]}
                fails-in: [8.0.0, 8.0.0 -> 9.0.0]
                passes-in: [9.0.0]
                """);
        assertThat(s.guest().steps()).contains(new Guest.Steps(2, 0, 1));
        assertThat(s.network().sendBuffer()).isZero();
        assertThat(s.network().receiveBuffer()).isZero();
        assertThat(s.events()).extracting(OperatorEvent::action).containsExactly(new Action.BreakNetwork(Action.BreakNetwork.Loses.TO_SOURCE),
                new Action.BreakNetwork(Action.BreakNetwork.Loses.NOTHING, Optional.of("preempt")), new Action.Resume(new Relay.Swap()), new Action.Migrate(new Relay.None()),
                new Action.Migrate(new Relay.None()), new Action.LoseSyn(),
                new Action.StandStill(733_000_000, EnumSet.allOf(Party.class)), new Action.StandStill(3_600_000_000_000L, EnumSet.of(Party.SOURCE, Party.RELAY)));
        assertThat(s.events()).extracting(OperatorEvent::oneOf)
                .containsExactly(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("again"), Optional.of("again"), Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(s.bounds()).isEqualTo(new Bounds(OptionalInt.of(4), OptionalInt.empty(), OptionalInt.of(2), OptionalInt.empty(), OptionalInt.of(7), OptionalInt.empty(),
                OptionalInt.empty(), Optional.of(List.of(Bounds.Command.RESUME, Bounds.Command.RESUME)),
                Optional.of(Expectation.of(Outcome.PRECOPY_STALL, Outcome.GUEST_CORRUPT))));
        assertThat(s.failsIn()).extracting(Pairing::text).containsExactly("8.0.0", "8.0.0 -> 9.0.0");
        assertThat(s.passesIn()).extracting(Pairing::text).containsExactly("9.0.0");
        Scenario other = s.in(s.failsIn().get(1));
        assertThat(other.source()).isEqualTo(s.source());
        assertThat(other.destination().release().name()).isEqualTo("9.0.0");
        assertThat(other.events()).isEqualTo(s.events());
        assertThat(load(ScenarioPrinter.print(other))).isEqualTo(other);
        assertThat(load(SIDES).bounds()).isEqualTo(Bounds.NONE);
        assertThat(load(SIDES + "explore: {finds: {outcome: destination-crash, guest-runs-on: neither, destination-status: failed}}\n").bounds().finds())
                .contains(new Expectation(List.of(Outcome.DESTINATION_CRASH), Optional.of(GuestLocation.NEITHER), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("failed")));
        assertThat(load(SIDES).failsIn()).isEmpty();
        assertThat(load(SIDES + "explore: {finds: {outcome: postcopy-stall, waits: listen thread waits}}\n").bounds().finds().orElseThrow().waits()).contains("listen thread waits");
        assertThat(parse(SIDES + "expect: {outcome: completed, waits: ' '}\n").problems()).singleElement().satisfies(p -> assertThat(p.message()).contains("are no words"));
    }

    @Test
    void howThreadsTouchMemory() {
        Guest.Touching d = Guest.Touching.DEFAULT;
        assertThat(load(SIDES + "guest: {vcpus: 20, threads: 1, access: random, think: 200 ns, writes: 100 %, pre-faulted: true}\n").guest()).satisfies(g -> {
            assertThat(g.vcpus()).isEqualTo(20);
            assertThat(g.threads()).isEqualTo(1);
            assertThat(g.touching()).isEqualTo(new Guest.Touching(
                    1, Optional.of(new Distribution.Constant(200)), 1, true, d.hotShare(), d.hotTouches(), d.exponent(), d.stride(), List.of()));
        });
        assertThat(load(SIDES + "guest: {vcpus: 256, think: {exponential: {mean: 1 us}}, writes: 0.5}\n").guest()).satisfies(g -> {
            assertThat(g.threads()).isEqualTo(256);
            assertThat(g.touching().think()).contains(new Distribution.Exponential(1_000));
            assertThat(g.touching().writes()).isEqualTo(0.5);
        });
        assertThat(load(SIDES + "guest: {access: {random: 3, sequential: 1, hot-set: 0.5}, hot-set: {share: 5 %}}\n").guest()).satisfies(g -> {
            assertThat(g.access()).isEqualTo(Guest.Access.MIX);
            assertThat(g.touching().mix()).containsExactly(new Guest.Touching.Kind(Guest.Access.RANDOM, 3), new Guest.Touching.Kind(Guest.Access.SEQUENTIAL, 1),
                    new Guest.Touching.Kind(Guest.Access.HOT_SET, 0.5));
            assertThat(g.touching().hotShare()).isEqualTo(0.05);
            assertThat(g.touching().hotTouches()).isEqualTo(d.hotTouches());
        });
        assertThat(load(SIDES + "guest: {access: zipf, zipf: {exponent: 0.8}}\n").guest().touching().exponent()).isEqualTo(0.8);
        assertThat(load(SIDES + "guest: {access: strided, stride: 512}\n").guest().touching().stride()).isEqualTo(512);
        assertThat(load(SIDES + "guest: {access: hot-set, hot-set: {touches: 0.99}}\n").guest().touching().hotTouches()).isEqualTo(0.99);
        assertThat(load(SIDES).guest().touching()).isEqualTo(d);
    }

    @Test
    void whatPageFaultsCost() {
        assertThat(load(SIDES + "host: {paging: none}\n").host().paging()).isEqualTo(Paging.NONE);
        assertThat(load(SIDES + "host: {paging: {}}\n").host().paging()).isEqualTo(Paging.DEFAULT);
        assertThat(load(SIDES).host().paging()).isEqualTo(Host.DEFAULT.paging());
        assertThat(load(SIDES + "host: {paging: {wake-up: 5 us, fault: 1 us, request: 2 us, lookup: 3 us, save-page: 4 us, locked: 5 us, send: 6 us, receive: 7 us, "
                + "place-page: 8 us, copy: 4 GB/s}}\n").host().paging())
                .isEqualTo(new Paging(new Distribution.Constant(5_000), 1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000, 4_000_000_000L));
        Paging d = Paging.DEFAULT;
        assertThat(load(SIDES + "host: {paging: {copy: unlimited}}\n").host().paging()).isEqualTo(new Paging(
                d.wakeUp(), d.faultNanos(), d.requestNanos(), d.lookupNanos(), d.saveNanos(), d.lockedNanos(), d.sendNanos(), d.receiveNanos(), d.placeNanos(), 0));
    }

    @Test
    void howLateARelayIs() {
        Distribution ms = new Distribution.Constant(1_000_000);
        RelayWakeUps d = RelayWakeUps.DEFAULT;
        assertThat(load(SIDES).host().relay()).isEqualTo(d);
        assertThat(load(SIDES + "host: {per-page: 1 us}\n").host().relay()).isEqualTo(d);
        assertThat(load(SIDES + "host: {wake-up: 1 ms}\n").host().relay()).as("as late as the threads").isEqualTo(RelayWakeUps.like(ms));
        assertThat(load(SIDES + "host: {relay: {timer: 1 ms}}\n").host().relay()).isEqualTo(new RelayWakeUps(d.take(), d.passOn(), ms));
        assertThat(load(SIDES + "host: {wake-up: 0 ns, relay: {take: 1 ms}}\n").host().relay())
                .isEqualTo(new RelayWakeUps(ms, new Distribution.Constant(0), new Distribution.Constant(0)));
    }

    @Test
    void howKernelsTuneTcp() {
        Tcp d = Tcp.LINUX;
        assertThat(load(SIDES + "network: {tcp: linux}\n").network().tcp()).contains(d);
        assertThat(load(SIDES + "network: {tcp: {}}\n").network().tcp()).contains(d);
        assertThat(load(SIDES + "network: {tcp: none}\n").network().tcp()).isEmpty();
        assertThat(load(SIDES + "network: {tcp: none, send-buffer: 1 MiB}\n").network()).isEqualTo(Network.DEFAULT.withBuffers(1 << 20, Network.DEFAULT.receiveBuffer()));
        assertThat(load(SIDES + "network: {send-buffer: 1 MiB}\n").network().tcp()).as("a fixed size is not tuned").isEmpty();
        assertThat(load(SIDES).network().tcp()).isEqualTo(Network.DEFAULT.tcp());
        assertThat(load(SIDES + """
                network:
                  tcp:
                    send-buffer: {initial: 87 KiB, max: 16 MiB}
                    receive-buffer: {max: 64 KiB}
                    overhead: 2
                    initial-window: 4
                    segment: 8948 B
                    restart-after-idle: off
                    queueing: fifo
                    queue-limit: 256 KiB
                    ring: 0 B
                """).network().tcp()).contains(new Tcp(new Tcp.Buffer(87 << 10, 16 << 20), new Tcp.Buffer(64 << 10, 64 << 10), 2, 4, 8948, false, Tcp.Queueing.FIFO, 256 << 10, 0));
        assertThat(load(SIDES + "network: {tcp: {send-buffer: {initial: 8 MiB}}}\n").network().tcp().orElseThrow().send()).isEqualTo(new Tcp.Buffer(8 << 20, 8 << 20));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            fault-latency-mean: 180..280 us   | 180000     | 280000
            fault-latency-p50: 180 us..1 ms   | 180000     | 1000000
            fault-latency-p90: 0.5 .. 2.5 ms  | 500000     | 2500000
            fault-latency-p99: <= 5 ms        | 0          | 5000000
            fault-latency-max: ">= 1 ms"      | 1000000    | 9223372036854775807
            downtime: 1 ms..                  | 1000000    | 9223372036854775807
            total-time: ..60s                 | 0          | 60000000000
            faults: 1000..2000                | 1000       | 2000
            faults: 0                         | 0          | 0
            faults: ">=1"                     | 1          | 9223372036854775807
            """)
    void quantities(String line, long from, long to) {
        Expectation e = load(SIDES + "expect: {" + line + "}\n").expectation().orElseThrow();
        assertThat(e.outcomes()).as("only a run that went well is worth measuring").containsExactly(Outcome.COMPLETED);
        assertThat(e.quantities()).singleElement().satisfies(within -> {
            assertThat(line).startsWith(within.quantity().text());
            assertThat(within.from()).isEqualTo(from);
            assertThat(within.to()).isEqualTo(to);
        });
        assertThat(load(SIDES + "expect: {" + line + ", outcome: [completed, failed]}\n").expectation().orElseThrow().outcomes()).containsExactly(Outcome.COMPLETED, Outcome.FAILED);
    }

    @Test
    void aRangeThatBeginsWithAGreaterThanWantsQuotes() {
        assertThat(parse(SIDES + "expect:\n  downtime: >= 1 ms\n").problems()).singleElement().satisfies(p -> {
            assertThat(p.line()).isEqualTo(5);
            assertThat(p.oneLine()).contains("stands in quotes: \">= 1 ms\"");
        });
    }

    /** Pairings that a scenario of this kind cannot be tried in. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            fails-in: [8.2.0, 8.0.0 -> 7.0.0]    | 7:19 | 7.0.0 does not know postcopy-preempt; it came with 7.1
            fails-in: [7.2.0 -> 8.2.0]           | 7:12 | 7.2.0 does not know the property x-preempt-pre-7-2; it came with 8.0-rc4
            passes-in: [8.2.0 -> 7.0.0]          | 7:13 | 7.0.0 does not know postcopy-preempt; it came with 7.1
            passes-in: [11.1.0, 9.2.0]           | 7:21 | a source of 9.2.0 is never postcopy-device, which an event waits for
            """)
    void pairingsThatCannotBe(String line, String where, String says) {
        LoadedFile file = parse("source: {release: 11.0.0, properties: {x-preempt-pre-7-2: on}}\ndestination: 11.0.0\nmachine: pc-q35-7.0\n"
                + "capabilities: [postcopy-ram, postcopy-preempt]\nevents:\n  - {after: postcopy-" + (line.startsWith("passes-in: [11") ? "device" : "active") + ", do: cancel}\n" + line + "\n");
        assertThat(file.scenarios()).isEmpty();
        assertThat(file.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.oneLine()).contains(says);
            assertThat(problem.line() + ":" + problem.column()).isEqualTo(where);
        });
    }

    @Test
    void aPairingStandsInOneList() {
        LoadedFile file = parse(SIDES + "fails-in: [8.0.0]\npasses-in: [8.0.0 -> 8.0.0]\n");
        assertThat(file.problems()).singleElement().satisfies(p -> assertThat(p.oneLine()).isEqualTo("x.yaml:5:13: '8.0.0' stands in 'fails-in' as well"));
    }

    @Test
    void attemptsThatNeedMoreConnectionsThanThereAreNumbersFor() {
        String migrate = "  - {at: 1 s, do: migrate}\n";
        String both = SIDES + "capabilities: [postcopy-ram, postcopy-preempt]\nevents:\n";
        assertThat(parse(both + migrate.repeat(15)).problems()).isEmpty();
        assertThat(parse(both + "  - {at: 1 s, do: probe}\n" + migrate.repeat(14)).problems()).isEmpty();
        assertThat(parse(both + migrate.repeat(20)).problems()).singleElement().satisfies(p -> {
            assertThat(p.message()).isEqualTo("more connections than can be simulated: 32 in all attempts together");
            assertThat(p.line() + ":" + p.column()).isEqualTo("21:19");
        });
        assertThat(parse(SIDES + "events:\n" + migrate.repeat(31)).problems()).isEmpty();
        assertThat(parse(SIDES + "events:\n" + migrate.repeat(32)).problems()).hasSize(1);
    }

    /** Combinations of source, destination and machine type that cannot be. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            7.0.0 | 7.1.0 | pc-q35-7.0 | 7.0.0 does not know postcopy-preempt; it came with 7.1
            7.1 | 7.2.0 | pc-q35-7.1 | unknown release '7.1'
            8.0.0 | 8.2.0 | pc-q35-8.2 | 8.0.0 does not know the machine type pc-q35-8.2; its newest is pc-q35-8.0
            8.2.0 | 8.0-rc1 | pc-i440fx-8.1 | 8.0-rc1 does not know the machine type pc-i440fx-8.1; its newest is pc-i440fx-8.0
            8.2.0 | 8.2.0 | pc-q35-7.3 | unknown machine type 'pc-q35-7.3': there was no QEMU 7.3
            8.2.0 | 8.2.0 | pc-q53-7.2 | did you mean 'pc-q35-7.2'?
            8.2.0 | 8.2.0 | microvm | unknown machine type 'microvm'
            {release: 7.2.0, properties: {x-preempt-pre-7-2: on}} | 8.2.0 | pc-q35-7.2 | 7.2.0 does not know the property x-preempt-pre-7-2; it came with 8.0-rc4
            {release: 8.2.0, properties: {x-preempt-pre-72: on}} | 8.2.0 | pc-q35-7.2 | did you mean 'x-preempt-pre-7-2'?
            {release: {base: 8.2.0, traits: {identificaton: A1}}} | 8.2.0 | pc-q35-7.2 | did you mean 'identification'?
            {release: {base: 8.2.0, traits: {identification: A9}}} | 8.2.0 | pc-q35-7.2 | 'identification' cannot be 'A9'
            {release: {base: 8.2.0, name: 9.0.0}} | 8.2.0 | pc-q35-7.2 | '9.0.0' is the name of a real release
            {release: {name: x}} | 8.2.0 | pc-q35-7.2 | 'base' is missing here
            {capabilities: []} | 8.2.0 | pc-q35-7.2 | 'release' is missing here
            """)
    void impossibleCombinations(String source, String destination, String machine, String says) {
        LoadedFile file = parse("source: " + source + "\ndestination: " + destination + "\nmachine: " + machine
                + "\ncapabilities: [postcopy-ram, postcopy-preempt]\n");
        assertThat(file.scenarios()).isEmpty();
        assertThat(file.problems()).singleElement().satisfies(problem -> assertThat(problem.oneLine()).contains(says));
    }

    @Test
    void allProblemsOfAFileAtOnceInOrder() {
        LoadedFile file = parse("""
                source: 7.1.0
                destination: 9.9.9
                netwrok: {}
                guest: {memory: 64, vcpus: many}
                ---
                destination: 7.2.0
                machine: pc-q35-7.2
                """);
        assertThat(file.problems()).extracting(p -> p.line() + ":" + p.column() + " " + p.message()).containsExactly(
                "1:1 'machine' is missing here",
                "2:14 unknown release '9.9.9'",
                "3:1 unknown key 'netwrok'",
                "4:17 '64' needs a unit: B, KB, MB, GB, TB, KiB, MiB, GiB, TiB",
                "4:28 'many' is not a whole number",
                "6:1 'source' is missing here");
    }

    @Test
    void documentsAreNamedAfterTheFileAndNamesAreUnique() {
        LoadedFile file = ScenarioLoader.parse(SIDES + "---\n" + SIDES, "dir/my file.yaml", Path.of("."));
        assertThat(file.scenarios()).extracting(l -> l.scenario().name()).containsExactly("my-file", "my-file-2");
        LoadedFile twice = parse("name: a\n" + SIDES + "---\nname: a\n" + SIDES);
        assertThat(twice.scenarios()).hasSize(1);
        assertThat(twice.problems()).singleElement().satisfies(p -> {
            assertThat(p.message()).contains("another scenario of this file has the name 'a'");
            assertThat(p.line()).isEqualTo(6);
        });
    }

    @Test
    void aSyntaxErrorIsReportedWithItsPlaceAndTheNextDocumentLoads() {
        LoadedFile file = parse("source: [7.1.0\n---\n" + SIDES);
        assertThat(file.scenarios()).singleElement().satisfies(l -> assertThat(l.line()).isEqualTo(3));
        assertThat(file.problems()).singleElement().satisfies(p -> assertThat(p.message()).startsWith("not YAML: "));
    }

    @Test
    void emptyFiles() {
        for (String text : List.of("", "\n\n", "# only a comment\n")) {
            assertThat(parse(text).problems()).singleElement().satisfies(p -> assertThat(p.message()).startsWith("this file is empty"));
        }
        assertThat(parse(SIDES + "---\n# nothing\n").problems()).singleElement()
                .satisfies(p -> assertThat(p.oneLine()).startsWith("x.yaml:4:1: this document is empty"));
    }

    @Test
    void filesThatCannotBeRead() throws IOException {
        assertThat(ScenarioLoader.load(folder.resolve("gone.yaml"), "gone.yaml").problems()).singleElement()
                .satisfies(p -> assertThat(p.oneLine()).isEqualTo("gone.yaml:1:1: cannot read this file: there is no such file"));
        assertThat(ScenarioLoader.load(folder, "folder").problems()).singleElement()
                .satisfies(p -> assertThat(p.message()).isEqualTo("cannot read this: it is a folder"));
        Path latin1 = folder.resolve("latin1.yaml");
        Files.write(latin1, "a: b\nü: é".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(ScenarioLoader.load(latin1, "latin1.yaml").problems()).singleElement()
                .satisfies(p -> assertThat(p.oneLine()).startsWith("latin1.yaml:2:1: this file is not UTF-8: byte 0xfc at offset 5"));
        Path utf16 = folder.resolve("utf16.yaml");
        Files.write(utf16, "a: b\n".getBytes(StandardCharsets.UTF_16));
        assertThat(ScenarioLoader.load(utf16, "utf16.yaml").problems()).singleElement()
                .satisfies(p -> assertThat(p.oneLine()).contains("at offset 0").contains("UTF-16"));
        Path cut = folder.resolve("cut.yaml");
        Files.write(cut, new byte[] {'a', ':', ' ', (byte) 0xC3});
        assertThat(ScenarioLoader.load(cut, "cut.yaml").problems()).singleElement()
                .satisfies(p -> assertThat(p.oneLine()).startsWith("cut.yaml:1:4: ").contains("at offset 3"));
    }

    @Test
    void byteOrderMarksAndCarriageReturnsDoNoHarm() throws IOException {
        Path file = folder.resolve("windows.yaml");
        Files.writeString(file, "\uFEFF" + SIDES.replace("\n", "\r\n"));
        assertThat(ScenarioLoader.load(file, "windows.yaml").problems()).isEmpty();
        assertThat(ScenarioLoader.load(file, "windows.yaml").scenarios()).hasSize(1);
    }

    @Test
    void aCsvFileBecomesADistribution() throws IOException {
        Files.writeString(folder.resolve("ping.csv"), "seq_us,note\n120.5,a\n\n99,b\n\"3 ms\",c\n");
        Path file = folder.resolve("s.yaml");
        Files.writeString(file, SIDES + "network: {latency: {empirical: ping.csv}}\n");
        LoadedFile loaded = ScenarioLoader.load(file, "dir/s.yaml");
        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.scenarios().get(0).scenario().network().latency())
                .isEqualTo(new Distribution.Empirical("ping.csv", List.of(99_000L, 120_500L, 3_000_000L)));
    }

    @Test
    void problemsInACsvFileAreReportedThere() throws IOException {
        Files.writeString(folder.resolve("ping.csv"), "latency\n120\n3 ms\n  x\n");
        Path file = folder.resolve("s.yaml");
        Files.writeString(file, SIDES + "network: {latency: {empirical: ping.csv}}\n");
        assertThat(ScenarioLoader.load(file, "dir/s.yaml").problems()).extracting(Problem::oneLine).containsExactly(
                "dir/ping.csv:2:1: '120' needs a unit: ns, us, ms, s, min, h (or name the unit in the header: latency_us)",
                "dir/ping.csv:4:3: 'x' is not a time: a number and a unit, as in 100 us");
    }

    @Test
    void expectationsInEveryForm() {
        assertThat(load(SIDES + "expect: [completed, precopy-stall]\n").expectation())
                .contains(Expectation.of(Outcome.COMPLETED, Outcome.PRECOPY_STALL));
        assertThat(load(SIDES + "expect: {outcome: [failed]}\n").expectation()).contains(Expectation.of(Outcome.FAILED));
    }

    @Test
    void aProblemFarToTheRightShowsWhereItIs() {
        Problem problem = parse(SIDES + "title: {" + "x".repeat(400) + "}\ncapabilities: [" + "postcopy-ram, ".repeat(30) + "oops]\n").problems().stream()
                .filter(p -> p.message().contains("oops")).findFirst().orElseThrow();
        String[] lines = problem.text().split("\n");
        assertThat(lines[1].codePointCount(0, lines[1].length())).isLessThan(200);
        assertThat(lines[1].substring(lines[2].indexOf('^'))).startsWith("oops");
    }

    private static LoadedFile parse(String text) {
        return ScenarioLoader.parse(text, "x.yaml", Path.of("."));
    }

    private static Scenario load(String text) {
        LoadedFile file = parse(text);
        assertThat(file.problems()).isEmpty();
        return file.scenarios().get(0).scenario();
    }
}
