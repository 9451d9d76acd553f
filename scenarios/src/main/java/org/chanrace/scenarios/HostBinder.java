package org.chanrace.scenarios;

import java.util.Optional;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Host;
import org.chanrace.model.scenario.Paging;
import org.chanrace.model.scenario.RelayWakeUps;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Binds {@code host:}. */
final class HostBinder {
    private static final String NONE = "none";

    private final Report report;
    private final DistributionBinder distributions;
    private final boolean ofAnotherModel;

    /** @param ofAnotherModel whether another model wrote this: one that says nothing of paging knew of no costs */
    HostBinder(Report report, DistributionBinder distributions, boolean ofAnotherModel) {
        this.report = report;
        this.distributions = distributions;
        this.ofAnotherModel = ofAnotherModel;
    }

    Host bind(Node node) {
        Fields f = Fields.of(node, Section.HOST, report);
        Host d = Host.DEFAULT;
        Optional<Distribution> wakeUp = f.value("wake-up").map(distributions::bind);
        // Hosts that are given a wake-up are as quick or as slow as that says, and so is what relays on them.
        RelayWakeUps relay = wakeUp.map(RelayWakeUps::like).orElse(ofAnotherModel ? RelayWakeUps.like(d.wakeUp()) : d.relay());
        return new Host(
                wakeUp.orElse(d.wakeUp()), f.time("per-page", d.perPageNanos()), f.time("device-state", d.deviceStateNanos()),
                f.time("start-delay", d.startDelayNanos()), f.value("paging").map(this::paging).orElse(ofAnotherModel ? Paging.NONE : d.paging()),
                f.value("relay").map(r -> relay(r, relay)).orElse(relay));
    }

    private RelayWakeUps relay(Node node, RelayWakeUps d) {
        Fields f = Fields.of(node, Section.RELAY_WAKE_UPS, report);
        return new RelayWakeUps(distributions.bind(f, "take", d.take()), distributions.bind(f, "pass-on", d.passOn()), distributions.bind(f, "timer", d.timer()));
    }

    private Paging paging(Node node) {
        if (node instanceof ScalarNode) {
            Fields.scalar(node, "'paging'", text -> Fields.word(text, "'paging' cannot be ", new String[] {NONE}, t -> t), report, NONE);
            return Paging.NONE;
        }
        Fields f = Fields.of(node, Section.PAGING, report);
        Paging d = Paging.DEFAULT;
        return new Paging(
                distributions.bind(f, "wake-up", d.wakeUp()), f.time("fault", d.faultNanos()), f.time("request", d.requestNanos()),
                f.time("lookup", d.lookupNanos()), f.time("save-page", d.saveNanos()), f.time("locked", d.lockedNanos()), f.time("send", d.sendNanos()),
                f.time("receive", d.receiveNanos()), f.time("place-page", d.placeNanos()),
                f.rateAboveZeroOrUnlimited("copy", d.copyRate(), "copying that takes no time is 'unlimited'"));
    }
}
