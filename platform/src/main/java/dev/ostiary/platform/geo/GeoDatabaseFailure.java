package dev.ostiary.platform.geo;

import org.jspecify.annotations.Nullable;

/** A geography database that cannot be used; the message is a sentence for the operator. */
public final class GeoDatabaseFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    GeoDatabaseFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
