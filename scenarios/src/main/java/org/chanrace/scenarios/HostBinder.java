package org.chanrace.scenarios;

import org.chanrace.model.scenario.Host;
import org.chanrace.model.scenario.Paging;
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
        return new Host(
                distributions.bind(f, "wake-up", d.wakeUp()), f.time("per-page", d.perPageNanos()), f.time("device-state", d.deviceStateNanos()),
                f.time("start-delay", d.startDelayNanos()), f.value("paging").map(this::paging).orElse(ofAnotherModel ? Paging.NONE : d.paging()));
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
                f.time("receive", d.receiveNanos()), f.time("place-page", d.placeNanos()), copyRate(f, d));
    }

    private static long copyRate(Fields f, Paging d) {
        return f.scalar("copy", text -> {
            if (text.equals(Quantities.UNLIMITED)) return 0L;
            long rate = Quantities.parse(text, Quantities.Dimension.RATE);
            if (rate == 0) throw new BadValue("'copy' cannot be 0 B/s", "copying that takes no time is 'unlimited'");
            return rate;
        }, d.copyRate());
    }
}
