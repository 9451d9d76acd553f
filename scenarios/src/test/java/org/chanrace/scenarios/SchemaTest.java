package org.chanrace.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.chanrace.model.release.Trait;
import org.chanrace.model.scenario.Bounds;
import org.chanrace.model.scenario.Expectation;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.scenario.Tcp;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.scenarios.capsule.Capsule;
import org.chanrace.scenarios.capsule.Drive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schema that editors use says the same as the binder. */
class SchemaTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SIDES = "source: 8.0.0\ndestination: 8.0.0\nmachine: pc-q35-8.0\n";

    private static final String PACKAGED = "classpath:org/chanrace/scenarios/";

    private final JsonNode schemaJson = JSON.readTree(packagedSchema("scenario.schema.json"));
    private final JsonNode capsuleJson = JSON.readTree(packagedSchema("capsule.schema.json"));
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Schema schema = registry.getSchema(SchemaLocation.of(PACKAGED + "scenario.schema.json"));
    private final Schema capsules = registry.getSchema(SchemaLocation.of(PACKAGED + "capsule.schema.json"));

    private static String packagedSchema(String name) {
        try (InputStream in = ScenarioLoader.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void everySectionHasTheSameKeysInBoth() {
        for (Section section : Section.values()) {
            JsonNode definition = (section == Section.CAPSULE ? capsuleJson : schemaJson).get("$defs").get(section.id());
            assertThat(definition).as(section.id()).isNotNull();
            assertThat(definition.get("additionalProperties").asBoolean()).as(section.id()).isFalse();
            assertThat(definition.get("properties").propertyNames()).as(section.id()).containsExactlyElementsOf(section.keys());
        }
    }

    @Test
    void everyClosedChoiceHasTheSameWordsInBoth() {
        assertThat(words("status")).containsExactlyElementsOf(Status.ALL);
        assertThat(strings(schemaJson.at("/$defs/explore/properties/operator/items/enum")))
                .containsExactly(Arrays.stream(Bounds.Command.values()).map(Bounds.Command::text).toArray(String[]::new));
        assertThat(words("outcome")).containsExactly(Arrays.stream(Outcome.values()).map(Outcome::text).toArray(String[]::new));
        assertThat(strings(schemaJson.at("/$defs/event/properties/do/enum"))).containsExactlyElementsOf(EventBinder.ACTIONS);
        assertThat(strings(schemaJson.at("/$defs/tcp/properties/queueing/enum"))).containsExactly(Arrays.stream(Tcp.Queueing.values()).map(Tcp.Queueing::text).toArray(String[]::new));
        assertThat(strings(schemaJson.at("/$defs/guest/properties/access/anyOf/0/enum"))).containsExactlyElementsOf(Section.MIX.keys());
        List<String> limited = new ArrayList<>();
        schemaJson.at("/$defs/limits-a-quantity/anyOf").forEach(one -> limited.addAll(strings(one.get("required"))));
        assertThat(limited).containsExactly(Arrays.stream(Expectation.Quantity.values()).map(Expectation.Quantity::text).toArray(String[]::new));
        for (Trait trait : Trait.values())
            assertThat(strings(schemaJson.at("/$defs/traits/properties/" + trait.key() + "/enum"))).as(trait.key()).containsExactlyElementsOf(trait.choices());
        assertThat(strings(capsuleJson.at("/$defs/capsule/properties/drive/enum"))).containsExactly(Arrays.stream(Drive.values()).map(Drive::text).toArray(String[]::new));
    }

    @Test
    void aReleaseInFullNeedsEveryTraitInBoth() {
        assertThat(strings(schemaJson.at("/$defs/release/oneOf/1/properties/traits/required")))
                .containsExactly(Arrays.stream(Trait.values()).map(Trait::key).toArray(String[]::new));
    }

    private List<String> words(String definition) {
        return strings(schemaJson.get("$defs").get(definition).get("enum"));
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(item -> strings.add(item.asString()));
        return strings;
    }

    @Test
    void everyShippedFileIsValid() throws IOException {
        for (Path file : ScenarioPaths.expand(List.of(Path.of("library"), Path.of("observed"))))
            assertThat(errors(Files.readString(file))).as(file.toString()).isEmpty();
    }

    @Property(tries = 100)
    void whateverIsPrintedIsValid(@ForAll("scenarios") Scenario scenario) {
        String text = ScenarioPrinter.print(scenario);
        assertThat(errors(text)).as(text).isEmpty();
    }

    @Property(tries = 50)
    void whateverIsPrintedOfACapsuleIsValid(@ForAll("capsules") Capsule capsule) {
        String text = CapsulePrinter.print(capsule);
        assertThat(errors(capsules, text)).as(text).isEmpty();
    }

    @Provide
    Arbitrary<Scenario> scenarios() {
        return ScenarioArbitraries.scenarios();
    }

    @Provide
    Arbitrary<Capsule> capsules() {
        return CapsuleArbitraries.capsules();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "latncy: 100 us", "network: {latency: 100}", "network: {latency: 100 parsec}", "network: {latncy: 100 us}", "network: {relay: swop}",
        "network: {relay: {delay: {connection: 2}}}", "network: {relay: {drop: {connection: 0}}}", "network: {relay: {drop: {connection: 3}}}", "network: {bandwidth: 0 bit/s}", "network: {bandwidth: 0.0 MB/s}", "network: {relay: {drop: {connection: 1, channel: main}}}",
        "network: {hops: [{proxy: {}}]}", "guest: {vcpus: 0}", "guest: {access: often}", "capabilities: [multifd]", "capabilities: postcopy-ram",
        "tls: true", "events: [{do: cancel}]", "events: [{at: 1 s, after: active, do: cancel}]", "events: [{at: 1 s, do: dance}]",
        "events: [{at: 1 s, do: cancel, hold: 1 s}]", "events: [{at: 1 s, do: set-parameters}]", "events: [{after: none, do: cancel}]",
        "events: [{at: 1 s, by: 1 s, do: cancel}]", "expect: fine", "expect: {guest-runs-on: source}", "expect: []", "limit: {quiet: 5}",
        "host: {wake-up: {uniform: {from: 1 ms}}}", "host: {wake-up: {empirical: {values: 1 2}}}", "host: {wake-up: {empirical: {}}}", "host: {wake-up: {mixture: []}}", "name: a/b", "explore: {pages: 0}", "explore: {pagse: 4}", "explore: {operator: [dance]}", "explore: {operator: cancel}",
        "explore: {device-faults: 2}", "explore: {finds: []}", "explore: {finds: fine}", "fails-in: 8.0.0", "passes-in: [8.0.0, 8.0.0]", "guest: {steps: {writes: 65}}",
        "guest: {steps: {write: 1}}", "guest: {steps: 3}", "events: [{at: 1 s, do: break-network, loses: all}]", "events: [{at: 1 s, do: cancel, loses: both}]", "events: [{at: 1 s, do: cancel, one-of: a b}]",
        "events: [{at: 1 s, do: stand-still}]", "events: [{at: 1 s, do: stand-still, for: 0.0 s}]", "events: [{at: 1 s, do: stand-still, for: 0s}]",
        "events: [{at: 1 s, do: stand-still, for: 1 s, of: []}]", "events: [{at: 1 s, do: stand-still, for: 1 s, of: [proxy]}]", "events: [{at: 1 s, do: stand-still, for: 1 s, of: source}]",
        "events: [{at: 1 s, do: stand-still, for: 1 s, of: [source, source]}]", "events: [{at: 1 s, do: cancel, for: 1 s}]", "events: [{at: 1 s, do: cancel, of: [source]}]",
        "events: [{at: 1 s, do: cancel, relay: swap}]", "network: {send-buffer: limitless}",
        "guest: {vcpus: 257}", "guest: {threads: 0}", "guest: {think: 200}", "guest: {writes: 1.5}", "guest: {writes: all}", "guest: {pre-faulted: maybe}", "guest: {access: mix}",
        "guest: {access: {}}", "guest: {access: {randon: 1}}", "guest: {access: {random: 0}}", "guest: {access: [random]}", "guest: {access: hot-set, hot-set: {touch: 1}}",
        "guest: {access: zipf, zipf: {exponent: 0}}", "guest: {access: zipf, zipf: 2}", "guest: {access: strided, stride: 0}", "host: {paging: nothing}", "host: {paging: {lokup: 1 us}}",
        "host: {paging: {copy: 8 GB}}", "host: {paging: {fault: 3}}", "network: {tcp: linus}", "network: {tcp: linux, send-buffer: 1 MiB}", "network: {tcp: {}, receive-buffer: unlimited}",
        "network: {tcp: {send-bufer: {max: 1 MiB}}}", "network: {tcp: {send-buffer: {}}}", "network: {tcp: {overhead: 0.9}}", "network: {tcp: {initial-window: 0}}",
        "network: {tcp: {segment: 1448}}", "network: {tcp: {queueing: lifo}}", "network: {tcp: {restart-after-idle: never}}", "expect: {fault-latency-mean: 180..280}",
        "expect: {fault-latency-p50: 180 us}", "expect: {downtime: ..}", "expect: {faults: some}", "expect: {faults: 1 ms..2 ms}", "expect: {fault-latency-p75: 1..2 us}",
        "explore: {finds: {outcome: completed, faults: 1}}"
    })
    void whatTheBinderRefusesTheSchemaRefuses(String line) {
        String text = SIDES + line + "\n";
        assertThat(ScenarioLoader.parse(text, "x.yaml", Path.of(".")).problems()).isNotEmpty();
        assertThat(errors(SIDES)).isEmpty();
        assertThat(errors(text)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "guest: {vcpus: 256, threads: 16, think: 200 ns, writes: 100 %, pre-faulted: true}", "guest: {access: {random: 3, strided: 0.5}, stride: 2, writes: 0.5}",
        "guest: {access: hot-set, hot-set: {share: 10%, touches: 0.9}}", "guest: {access: zipf, zipf: {exponent: 1.2}}", "guest: {think: {exponential: {mean: 1 us}}}",
        "host: {paging: none}", "host: {paging: {}}", "host: {paging: {wake-up: {lognormal: {median: 12 us, sigma: 0.6}}, copy: unlimited}}", "network: {tcp: linux}",
        "network: {tcp: none, send-buffer: 1 MiB}", "network: {tcp: {send-buffer: {max: 16 MiB}, segment: 8948 B, restart-after-idle: off, queueing: fifo, ring: 0 B}}",
        "expect: {fault-latency-mean: 180..280 us}", "expect: {outcome: completed, fault-latency-p50: 180 us..1 ms, downtime: 1 ms.., total-time: <= 60 s}",
        "expect: {fault-latency-max: \">= 1 ms\", fault-latency-p90: ..2.5ms, faults: 1000..2000}", "expect: {faults: 0}", "expect: {faults: \">=1\"}",
        "explore: {finds: {outcome: completed}}", "network: {bandwidth: 0.5 MB/s}", "network: {bandwidth: unlimited}", "limit: {virtual-time: 2 h, quiet: 1 min}",
        "events: [{at: 1 s, do: stand-still, for: 0.5 s}]", "events: [{after: active, do: stand-still, for: 10 ms, of: [source, destination]}]"
    })
    void whatTheBinderAcceptsTheSchemaAccepts(String line) {
        String text = SIDES + line + "\n";
        assertThat(ScenarioLoader.parse(text, "x.yaml", Path.of(".")).problems()).isEmpty();
        assertThat(errors(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"capsule: 2", "product: a b", "model: 0", "drive: by-chance", "seed: x", "outcome: fine", "digest: 12", "scenario: {}", "schedul: 1"})
    void whatTheBinderRefusesInACapsuleTheSchemaRefuses(String line) {
        String good = CapsulePrinter.print(CapsuleArbitraries.example());
        String key = line.substring(0, line.indexOf(':'));
        String text = good.contains("\n" + key + ":")
                ? good.replaceFirst("(?m)^" + key + ":.*\\n((?:  .*\\n)*)", line + "\n") : good + line + "\n";
        assertThat(CapsuleLoader.parse(good, "x").problems()).isEmpty();
        assertThat(CapsuleLoader.parse(text, "x").problems()).isNotEmpty();
        assertThat(errors(capsules, good)).isEmpty();
        assertThat(errors(capsules, text)).isNotEmpty();
    }

    private List<String> errors(String text) {
        return errors(schema, text);
    }

    private static List<String> errors(Schema schema, String text) {
        List<String> errors = new ArrayList<>();
        for (Object document : new Load(LoadSettings.builder().setSchema(new CoreSchema()).build()).loadAllFromString(text))
            schema.validate(JSON.writeValueAsString(document), InputFormat.JSON).forEach(e -> errors.add(e.toString()));
        return errors;
    }
}
