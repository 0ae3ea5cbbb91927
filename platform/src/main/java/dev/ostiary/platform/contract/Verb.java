package dev.ostiary.platform.contract;

import java.util.Optional;

/** The HTTP methods that the API answers (P9). */
public enum Verb {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE,
    HEAD,
    OPTIONS;

    /** The verb of a method name; methods are case-sensitive (RFC 9110, section 9.1). */
    public static Optional<Verb> of(String method) {
        for (Verb verb : values()) {
            if (verb.name().equals(method)) {
                return Optional.of(verb);
            }
        }
        return Optional.empty();
    }

    /** Whether a request of this verb may carry a body that the server reads. */
    public boolean mayHaveBody() {
        return this == POST || this == PUT || this == PATCH || this == DELETE;
    }

    /** Whether a request of this verb must say how long its body is (P11). */
    public boolean needsLength() {
        return this == POST || this == PUT;
    }
}
