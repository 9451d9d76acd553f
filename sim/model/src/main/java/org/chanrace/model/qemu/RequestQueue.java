package org.chanrace.model.qemu;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;

/** The pages that were asked for and that the migration thread is to send, first come first served. */
final class RequestQueue implements Stateful {
    private int[] pages = new int[16];
    private int head;
    private int size;

    void clear() {
        head = size = 0;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(int page) {
        if (size == pages.length) {
            int[] bigger = new int[2 * size];
            for (int i = 0; i < size; i++) bigger[i] = at(i);
            pages = bigger;
            head = 0;
        }
        pages[(head + size++) & (pages.length - 1)] = page;
    }

    /** Takes out the first, of which there has to be one. */
    int take() {
        size--;
        return pages[head++ & (pages.length - 1)];
    }

    private int at(int place) {
        return pages[(head + place) & (pages.length - 1)];
    }

    @Override
    public void save(StateWriter state) {
        state.put(size);
        for (int i = 0; i < size; i++) state.put(at(i));
    }

    @Override
    public void load(StateReader state) {
        clear();
        for (int left = state.nextInt(); left > 0; left--) add(state.nextInt());
    }
}
