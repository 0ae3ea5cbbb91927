package dev.ostiary.server.signin.pages;

import dev.ostiary.platform.http.Request;
import java.util.List;

/** Knows whom to tell that somebody signs out. Implementations are thread-safe. */
@FunctionalInterface
public interface Partings {

    /** The addresses that a browser opens in frames when a session ends. */
    List<String> addresses(Request request, String sessionId);
}
