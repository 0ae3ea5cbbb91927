package dev.ostiary.platform.event;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What ties the events of one request or job together (System Log API, Transaction object).
 *
 * @param id the request's id, or the job's
 * @param detail such as {@code requestApiTokenId}
 */
public record LogTransaction(Type type, String id, Map<String, @Nullable Object> detail) {

    /** A request from outside or the server's own work. */
    public enum Type {
        WEB,
        JOB
    }
}
