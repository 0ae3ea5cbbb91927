package dev.ostiary.platform.outbound;

import org.jspecify.annotations.Nullable;

/** Certificates that cannot be used; the message is a sentence for the operator. */
public final class OutboundTrustFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OutboundTrustFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
