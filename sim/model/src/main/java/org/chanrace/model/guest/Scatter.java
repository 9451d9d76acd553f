package org.chanrace.model.guest;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.util.FastMath;
import org.chanrace.kernel.RandomStream;

/**
 * Touches that know nothing of each other: each is of a page drawn from one of several laws, by weight.
 *
 * <p>Rather than to draw pages until one is missing, {@link #skip} draws how many touches go by until then, and which of the missing ones it is. Both have
 * the distribution that drawing one by one gives. Where a law is not the same for all pages it is cut into bands within which it falls by a bounded factor:
 * each missing page is taken to be as likely as the first of its band, and what that is too much is turned down again.
 */
final class Scatter {
    /** A search is broken off after so many touches, and begun anew from there: what is to come does not depend on what was. */
    private static final long MOST_TOUCHES = 1L << 40;
    /** As many touches one by one. */
    private static final int FEW_TOUCHES = 1 << 12;
    /** Where missing pages are that likely, drawing one by one is as quick. */
    private static final double DENSE = 0.25;

    /** A law with its weight. */
    record Part(double weight, Law law) {}

    private final List<Part> parts = new ArrayList<>();
    private final List<Band> bands = new ArrayList<>();
    private final double[] missing;
    private int found;

    /** Pages of a law: from {@code from} to below {@code to}, each touched at most as likely as {@code most}, and at least as {@code least}. */
    private record Band(Part part, int from, int to, double most, double least) {
        double probability(int page) {
            return part.weight * part.law.probability(page);
        }
    }

    /** @param weighted at least one; weights above 0, in any scale */
    Scatter(List<Part> weighted) {
        double total = 0;
        for (Part part : weighted) total += part.weight;
        for (Part part : weighted) parts.add(new Part(part.weight / total, part.law));
        for (Part part : parts) {
            int pages = part.law.pages();
            if (part.law instanceof Law.Uniform) add(part, 0, pages);
            // From rank 1, 2, 4 … on.
            else for (long from = 0; from < pages; from = 2 * from + 1) add(part, (int) from, (int) Math.min(pages, 2 * from + 1));
        }
        this.missing = new double[bands.size()];
    }

    private void add(Part part, int from, int to) {
        bands.add(new Band(part, from, to, part.weight * part.law.probability(from), part.weight * part.law.probability(to - 1)));
    }

    /** A page. */
    int next(RandomStream stream) {
        if (parts.size() == 1) return parts.get(0).law.next(stream);
        double u = stream.nextDouble();
        int last = parts.size() - 1;
        for (int i = 0; i < last; i++) {
            u -= parts.get(i).weight;
            if (u < 0) return parts.get(i).law.next(stream);
        }
        return parts.get(last).law.next(stream);
    }

    /** As {@link Workload#skip}. */
    long skip(PageSet here, RandomStream stream) {
        double all = 0;
        for (int i = 0; i < missing.length; i++) {
            Band band = bands.get(i);
            missing[i] = band.most * here.countAbsent(band.from, band.to);
            all += missing[i];
        }
        if (all == 0) return Workload.FOREVER;
        if (all > DENSE) return oneByOne(here, stream);
        double perTouch = FastMath.log1p(-all);
        for (long touches = 0;;) {
            touches += (long) (FastMath.log1p(-stream.nextDouble()) / perTouch);
            if (touches >= MOST_TOUCHES) {
                found = Workload.NONE;
                return MOST_TOUCHES;
            }
            Band band = bands.get(drawn(all * stream.nextDouble()));
            found = here.absent(band.from, stream.nextInt(here.countAbsent(band.from, band.to)));
            if (accepts(band, found, stream)) return touches;
            touches++;
        }
    }

    private int drawn(double u) {
        int last = 0;
        for (int i = 0; i < missing.length; i++) {
            if (missing[i] == 0) continue;
            if (u < missing[i]) return i;
            u -= missing[i];
            last = i;
        }
        return last;
    }

    private static boolean accepts(Band band, int page, RandomStream stream) {
        if (band.least == band.most) return true;
        double u = stream.nextDouble() * band.most;
        return u < band.least || u < band.probability(page);
    }

    private long oneByOne(PageSet here, RandomStream stream) {
        for (int touches = 0; touches < FEW_TOUCHES; touches++) {
            found = next(stream);
            if (!here.contains(found)) return touches;
        }
        found = Workload.NONE;
        return FEW_TOUCHES;
    }

    /** The page that {@link #skip} has found; {@link Workload#NONE} when it was broken off. */
    int found() {
        return found;
    }

    /**
     * Adds the pages of so many touches, as if these came at random moments: then a page is touched, or not, whatever becomes of the others, and how many
     * touches there are matters little.
     */
    void addMany(double touches, RandomStream stream, PageSet log, PageSet written) {
        for (Part part : parts) {
            double expected = touches * part.weight;
            Law law = part.law;
            if (law instanceof Law.Uniform) Chance.add(0, law.pages(), chance(expected * law.probability(0)), stream, log, written);
            else for (int from = 0; from < law.pages(); from += Long.SIZE) addWord(law, expected, from, Math.min(law.pages(), from + Long.SIZE), stream, log, written);
        }
    }

    private static void addWord(Law law, double expected, int from, int to, RandomStream stream, PageSet log, PageSet written) {
        double most = chance(expected * law.probability(from));
        double least = chance(expected * law.probability(to - 1));
        long bits = Chance.bits(most, stream) & PageSet.mask(from, to);
        for (long left = bits; left != 0; left &= left - 1) {
            double u = stream.nextDouble() * most;
            int page = from + Long.numberOfTrailingZeros(left);
            if (u >= least && u >= chance(expected * law.probability(page))) bits &= ~Long.lowestOneBit(left);
        }
        log.addBits(from >>> 6, bits);
        written.addBits(from >>> 6, bits);
    }

    /** That at least one comes of what is expected so many times. */
    private static double chance(double expected) {
        return -FastMath.expm1(-expected);
    }
}
