package dev.ostiary.platform.limits;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The counters of every org that was asked for lately. Looking one up takes no lock and allocates
 * nothing, which a map keyed by boxed numbers cannot promise; idle orgs are forgotten after an
 * hour.
 */
final class CounterTable {

    private static final int HEADS = 1 << 12;
    private static final long KEPT = 3600;
    private static final long TIDIED_EVERY = 600;
    private static final int KINDS = 2;

    private final int size;
    private final AtomicReferenceArray<@Nullable Entry> heads = new AtomicReferenceArray<>(HEADS);
    private final AtomicLong tidied = new AtomicLong();

    /** Entries of one head; a chain is never changed, only replaced. */
    private record Entry(long org, Counters counters, @Nullable Entry next) {}

    CounterTable(int size) {
        this.size = size;
    }

    Counters of(long org, long second) {
        tidy(second);
        int head = (int) org & HEADS - 1;
        while (true) {
            Entry first = heads.get(head);
            Counters found = find(first, org);
            if (found != null && found.use(second)) {
                return found;
            }
            Counters fresh = new Counters(size, KINDS, second);
            Entry rest = found == null ? first : without(first, found);
            if (heads.compareAndSet(head, first, new Entry(org, fresh, rest))) {
                return fresh;
            }
        }
    }

    /** Does something with the counters of every org. */
    void forEach(ObjLongConsumer<Counters> action) {
        for (int i = 0; i < HEADS; i++) {
            for (Entry each = heads.get(i); each != null; each = each.next()) {
                action.accept(each.counters(), each.org());
            }
        }
    }

    /** The counters of an org, if it was asked for lately. */
    @Nullable Counters known(long org) {
        return find(heads.get((int) org & HEADS - 1), org);
    }

    /** How many orgs are remembered. */
    int orgs() {
        int all = 0;
        for (int i = 0; i < HEADS; i++) {
            for (Entry each = heads.get(i); each != null; each = each.next()) {
                all++;
            }
        }
        return all;
    }

    private static @Nullable Counters find(@Nullable Entry first, long org) {
        for (Entry each = first; each != null; each = each.next()) {
            if (each.org() == org) {
                return each.counters();
            }
        }
        return null;
    }

    private static @Nullable Entry without(@Nullable Entry chain, Counters gone) {
        if (chain == null) {
            return null;
        }
        Entry rest = without(chain.next(), gone);
        return chain.counters() == gone ? rest : new Entry(chain.org(), chain.counters(), rest);
    }

    private void tidy(long second) {
        long before = tidied.get();
        if (second < before + TIDIED_EVERY || !tidied.compareAndSet(before, second)) {
            return;
        }
        for (int i = 0; i < HEADS; i++) {
            for (Entry each = heads.get(i); each != null; each = each.next()) {
                if (each.counters().endIfUnusedSince(second - KEPT)) {
                    drop(i, each.counters());
                }
            }
        }
    }

    /** Whoever comes in between finds the forgotten ones and has put new ones in their place. */
    private void drop(int head, Counters gone) {
        Entry first = heads.get(head);
        while (!heads.compareAndSet(head, first, without(first, gone))) {
            first = heads.get(head);
        }
    }
}
