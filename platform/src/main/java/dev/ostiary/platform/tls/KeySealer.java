package dev.ostiary.platform.tls;

/**
 * Encryption at rest of the authority's private key. What {@link #seal} made, {@link #open} gives
 * back; anything else it refuses with an exception, rather than giving bytes that are not the key.
 */
public interface KeySealer {

    /** Encrypts and authenticates. */
    byte[] seal(byte[] secret);

    /** Decrypts what {@link #seal} made. */
    byte[] open(byte[] sealed);
}
