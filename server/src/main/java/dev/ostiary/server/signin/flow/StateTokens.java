package dev.ostiary.server.signin.flow;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.store.Reader;

/**
 * State tokens of those of whom nobody knows yet who they are: they stand in no transaction of a
 * user. Implementations are thread-safe.
 */
@FunctionalInterface
public interface StateTokens {

    /** Whether a token is one of these, and has not expired. */
    boolean isOne(Reader reader, Request request, String stateToken);
}
