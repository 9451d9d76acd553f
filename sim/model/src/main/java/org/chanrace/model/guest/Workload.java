package org.chanrace.model.guest;

import org.apache.commons.math3.util.FastMath;
import org.chanrace.kernel.RandomStream;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.scenario.Guest;

/**
 * Which pages the guest touches, and how fast.
 *
 * <p>On the source the workload runs in one piece: {@link #runUntil} works out all writes up to a moment. On the destination each
 * vCPU goes on by itself with {@link #nextPage}, from where the guest was.
 */
public final class Workload implements Stateful {
    /** Page distance of strided access: a prime, so that every page of most working sets is reached. */
    private static final int STRIDE = 17;
    /** Hot-set access: nine touches of ten go to the first tenth. */
    private static final int HOT_SHARE = 10;

    private final int pages;
    private final Guest.Access access;
    private final long nanosPerTouch;
    private final RandomStream stream;
    private int position;
    private long ranUntil;

    /** @param guest whose workload this is */
    public Workload(Guest guest) {
        this.pages = guest.workingSetPages();
        this.access = guest.access();
        this.nanosPerTouch = guest.dirtyRate() == 0 || pages == 0
                ? Long.MAX_VALUE
                : Math.max(1, FastMath.round(1e9 * guest.pageSize() / guest.dirtyRate()));
        this.stream = RandomStream.of("guest", "access");
    }

    /** Back to the beginning, for a run with this seed. */
    public void reset(long seed, long startedAt) {
        stream.reseed(seed);
        position = 0;
        ranUntil = startedAt;
    }

    /** Time from one touch to the next while nothing stalls, of the guest as a whole, ns; {@link Long#MAX_VALUE} for an idle guest. */
    public long nanosPerTouch() {
        return nanosPerTouch;
    }

    /** Adds the pages written up to {@code now} to {@code log} and to {@code written}. */
    public void runUntil(long now, PageSet log, PageSet written) {
        if (nanosPerTouch == Long.MAX_VALUE || now <= ranUntil) return;
        long touches = (now - ranUntil) / nanosPerTouch;
        ranUntil += touches * nanosPerTouch;
        if (access == Guest.Access.SEQUENTIAL) {
            runSequentially(touches, log, written);
            return;
        }
        // A guest that touches its working set this many times over has touched all of it.
        if (touches > 40L * pages) {
            log.addRange(0, pages);
            written.addRange(0, pages);
            return;
        }
        for (long i = 0; i < touches; i++) {
            int page = nextPage();
            log.add(page);
            written.add(page);
        }
    }

    private void runSequentially(long touches, PageSet log, PageSet written) {
        if (touches >= pages) {
            log.addRange(0, pages);
            written.addRange(0, pages);
        } else {
            int end = position + (int) touches;
            addRange(log, written, position, Math.min(end, pages));
            if (end > pages) addRange(log, written, 0, end - pages);
        }
        position = (int) ((position + touches) % pages);
    }

    private static void addRange(PageSet log, PageSet written, int from, int to) {
        log.addRange(from, to);
        written.addRange(from, to);
    }

    /** The page touched next. */
    public int nextPage() {
        return switch (access) {
            case SEQUENTIAL -> {
                int page = position;
                position = position + 1 == pages ? 0 : position + 1;
                yield page;
            }
            case STRIDED -> {
                int page = position;
                position = (int) (((long) position + STRIDE) % pages);
                yield page;
            }
            case RANDOM -> stream.nextInt(pages);
            case HOT_SET -> {
                int hot = Math.max(1, pages / HOT_SHARE);
                yield stream.nextInt(10) < 9 ? stream.nextInt(hot) : stream.nextInt(pages);
            }
            case MIX -> throw new IllegalStateException("a mix draws from its kinds");
            // Zipf with exponent 1, by inverting the continuous approximation of its distribution function.
            case ZIPF -> (int) Math.min(pages - 1, (long) FastMath.pow(pages + 1.0, stream.nextDouble()) - 1);
        };
    }

    /** Whether pages are touched in an order that can be skipped through: the next missing page can be found directly. */
    public boolean isSequential() {
        return access == Guest.Access.SEQUENTIAL;
    }

    /** Where a sequential workload is. */
    public int position() {
        return position;
    }

    /** Puts a sequential workload elsewhere. */
    public void moveTo(int page) {
        position = page == pages ? 0 : page;
    }

    @Override
    public void save(StateWriter state) {
        stream.save(state);
        state.put(position);
        state.put(ranUntil);
    }

    @Override
    public void load(StateReader state) {
        stream.load(state);
        position = state.nextInt();
        ranUntil = state.next();
    }
}
