package dev.ostiary.platform.http;

/** What an operation does. Implementations are thread-safe. */
@FunctionalInterface
public interface Handler {

    /**
     * Answers a request that has passed every check of the Pipeline.
     *
     * @throws dev.ostiary.platform.problem.ApiException for every documented error
     */
    Reply handle(Request request);
}
