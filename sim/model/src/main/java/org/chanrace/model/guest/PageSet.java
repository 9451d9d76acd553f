package org.chanrace.model.guest;

import java.util.Arrays;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;

/**
 * A set of page numbers, from 0, one bit a page. Nothing is allocated after construction.
 *
 * <p>Beside the bits stands how many there are in each block of {@value #BLOCK} pages and in each group of blocks, so that full and empty stretches are
 * skipped, and a page is found by its rank, in a set of any size at about the same speed. That is a thousandth of the memory more.
 */
public final class PageSet implements Stateful {
    /** A block is 64 words, a group 64 blocks. */
    private static final int BLOCK = 1 << 12;
    private static final int WORDS_OF_BLOCK = 6;
    private static final int BLOCKS_OF_GROUP = 6;
    private static final int PAGES_OF_BLOCK = 12;
    private static final int PAGES_OF_GROUP = PAGES_OF_BLOCK + BLOCKS_OF_GROUP;

    private final int pages;
    private final long[] words;
    private final int[] blocks;
    private final int[] groups;
    private int size;

    /** @param pages page numbers are below this */
    public PageSet(int pages) {
        this.pages = pages;
        this.words = new long[(pages + 63) >>> 6];
        this.blocks = new int[(words.length >>> WORDS_OF_BLOCK) + 1];
        this.groups = new int[(blocks.length >>> BLOCKS_OF_GROUP) + 1];
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
        count(page >>> 6, 1);
        return true;
    }

    /** Removes a page; whether it was in the set. */
    public boolean remove(int page) {
        long bit = 1L << page;
        long word = words[page >>> 6];
        if ((word & bit) == 0) return false;
        words[page >>> 6] = word & ~bit;
        count(page >>> 6, -1);
        return true;
    }

    /** So many more in a word. */
    private void count(int word, int more) {
        size += more;
        blocks[word >>> WORDS_OF_BLOCK] += more;
        groups[word >>> WORDS_OF_BLOCK + BLOCKS_OF_GROUP] += more;
    }

    /** Adds the pages from {@code from} to below {@code to}. */
    public void addRange(int from, int to) {
        for (int w = from >>> 6; from < to; w++) {
            int end = Math.min(to, (w + 1) << 6);
            addBits(w, mask(from, end));
            from = end;
        }
    }

    /** Adds the pages of a word whose bits are set. */
    void addBits(int word, long bits) {
        int more = Long.bitCount(bits & ~words[word]);
        if (more == 0) return;
        words[word] |= bits;
        count(word, more);
    }

    /** Removes the pages from {@code from} to below {@code to}. */
    public void removeRange(int from, int to) {
        for (int w = from >>> 6; from < to; w++) {
            int end = Math.min(to, (w + 1) << 6);
            long mask = mask(from, end);
            int less = Long.bitCount(mask & words[w]);
            words[w] &= ~mask;
            count(w, -less);
            from = end;
        }
    }

    /** The bits of the pages from {@code from} to below {@code end} in the word that both belong to. */
    static long mask(int from, int end) {
        int n = end - from;
        return (n == 64 ? -1L : (1L << n) - 1) << from;
    }

    /** Makes this set empty. */
    public void clear() {
        if (size == 0) return;
        Arrays.fill(words, 0);
        Arrays.fill(blocks, 0);
        Arrays.fill(groups, 0);
        size = 0;
    }

    /** Makes this the set of all pages. */
    public void fill() {
        Arrays.fill(words, -1L);
        if ((pages & 63) != 0) words[words.length - 1] = (1L << pages) - 1;
        for (int b = 0; b < blocks.length; b++) blocks[b] = within(b, PAGES_OF_BLOCK);
        for (int g = 0; g < groups.length; g++) groups[g] = within(g, PAGES_OF_GROUP);
        size = pages;
    }

    /** How many page numbers there are in a part of 2 to the {@code bits} of them. */
    private int within(int part, int bits) {
        return Math.max(0, Math.min(1 << bits, pages - (part << bits)));
    }

    /** Makes this a copy of another set of the same limit. */
    public void copyFrom(PageSet other) {
        System.arraycopy(other.words, 0, words, 0, words.length);
        System.arraycopy(other.blocks, 0, blocks, 0, blocks.length);
        System.arraycopy(other.groups, 0, groups, 0, groups.length);
        size = other.size;
    }

