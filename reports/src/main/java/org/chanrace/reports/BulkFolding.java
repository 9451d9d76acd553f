package org.chanrace.reports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.chanrace.model.trace.Actor;

/**
 * Folds bulk messages. A kind of message (the first word of what it says) is bulk on a connection and way when it occurs often
 * there, and pages are already when there are a few; consecutive messages of bulk kinds become one {@link SpaceTime.Bulk}. So the rounds of a precopy are one band, and the
 * one PING among them still stands out.
 */
final class BulkFolding {
    private static final int OFTEN = 5;
    private static final int OFTEN_PAGES = 4;
    private static final int RUN_MIN = 3;

    /** A message or, if {@code bulk} is present, the many that begin with it. Indices are those of the trace; -1 for none. */
    record Folded(SpaceTime.Message message, int sentIndex, int receivedIndex, Optional<SpaceTime.Bulk> bulk) {}

    private record Way(int connection, Actor from) {}

    private final Map<Way, List<Folded>> ways = new LinkedHashMap<>();

    /** Adds the next message that was sent. */
    void add(SpaceTime.Message message, int sentIndex, int receivedIndex) {
        ways.computeIfAbsent(new Way(message.connection(), message.from()), w -> new ArrayList<>())
                .add(new Folded(message, sentIndex, receivedIndex, Optional.empty()));
    }

    /** What is left after folding, in the order of sending. */
    List<Folded> fold() {
        List<Folded> all = new ArrayList<>();
        for (List<Folded> way : ways.values()) {
            Set<String> bulk = bulkKinds(way);
            for (int i = 0; i < way.size(); ) {
                int end = i;
                int next = i;
                while (next < way.size() && (isBulk(bulk, way.get(next)) || (next > i && isCompanion(way.get(next)))))
                    if (isBulk(bulk, way.get(next++))) end = next;
                if (end - i >= RUN_MIN) {
                    all.add(folded(way.subList(i, end)));
                    i = end;
                } else {
                    for (int last = Math.max(end, i + 1); i < last; i++) all.add(way.get(i));
                }
            }
        }
        all.sort(Comparator.comparingInt(Folded::sentIndex));
        return all;
    }

    private static boolean isBulk(Set<String> bulk, Folded message) {
        return bulk.contains(kind(message.message().what()));
    }

    /** An EOS between bulk messages is one of them; one that ends them is news. */
    private static boolean isCompanion(Folded message) {
        return message.message().what().contains("EOS");
    }

    private static Set<String> bulkKinds(List<Folded> way) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Folded f : way) counts.merge(kind(f.message().what()), 1, Integer::sum);
        int pages = counts.entrySet().stream().filter(k -> isPages(k.getKey())).mapToInt(Map.Entry::getValue).sum();
        Set<String> bulk = new LinkedHashSet<>();
        counts.forEach((kind, count) -> {
            if (isPages(kind) ? pages >= OFTEN_PAGES : count > OFTEN && !kind.equals("EOS") && !kind.equals("section")) bulk.add(kind);
        });
        return bulk;
    }

    private static boolean isPages(String kind) {
        return kind.startsWith("page") || kind.startsWith("zero");
    }

    /** The first word of a text: what kind of message or note it is. */
    static String kind(String what) {
        int begin = 0;
        while (begin < what.length() && !Character.isLetter(what.charAt(begin))) begin++;
        int end = begin;
        while (end < what.length() && (Character.isLetter(what.charAt(end)) || what.charAt(end) == '_' || what.charAt(end) == '-')) end++;
        return begin == end ? what : what.substring(begin, end);
    }

    private static Folded folded(List<Folded> run) {
        Folded first = run.get(0);
        Map<String, Integer> kinds = new LinkedHashMap<>();
        long bytes = 0;
        int unread = 0;
        long firstReceived = Long.MAX_VALUE;
        long lastReceived = Long.MIN_VALUE;
        Actor to = first.message().to();
        for (Folded f : run) {
            kinds.merge(isCompanion(f) ? "EOS" : kind(f.message().what()), 1, Integer::sum);
            bytes += f.message().bytes();
            if (f.message().receivedNanos().isEmpty()) {
                unread++;
                continue;
            }
            firstReceived = Math.min(firstReceived, f.message().receivedNanos().getAsLong());
            lastReceived = Math.max(lastReceived, f.message().receivedNanos().getAsLong());
        }
        String what = kinds.entrySet().stream().map(k -> k.getValue() + " × " + k.getKey()).collect(Collectors.joining(", "));
        boolean any = unread < run.size();
        SpaceTime.Bulk bulk = new SpaceTime.Bulk(first.message().connection(), first.message().from(), to, what, bytes, first.message().sentNanos(),
                run.get(run.size() - 1).message().sentNanos(), any ? OptionalLong.of(firstReceived) : OptionalLong.empty(),
                any ? OptionalLong.of(lastReceived) : OptionalLong.empty(), unread);
        return new Folded(first.message(), first.sentIndex(), first.receivedIndex(), Optional.of(bulk));
    }
}
