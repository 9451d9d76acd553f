package org.chanrace.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.chanrace.model.release.Release;
import org.chanrace.model.release.Trait;
import org.chanrace.model.release.TraitValue;

/** Releases and their traits, for people. */
final class TraitText {
    private final Appendable out;

    TraitText(Appendable out) {
        this.out = out;
    }

    /**
     * Prints the whole table, or one release, or what differs.
     *
     * @param named whether the releases were asked for by name
     */
    void print(List<Release> releases, boolean named) throws IOException {
        if (!named) {
            spans(releases);
            table(releases);
        } else if (releases.size() == 1) {
            one(releases.get(0));
        } else {
            differences(releases);
        }
    }

    /** A value that holds from one release to another, rows of the table in between included. */
    private record Span(String first, String last, TraitValue value) {
        String range() {
            return first.equals(last) ? first : first + " to " + last;
        }
    }

    private static List<Span> spansOf(Trait trait, List<Release> releases) {
        List<Span> spans = new ArrayList<>();
        for (Release release : releases) {
            TraitValue value = release.traits().get(trait);
            Span last = spans.isEmpty() ? null : spans.get(spans.size() - 1);
            if (last != null && last.value().equals(value)) spans.set(spans.size() - 1, new Span(last.first(), release.name(), value));
            else spans.add(new Span(release.name(), release.name(), value));
        }
        return spans;
    }

    private void spans(List<Release> releases) throws IOException {
        for (Trait trait : Trait.values()) {
            List<Span> spans = spansOf(trait, releases);
            int range = widest(spans.stream().map(Span::range).toList());
            int value = widest(spans.stream().map(span -> span.value().value()).toList());
            heading(trait);
            for (Span span : spans) {
                line("  " + letter(trait, span.value()) + "  " + padded(span.value().value(), value) + "  " + padded(span.range(), range) + "  " + span.value().commit());
            }
            line("");
        }
    }

    private void table(List<Release> releases) throws IOException {
        Trait[] traits = Trait.values();
        int name = widest(releases.stream().map(Release::name).toList());
        line("What changed where: a column for each trait above, in the same order, with the letter of its value; a dot where it");
        line("is as in the row above.");
        line("");
        StringBuilder head = new StringBuilder(padded("", name));
        for (int i = 1; i <= traits.length; i++) head.append(i < 10 ? "  " : " ").append(i);
        line(head.toString());
        for (int row = 0; row < releases.size(); row++) {
            StringBuilder text = new StringBuilder(padded(releases.get(row).name(), name));
            for (Trait trait : traits) {
                TraitValue value = releases.get(row).traits().get(trait);
                boolean same = row > 0 && releases.get(row - 1).value(trait).equals(value.value());
                text.append("  ").append(same ? '.' : letter(trait, value));
            }
            line(text.toString());
        }
    }

    private void one(Release release) throws IOException {
        line("QEMU " + release.name() + ", machine types up to " + release.newestMachine());
        line("");
        for (Trait trait : Trait.values()) {
            TraitValue value = release.traits().get(trait);
            heading(trait);
            line("  " + value.value() + "  " + value.commit());
        }
    }

    private void differences(List<Release> releases) throws IOException {
        int name = widest(releases.stream().map(Release::name).toList());
        int differing = 0;
        for (Trait trait : Trait.values()) {
            Set<String> values = new LinkedHashSet<>();
            for (Release release : releases) values.add(release.value(trait));
            if (values.size() == 1) continue;
            differing++;
            int width = widest(List.copyOf(values));
            heading(trait);
            for (Release release : releases) {
                TraitValue value = release.traits().get(trait);
                line("  " + padded(release.name(), name) + "  " + padded(value.value(), width) + "  " + value.commit());
            }
            line("");
        }
        String same = differing == 0 ? "No trait differs" : differing == 1 ? "1 trait differs" : differing + " traits differ";
        line(same + ", of " + Trait.values().length + ".");
    }

    private void heading(Trait trait) throws IOException {
        line((trait.ordinal() + 1) + ". " + trait.key() + ": " + trait.meaning());
    }

    private static char letter(Trait trait, TraitValue value) {
        return (char) ('a' + trait.choices().indexOf(value.value()));
    }

    private static int widest(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private void line(String text) throws IOException {
        out.append(text.stripTrailing()).append('\n');
    }
}
