package org.chanrace.model.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The releases that the product knows, oldest first.
 *
 * <p>A name that is not a row of its own resolves to the row it behaves as: a stable patch release to its series
 * ({@code 7.2.22} to {@code 7.2.0}) with the exceptions that {@code releases.yaml} lists under {@code patches}; a development
 * version to its release candidate ({@code 7.2.91} is what 8.0-rc1 calls itself).
 */
public final class Releases {
    private static final Pattern SERIES = Pattern.compile("(\\d+\\.\\d+)(\\.0|-rc\\d+)$");
    private static final Pattern PATCH = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)");

    private final Map<String, Release> rows = new LinkedHashMap<>();
    private final Map<String, List<Patch>> patches = new LinkedHashMap<>();

    private record Patch(int from, String behavesAs) {}

    private static final class Shipped {
        static final Releases INSTANCE = new Releases();
    }

    /** The releases that the product ships. */
    public static Releases shipped() {
        return Shipped.INSTANCE;
    }

    private Releases() {
        try (InputStream in = Releases.class.getResourceAsStream("releases.yaml")) {
            Map<?, ?> file = (Map<?, ?>) new Load(LoadSettings.builder().setLabel("releases.yaml").build()).loadFromInputStream(in);
            for (Object row : (List<?>) file.get("releases")) addRow((Map<?, ?>) row);
            ((Map<?, ?>) file.get("patches")).forEach((series, list) -> {
                List<Patch> ofSeries = new ArrayList<>();
                for (Object entry : (List<?>) list) {
                    Map<?, ?> patch = (Map<?, ?>) entry;
                    ofSeries.add(new Patch((Integer) patch.get("from"), (String) patch.get("behaves-as")));
                }
                patches.put((String) series, ofSeries);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addRow(Map<?, ?> row) {
        String name = (String) row.get("name");
        EnumMap<Trait, TraitValue> traits = new EnumMap<>(Trait.class);
        if (row.get("from") instanceof String base) traits.putAll(rows.get(base).traits());
        ((Map<?, ?>) row.get("traits")).forEach((key, value) -> {
            Trait trait = Trait.of((String) key).orElseThrow(() -> new IllegalStateException("releases.yaml: " + name + ": " + key));
            List<?> valueAndCommit = (List<?>) value;
            traits.put(trait, new TraitValue(valueAndCommit.get(0).toString(), valueAndCommit.get(1).toString()));
        });
        MachineVersion machine = MachineVersion.of("pc-q35-" + row.get("machine")).orElseThrow();
        rows.put(name, new Release(name, machine, traits, Optional.empty()));
    }

    /** The rows of the trait table, oldest first. */
    public List<Release> rows() {
        return List.copyOf(rows.values());
    }

    /**
     * The first row from which on all rows are so: its series, {@code 8.2} of {@code 8.2.0} or of a release candidate of that; empty when the last one is not.
     */
    public Optional<String> since(Predicate<Release> wanted) {
        String first = "";
        for (Release row : rows.values()) {
            if (!wanted.test(row)) first = "";
            else if (first.isEmpty()) first = row.name();
        }
        return first.isEmpty() ? Optional.empty() : Optional.of(SERIES.matcher(first).replaceFirst("$1"));
    }

    /** The row that behaves as the release of this name does, under that name; empty when there is none. */
    public Optional<Release> find(String name) {
        Release row = rows.get(name);
        if (row != null) return Optional.of(row);
        Matcher m = PATCH.matcher(name);
        if (!m.matches() || m.group(1).length() > 4 || m.group(2).length() > 4 || m.group(3).length() > 4) return Optional.empty();
        int patch = Integer.parseInt(m.group(3));
        String series = m.group(1) + "." + m.group(2);
        String behavesAs = series + ".0";
        for (Patch known : patches.getOrDefault(series, List.of())) if (patch >= known.from()) behavesAs = known.behavesAs();
        if (patch >= 90 && behavesAs.equals(series + ".0")) return Optional.empty();
        return Optional.ofNullable(rows.get(behavesAs)).map(r -> new Release(name, r.newestMachine(), r.traits(), Optional.empty()));
    }

    /**
     * A release that a scenario defines.
     *
     * @param name its name, for people
     * @param base the release it starts from
     * @param changes the traits that differ, with values that they can have
     */
    public static Release derive(String name, Release base, Map<Trait, String> changes) {
        EnumMap<Trait, TraitValue> traits = new EnumMap<>(base.traits());
        changes.forEach((trait, value) -> traits.put(trait, new TraitValue(value, "this scenario")));
        return new Release(name, base.newestMachine(), traits, Optional.of(new Release.Derivation(base.name(), changes)));
    }

    /**
     * A release that is written out in full. It may have the name of one that the product knows, and differ from it.
     *
     * @param name its name, for people
     * @param newestMachine version of the newest machine type that it knows
     * @param values a value for every trait
     */
    public static Release byValue(String name, MachineVersion newestMachine, Map<Trait, String> values) {
        EnumMap<Trait, TraitValue> traits = new EnumMap<>(Trait.class);
        values.forEach((trait, value) -> traits.put(trait, new TraitValue(value, "this scenario")));
        return new Release(name, newestMachine, traits, Optional.of(new Release.Derivation("", values)));
    }
}