    /** Adds all pages of another set of the same limit. */
    public void addAll(PageSet other) {
        for (int w = 0; w < words.length; w++) words[w] |= other.words[w];
        recount();
    }

    /** Removes all pages of another set of the same limit. */
    public void removeAll(PageSet other) {
        for (int w = 0; w < words.length; w++) words[w] &= ~other.words[w];
        recount();
    }

    private void recount() {
        Arrays.fill(blocks, 0);
        Arrays.fill(groups, 0);
        size = 0;
        for (int w = 0; w < words.length; w++) blocks[w >>> WORDS_OF_BLOCK] += Long.bitCount(words[w]);
        for (int b = 0; b < blocks.length; b++) groups[b >>> BLOCKS_OF_GROUP] += blocks[b];
        for (int n : groups) size += n;
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
            if (++w > last) return to;
            if ((w & (1 << WORDS_OF_BLOCK) - 1) == 0) {
                w = skipBlocks(w, flip == 0 ? 0 : BLOCK);
                if (w > last) return to;
            }
            word = words[w] ^ flip;
        }
        return Math.min(to, (w << 6) + Long.numberOfTrailingZeros(word));
    }

    /** The first word from this one on, with which a block begins, of a block that does not have just so many pages; a number above all words when there is none. */
    private int skipBlocks(int word, int uninteresting) {
        int b = word >>> WORDS_OF_BLOCK;
        while (b < blocks.length && blocks[b] == uninteresting) {
            b++;
            while ((b & (1 << BLOCKS_OF_GROUP) - 1) == 0 && b < blocks.length && groups[b >>> BLOCKS_OF_GROUP] == uninteresting << BLOCKS_OF_GROUP) b += 1 << BLOCKS_OF_GROUP;
        }
        return b << WORDS_OF_BLOCK;
    }

    /** How many pages from {@code from} to below {@code to} are in the set. */
    public int countIn(int from, int to) {
        return from >= to ? 0 : below(to) - below(from);
    }

    /** How many pages from {@code from} to below {@code to} are not in the set. */
    public int countAbsent(int from, int to) {
        return from >= to ? 0 : to - from - countIn(from, to);
    }

    /** How many pages below this one are in the set. */
    private int below(int page) {
        if (page == pages) return size;
        int group = page >>> PAGES_OF_GROUP;
        int block = page >>> PAGES_OF_BLOCK;
        int w = page >>> 6;
        int n = 0;
        for (int g = 0; g < group; g++) n += groups[g];
        for (int b = group << BLOCKS_OF_GROUP; b < block; b++) n += blocks[b];
        for (int i = block << WORDS_OF_BLOCK; i < w; i++) n += Long.bitCount(words[i]);
        return n + Long.bitCount(words[w] & (1L << page) - 1);
    }

    /**
     * A page that is not in the set, by its place among all of these.
     *
     * @param from page numbers from here on are counted
     * @param place from 0, below how many there are
     */
    public int absent(int from, int place) {
        int left = place + from - below(from);
        int g = 0;
        while (left >= (1 << PAGES_OF_GROUP) - groups[g]) left -= (1 << PAGES_OF_GROUP) - groups[g++];
        int b = g << BLOCKS_OF_GROUP;
        while (left >= BLOCK - blocks[b]) left -= BLOCK - blocks[b++];
        int w = b << WORDS_OF_BLOCK;
        while (left >= Long.bitCount(~words[w])) left -= Long.bitCount(~words[w++]);
        return (w << 6) + bit(~words[w], left);
    }

    /** The number of the bit that is set and has so many set below it. */
    private static int bit(long bits, int place) {
        int at = 0;
        for (int half = 32; half > 0; half >>= 1) {
            int n = Long.bitCount(bits & (1L << half) - 1);
            if (place < n) continue;
            place -= n;
            bits >>>= half;
            at += half;
        }
        return at;
    }

    @Override
    public void save(StateWriter state) {
        for (long word : words) state.putBits(word);
    }

    @Override
    public void load(StateReader state) {
        for (int w = 0; w < words.length; w++) words[w] = state.nextBits();
        recount();
    }
}
