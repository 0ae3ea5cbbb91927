package dev.ostiary.platform.tls;

/** Keys or certificates that cannot be used; the message is one line for the operator. */
public final class TlsFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TlsFailure(String message) {
        super(message);
    }

    public TlsFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
