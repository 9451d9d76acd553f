package org.chanrace.scenarios;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * From the text of a file to the YAML nodes of each of its documents.
 *
 * <p>The text is cut at the lines {@code ---} first (which end a document wherever they stand), so that a document that is not
 * YAML leaves the next one whole. Before a document is composed, its events are counted: nesting, aliases, and nodes with every
 * alias counted as what it stands for, so that neither the composer nor the binder meets more than they can bear.
 */
final class Documents {
    /** How deep mappings and lists may be nested. */
    static final int DEPTH_MAX = 32;

    /** How many nodes a document may have, each alias counted as all that it stands for. */
    static final int NODES_MAX = 100_000;

    /** How many aliases a document may have. */
    static final int ALIASES_MAX = 100;

    /** How many documents a file may have. */
    static final int DOCUMENTS_MAX = 1000;

    /** The text of a document, and how many lines of its file come before it. */
    record Document(String text, int lineOffset) {}

    private Documents() {}

    /** Cuts a file's text into its documents; what stands before the first {@code ---} is one when it has any content. */
    static List<Document> split(String text) {
        List<Document> documents = new ArrayList<>();
        int start = 0;
        int startLine = 0;
        boolean content = false;
        int line = 0;
        for (int i = 0; i < text.length(); line++) {
            int end = text.indexOf('\n', i);
            if (end < 0) end = text.length();
            if (isDocumentStart(text, i, end)) {
                if (content) {
                    documents.add(new Document(text.substring(start, i), startLine));
                    start = i;
                    startLine = line;
                }
                // Directives and comments before the first document belong to it.
                content = true;
            } else if (!content) {
                String stripped = text.substring(i, end).strip();
                content = !stripped.isEmpty() && !stripped.startsWith("#") && text.charAt(i) != '%';
            }
            i = end + 1;
        }
        if (content) documents.add(new Document(text.substring(start), startLine));
        return documents;
    }

    private static boolean isDocumentStart(String text, int from, int end) {
        return text.startsWith("---", from) && (end == from + 3 || Character.isWhitespace(text.charAt(from + 3)));
    }

    /** The root node of a document; empty, and a problem, when it is not YAML, is too much, or holds nothing. */
    static Optional<Node> compose(Document document, Report report) {
        if (!isPrintable(document.text(), report)) return Optional.empty();
        LoadSettings settings = LoadSettings.builder().setLabel(report.file()).setSchema(new CoreSchema())
                .setCodePointLimit(ScenarioLoader.BYTES_MAX + 1).setMaxAliasesForCollections(ALIASES_MAX).build();
        try {
            if (!isBearable(document.text(), settings, report)) return Optional.empty();
            Optional<Node> root = new Compose(settings).composeString(document.text());
            if (root.isEmpty() || Fields.isNothing(root.get())) {
                report.inText(0, 0, "this document is empty: a scenario has at least source, destination and machine");
                return Optional.empty();
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            report.at(e.getProblemMark().or(e::getContextMark), "not YAML: " + oneLine(e.getContext(), e.getProblem()),
                    e.getProblem() != null && e.getProblem().contains("chomping") ? "what begins with > or | stands in quotes: \">= 1 ms\"" : "");
        } catch (YamlEngineException e) {
            report.inText(0, 0, "not YAML: " + oneLine(null, e.getMessage()));
        }
        return Optional.empty();
    }

    private static String oneLine(String context, String problem) {
        String text = (context == null || context.isEmpty() ? "" : context + ", ") + (problem == null ? "" : problem);
        return text.replace('\n', ' ').strip();
    }

    private static boolean isPrintable(String text, Report report) {
        if (StreamReader.isPrintable(text)) return true;
        int line = 0;
        int column = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (!StreamReader.isPrintable(c)) {
                report.inText(line, column, String.format(java.util.Locale.ROOT, "the character U+%04X cannot stand in YAML", c));
                return false;
            }
            line = c == '\n' ? line + 1 : line;
            column = c == '\n' ? 0 : column + 1;
            i += Character.charCount(c);
        }
        return true;
    }

    private static boolean isBearable(String text, LoadSettings settings, Report report) {
        Map<String, Long> sizes = new TreeMap<>();
        List<String> openAnchors = new ArrayList<>();
        List<Long> nodesBefore = new ArrayList<>();
        long nodes = 0;
        int aliases = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> {
                    openAnchors.add(anchorOf(event));
                    nodesBefore.add(nodes);
                    nodes++;
                }
                case MappingEnd, SequenceEnd -> {
                    int last = openAnchors.size() - 1;
                    String anchor = openAnchors.remove(last);
                    long before = nodesBefore.remove(last);
                    if (!anchor.isEmpty()) sizes.put(anchor, nodes - before);
                }
                case Scalar -> {
                    if (!anchorOf(event).isEmpty()) sizes.put(anchorOf(event), 1L);
                    nodes++;
                }
                case Alias -> {
                    String alias = ((AliasEvent) event).getAlias().getValue();
                    if (openAnchors.contains(alias)) return tooMuch(event, "the alias *" + alias + " stands inside of what it stands for", report);
                    aliases++;
                    nodes += sizes.getOrDefault(alias, 1L);
                }
                default -> {}
            }
            if (openAnchors.size() > DEPTH_MAX) return tooMuch(event, "nested deeper than " + DEPTH_MAX, report);
            if (aliases > ALIASES_MAX) return tooMuch(event, "more than " + ALIASES_MAX + " aliases in a document", report);
            if (nodes > NODES_MAX)
                return tooMuch(event, "more than " + NODES_MAX + " values in a document, each alias counted as all that it stands for", report);
        }
        return true;
    }

    private static String anchorOf(Event event) {
        return ((NodeEvent) event).getAnchor().map(Anchor::getValue).orElse("");
    }

    private static boolean tooMuch(Event event, String message, Report report) {
        report.at(event.getStartMark(), message, "");
        return false;
    }
}
