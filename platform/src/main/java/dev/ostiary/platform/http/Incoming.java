package dev.ostiary.platform.http;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A request as it came from the socket, nothing in it believed yet. Used by one thread. */
public interface Incoming {

    /** The method's name as sent. */
    String method();

    /** The path as sent, still percent-encoded, without the query. */
    String rawPath();

    /** The query as sent, still percent-encoded; empty if there is none. */
    String rawQuery();

    /** Every value of a header, in the order of the lines. */
    List<String> headers(String name);

    /** The first value of a header. */
    default Optional<String> header(String name) {
        List<String> all = headers(name);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getFirst());
    }

    /**
     * Host and maybe port that the client addressed: {@code :authority} or {@code Host}; empty if
     * it sent none.
     */
    String authority();

    /** The address of the socket's other end, as a literal. */
    String remoteAddress();

    /** The port that the connection was accepted on. */
    int localPort();

    /** Whether the connection is TLS. */
    boolean secure();

    /** Whether the end of the body is known: a length, chunks, or frames (P11). */
    boolean bodyIsFramed();

    /**
     * The body, read once.
     *
     * @param limit the most bytes that are taken
     * @return empty if there are more than the limit
     */
    Optional<byte[]> body(int limit) throws IOException;
}
