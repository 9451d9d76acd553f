package org.chanrace.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chanrace.explore.Detour;
import org.chanrace.explore.Explanation;

/**
 * The orders that a reader wants to see as Mermaid sequence diagrams: each ending's witness, and the nearest order that completes. In Markdown with fenced blocks, as
 * trackers of bugs and forges take it.
 */
public final class ExplorationMermaid {
    private ExplorationMermaid() {}

    /** The diagrams of one pairing, each under a heading; nothing when nothing is to be seen. */
    public static String pairing(ExploredPairing pairing) {
        StringBuilder out = new StringBuilder();
        for (Explained explained : pairing.notable()) {
            witness(pairing, explained).ifPresent(diagram -> section(out, pairing.title() + ": " + ExplorationWords.ending(pairing.exploration(), explained.ending()), diagram));
            detour(pairing, explained).ifPresent(diagram -> section(out, pairing.title() + ": the nearest order that completes", diagram));
        }
        return out.toString();
    }

    private static void section(StringBuilder out, String heading, String diagram) {
        // A heading is Markdown: what would mean something in it is written as itself.
        out.append("### ").append(Characters.oneLine(heading).replaceAll("([\\\\`*_\\[\\]<>#|])", "\\\\$1")).append("\n\n```mermaid\n").append(diagram).append("```\n\n");
    }

    /** The witness of an ending, with what decides it; empty when it has no trace. */
    static Optional<String> witness(ExploredPairing pairing, Explained explained) {
        List<String> remarks = new ArrayList<>(List.of(name(pairing) + ExplorationWords.ending(pairing.exploration(), explained.ending())));
        explained.explanation().ifPresent(e -> {
            remarks.add(ExplanationWords.decided(e));
            remarks.addAll(ExplanationWords.pairsAlone(e));
        });
        return MermaidDiagram.of(explained.witness().result(), remarks);
    }

    /** The nearest order that completes, with where it parts from the witness; empty when there is none. */
    static Optional<String> detour(ExploredPairing pairing, Explained explained) {
        Optional<Detour> detour = explained.explanation().flatMap(Explanation::detour);
        return detour.flatMap(d -> MermaidDiagram.of(d.witness().result(), List.of(
                name(pairing) + "the nearest order that completes, beside: " + ExplorationWords.ending(pairing.exploration(), explained.ending()), ExplanationWords.parting(explained.explanation().orElseThrow()))));
    }

    private static String name(ExploredPairing pairing) {
        return pairing.title() + ", " + pairing.exploration().scenario().machine() + ": ";
    }
}
