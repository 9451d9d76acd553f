package org.chanrace.scenarios;

import java.util.Optional;
import org.chanrace.model.scenario.Tcp;
import org.chanrace.model.scenario.Tcp.Buffer;
import org.chanrace.model.scenario.Tcp.Queueing;
import org.chanrace.scenarios.Quantities.Dimension;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Binds {@code tcp:}: a word for kernels as they come, {@code none} for buffers of fixed sizes, or what is other than it comes. */
final class TcpBinder {
    private static final String LINUX = "linux";
    private static final String NONE = "none";
    private static final int WINDOW_MAX = 65_535;
    private static final int SEGMENT_MIN = 64;
    private static final int SEGMENT_MAX = 65_535;

    private final Report report;

    TcpBinder(Report report) {
        this.report = report;
    }

    Optional<Tcp> bind(Node node) {
        if (node instanceof ScalarNode) {
            String word = Fields.scalar(node, "'tcp'", text -> Fields.word(text, "'tcp' cannot be ", new String[] {LINUX, NONE}, t -> t), report, LINUX);
            return word.equals(NONE) ? Optional.empty() : Optional.of(Tcp.LINUX);
        }
        Fields f = Fields.of(node, Section.TCP, report);
        Tcp d = Tcp.LINUX;
        return Optional.of(new Tcp(
                f.value("send-buffer").map(n -> buffer(n, d.send())).orElse(d.send()),
                f.value("receive-buffer").map(n -> buffer(n, d.receive())).orElse(d.receive()),
                f.scalar("overhead", TcpBinder::overhead, d.overhead()),
                (int) f.whole("initial-window", 1, WINDOW_MAX, d.initialWindow()),
                f.scalar("segment", TcpBinder::segment, d.segment()),
                f.flag("restart-after-idle", d.restartsAfterIdle()),
                f.word("queueing", Queueing.values(), Queueing::text, d.queueing()),
                above0(f, "queue-limit", d.queueLimit()),
                f.size("ring", d.ring())));
    }

    /** Where only one of the two sizes is given, the other goes along with it. */
    private Buffer buffer(Node node, Buffer d) {
        Fields f = Fields.of(node, Section.TCP_BUFFER, report);
        if (f.given().isEmpty()) f.required("max");
        long givenMax = above0(f, "max", d.max());
        long initial = above0(f, "initial", Math.min(d.initial(), givenMax));
        long max = f.has("max") ? givenMax : Math.max(d.max(), initial);
        if (initial <= max) return new Buffer(initial, max);
        report.at(f.value("initial").orElse(node), "'initial' is at most 'max', " + Quantities.size(max));
        return d;
    }

    private long above0(Fields f, String key, long fallback) {
        return f.scalar(key, text -> {
            long size = Quantities.parse(text, Dimension.SIZE);
            if (size == 0) throw new BadValue("'" + key + "' cannot be 0");
            return size;
        }, fallback);
    }

    private static double overhead(String text) throws BadValue {
        double value = Quantities.decimal(text, 0, 16);
        if (value < 1) throw new BadValue(Quantities.quoted(text) + " is out of range: from 1 to 16");
        return value;
    }

    private static int segment(String text) throws BadValue {
        long size = Quantities.parse(text, Dimension.SIZE);
        if (size < SEGMENT_MIN || size > SEGMENT_MAX) throw new BadValue(Quantities.quoted(text) + " is out of range: from " + SEGMENT_MIN + " B to " + SEGMENT_MAX + " B");
        return (int) size;
    }
}
