package org.chanrace.model.guest;

import java.util.Arrays;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;

/** A set of page numbers, from 0, one bit a page. Nothing is allocated after construction. */
public final class PageSet implements Stateful {
    private final int pages;
    private final long[] words;
    private int size;

    /** @param pages page numbers are below this */
    public PageSet(int pages) {
        this.pages = pages;
        this.words = new long[(pages + 63) >>> 6];
    }

    /** Page numbers are below this. */
    public int limit() {
        return pages;
    }

    /** Number of pages in the set. */
    public int size() {
        return size;
    }

    /** Whether a page is in the set. */
    public boolean contains(int page) {
        return (words[page >>> 6] & (1L << page)) != 0;
    }

    /** Adds a page; whether it was not in the set. */
    public boolean add(int page) {
        long bit = 1L << page;
        long word = words[page >>> 6];
        if ((word & bit) != 0) return false;
        words[page >>> 6] = word | bit;
        size++;
        return true;
    }

    /** Removes a page; whether it was in the set. */
    public boolean remove(int page) {
        long bit = 1L << page;
        long word = words[page >>> 6];
        if ((word & bit) == 0) return false;
        words[page >>> 6] = word & ~bit;
        size--;
        return true;
    }

    /** Adds the pages from {@code from} to below {@code to}. */
    public void addRange(int from, int to) {
        for (int w = from >>> 6; from < to; w++) {
            int end = Math.min(to, (w + 1) << 6);
            long mask = mask(from, end);
            size += Long.bitCount(mask & ~words[w]);
            words[w] |= mask;
            from = end;
        }
    }

    /** Removes the pages from {@code from} to below {@code to}. */
    public void removeRange(int from, int to) {
        for (int w = from >>> 6; from < to; w++) {
            int end = Math.min(to, (w + 1) << 6);
            long mask = mask(from, end);
            size -= Long.bitCount(mask & words[w]);
            words[w] &= ~mask;
            from = end;
        }
    }

    private static long mask(int from, int end) {
        int n = end - from;
        return (n == 64 ? -1L : (1L << n) - 1) << from;
    }

    /** Makes this set empty. */
    public void clear() {
        if (size == 0) return;
        Arrays.fill(words, 0);
        size = 0;
    }

    /** Makes this the set of all pages. */
    public void fill() {
        Arrays.fill(words, -1L);
        if ((pages & 63) != 0) words[words.length - 1] = (1L << pages) - 1;
        size = pages;
    }

    /** Makes this a copy of another set of the same limit. */
    public void copyFrom(PageSet other) {
        System.arraycopy(other.words, 0, words, 0, words.length);
        size = other.size;
    }

    /** Adds all pages of another set of the same limit. */
    public void addAll(PageSet other) {
        int n = 0;
        for (int w = 0; w < words.length; w++) {
            words[w] |= other.words[w];
            n += Long.bitCount(words[w]);
        }
        size = n;
    }

    /** Removes all pages of another set of the same limit. */
    public void removeAll(PageSet other) {
        int n = 0;
        for (int w = 0; w < words.length; w++) {
            words[w] &= ~other.words[w];
            n += Long.bitCount(words[w]);
        }
        size = n;
    }

    /** Makes this the set of the pages that another set of the same limit does not have. */
    public void complementOf(PageSet other) {
        fill();
        removeAll(other);
    }

    /** The first page in the set from {@code from} on; -1 when there is none. */
    public int next(int from) {
        int page = next(from, pages);
        return page == pages ? -1 : page;
    }

    /** The first page in the set from {@code from} to below {@code to}; {@code to} when there is none. */
    public int next(int from, int to) {
        return search(from, to, 0);
    }

    /** The first page that is not in the set from {@code from} on; {@link #limit()} when there is none. */
    public int nextAbsent(int from) {
        return search(from, pages, -1);
    }

    /** The first page that is not in the set from {@code from} to below {@code to}; {@code to} when there is none. */
    public int nextAbsent(int from, int to) {
        return search(from, to, -1);
    }

    /** The first bit, in words that are first combined with {@code flip} by exclusive or. */
    private int search(int from, int to, long flip) {
        if (from >= to) return to;
        int w = from >>> 6;
        int last = (to - 1) >>> 6;
        long word = (words[w] ^ flip) & (-1L << from);
        while (word == 0) {
            if (w++ == last) return to;
            word = words[w] ^ flip;
        }
        return Math.min(to, (w << 6) + Long.numberOfTrailingZeros(word));
    }

    @Override
    public void save(StateWriter state) {
        for (long word : words) state.putBits(word);
    }

    @Override
    public void load(StateReader state) {
        size = 0;
        for (int w = 0; w < words.length; w++) {
            words[w] = state.nextBits();
            size += Long.bitCount(words[w]);
        }
    }
}
