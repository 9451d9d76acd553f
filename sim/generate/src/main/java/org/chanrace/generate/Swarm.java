package org.chanrace.generate;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is possible at all in the scenarios of a generator.
 *
 * @param features those that may occur; each may still be absent from a scenario
 */
public record Swarm(Set<Feature> features) {
    public Swarm {
        EnumSet<Feature> set = EnumSet.noneOf(Feature.class);
        set.addAll(features);
        features = Collections.unmodifiableSet(set);
    }

    /** Every feature in or out, with probability one half each when the choices are random. */
    public static Swarm draw(Choices choices) {
        return all().drawn(choices);
    }

    /** Each of this swarm's features in or out, likewise. */
    public Swarm drawn(Choices choices) {
        EnumSet<Feature> set = EnumSet.noneOf(Feature.class);
        for (Feature feature : features) if (choices.below(2, "whether there is " + feature) == 1) set.add(feature);
        return new Swarm(set);
    }

    /** Nothing but plain migrations. */
    public static Swarm none() {
        return new Swarm(Set.of());
    }

    /** Everything. */
    public static Swarm all() {
        return new Swarm(EnumSet.allOf(Feature.class));
    }

    /** These features. */
    public static Swarm of(Feature... features) {
        return none().with(features);
    }

    /** This one and these features. */
    public Swarm with(Feature... more) {
        EnumSet<Feature> set = EnumSet.noneOf(Feature.class);
        set.addAll(features);
        set.addAll(List.of(more));
        return new Swarm(set);
    }

    /** This one without these features. */
    public Swarm without(Feature... less) {
        EnumSet<Feature> set = EnumSet.noneOf(Feature.class);
        set.addAll(features);
        set.removeAll(List.of(less));
        return new Swarm(set);
    }

    /** Whether a feature may occur. */
    public boolean has(Feature feature) {
        return features.contains(feature);
    }
}
