package dev.ostiary.server.cli;

import java.io.PrintWriter;

/** Starts servers. The commands do not know how. */
@FunctionalInterface
public interface ServerStarter {

    /** A server that serves until it is closed. */
    interface Started extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Starts a server.
     *
     * @param out where it prints what its first start makes
     * @throws Failure if something stands in the way that the operator can remove
     */
    Started start(Settings settings, PrintWriter out);
}
