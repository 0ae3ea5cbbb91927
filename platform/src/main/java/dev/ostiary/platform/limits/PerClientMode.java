package dev.ostiary.platform.limits;

/** What happens to a client that exceeds its own limit (Client-based rate limits). */
public enum PerClientMode {
    /** It is refused, and the log says so. */
    ENFORCE,
    /** It is let through, and the log says so. */
    PREVIEW,
    /** Nothing. */
    DISABLE
}
