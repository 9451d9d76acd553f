package org.chanrace.model.scenario;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.chanrace.model.release.Release;

/**
 * One of the two QEMUs.
 *
 * @param release its behaviour, by value
 * @param properties what {@code -global migration.NAME=VALUE} sets, by name: {@code x-preempt-pre-7-2} and
 *     {@code x-postcopy-preempt-break-huge} are those that the model knows
 * @param capabilities its migration capabilities
 */
public record Endpoint(Release release, SortedMap<String, Boolean> properties, Set<Capability> capabilities) {
    /** The property that decides when the preempt channel is opened and who ends it (behaviour.md section 5). */
    public static final String PREEMPT_PRE_7_2 = "x-preempt-pre-7-2";

    /** The property that lets a source with preempt break off huge pages, on unless set otherwise (behaviour.md section 7). */
    public static final String BREAK_HUGE = "x-postcopy-preempt-break-huge";

    public Endpoint {
        Objects.requireNonNull(release);
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
        EnumSet<Capability> set = EnumSet.noneOf(Capability.class);
        set.addAll(capabilities);
        capabilities = Collections.unmodifiableSet(set);
    }

    /** Whether a capability is set on this side. */
    public boolean has(Capability capability) {
        return capabilities.contains(capability);
    }
}
