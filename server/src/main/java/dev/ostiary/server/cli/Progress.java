package dev.ostiary.server.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far something long has come: a bar on a terminal, with the rate and the time that remains;
 * elsewhere a line at every tenth. Not thread-safe.
 */
final class Progress {

    private static final int WIDTH = 30;
    private static final long BETWEEN = Duration.ofMillis(200).toNanos();

    private final PrintWriter out;
    private final boolean terminal;
    private final long total;
    private final LongSupplier nanos;
    private final long began;
    private final long first;
    private long shown;
    private long tenth;

    /**
     * @param first what was done before
     * @param nanos a clock that only goes forward
     */
    Progress(PrintWriter out, boolean terminal, long first, long total, LongSupplier nanos) {
        this.out = out;
        this.terminal = terminal;
        this.first = first;
        this.total = Math.max(1, total);
        this.nanos = nanos;
        this.began = nanos.getAsLong();
        this.shown = began - BETWEEN;
        this.tenth = first * 10 / this.total;
    }

    /** So much is done now. */
    void at(long done) {
        long now = nanos.getAsLong();
        if (terminal) {
            if (now - shown >= BETWEEN) {
                shown = now;
                out.print("\r" + bar(done) + text(done, now) + "   ");
                out.flush();
            }
        } else if (done * 10 / total > tenth) {
            tenth = done * 10 / total;
            out.println(text(done, now));
            out.flush();
        }
    }

    /** Nothing more comes. */
    void end(long done) {
        if (terminal) {
            out.println("\r" + bar(done) + text(done, nanos.getAsLong()) + "   ");
            out.flush();
        }
    }

    private String bar(long done) {
        int full = (int) Math.min(WIDTH, done * WIDTH / total);
        return "[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] ";
    }

    private String text(long done, long now) {
        double seconds = Math.max(1, now - began) / 1e9;
        double rate = (done - first) / seconds;
        long left = rate < 0.001 ? 0 : Math.round((total - done) / rate);
        return String.format(
                Locale.ROOT,
                "%3d %%  %,d of %,d lines  %,.0f/s  %d:%02d left",
                Math.min(100, done * 100 / total),
                done,
                total,
                rate,
                Math.max(0, left) / 60,
                Math.max(0, left) % 60);
    }
}
