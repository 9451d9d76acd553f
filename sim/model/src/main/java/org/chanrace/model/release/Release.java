package org.chanrace.model.release;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One QEMU as a row of traits.
 *
 * @param name as a scenario writes it: {@code 7.2.0}, {@code 8.0-rc1}, {@code 7.2.22}
 * @param newestMachine version of the newest machine type that it knows
 * @param traits a value for every trait
 * @param derivation how a scenario defined it; empty for a real release
 */
public record Release(String name, MachineVersion newestMachine, Map<Trait, TraitValue> traits, Optional<Derivation> derivation) {
    /**
     * A release that a scenario defines.
     *
     * @param base the name of the release it starts from; empty when it starts from none and is {@linkplain #byValue by value}
     * @param changes the traits that differ; of a release by value all
     */
    public record Derivation(String base, Map<Trait, String> changes) {
        public Derivation {
            Objects.requireNonNull(base);
            changes = immutable(new EnumMap<>(Trait.class), changes);
        }

        /** Whether every trait is spelled out, so that nothing is taken from the releases that the product knows. */
        public boolean byValue() {
            return base.isEmpty();
        }
    }

    public Release {
        Objects.requireNonNull(name);
        Objects.requireNonNull(newestMachine);
        Objects.requireNonNull(derivation);
        traits = immutable(new EnumMap<>(Trait.class), traits);
        for (Trait trait : Trait.values()) {
            TraitValue value = traits.get(trait);
            if (value == null) throw new IllegalArgumentException(name + " has no value for " + trait.key());
            if (!trait.choices().contains(value.value()))
                throw new IllegalArgumentException(name + ": " + trait.key() + " cannot be " + value.value());
        }
    }

    private static <V> Map<Trait, V> immutable(EnumMap<Trait, V> copy, Map<Trait, V> of) {
        copy.putAll(of);
        return Collections.unmodifiableMap(copy);
    }

    /** The value of a trait. */
    public String value(Trait trait) {
        return traits.get(trait).value();
    }

    /** Whether a trait has this value; the value must be one that the trait can have. */
    public boolean is(Trait trait, String value) {
        if (!trait.choices().contains(value)) throw new IllegalArgumentException(trait.key() + " is never " + value);
        return value(trait).equals(value);
    }

    /** Whether it knows the capability {@code postcopy-preempt}. */
    public boolean knowsPreempt() {
        return !is(Trait.PREEMPT_CREATION, "none");
    }

    /** Whether it knows the property {@code x-preempt-pre-7-2}. */
    public boolean knowsPreemptProperty() {
        return is(Trait.PREEMPT_CREATION, "property") || is(Trait.PREEMPT_EOS, "property") || is(Trait.PREEMPT_RECOVERY, "property");
    }

    /** Whether it knows the property {@code x-postcopy-preempt-break-huge}. */
    public boolean knowsBreakHuge() {
        return is(Trait.BREAK_HUGE, "property");
    }
}
