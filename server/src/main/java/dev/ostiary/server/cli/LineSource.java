package dev.ostiary.server.cli;

import java.io.IOException;
import java.util.Optional;

/** The lines of a file as an import takes them, one after the other. Not thread-safe. */
interface LineSource extends AutoCloseable {

    /**
     * A line.
     *
     * @param text the JSON, without what ends it
     * @param place the number of the file's line at which it begins, from 1
     */
    record Line(byte[] text, long place) {}

    /** The next line; empty at the end. */
    Optional<Line> next() throws IOException;

    @Override
    void close() throws IOException;
}
