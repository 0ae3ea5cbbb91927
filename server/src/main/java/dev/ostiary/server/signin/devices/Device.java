package dev.ostiary.server.signin.devices;

import java.util.Optional;

/**
 * What names the device of a sign-in, as far as whoever says it is believed (P15). Immutable.
 *
 * @param token what a trusted application calls it, or what its browser was given; factors are
 *     remembered by it alone
 * @param fingerprint what a trusted application has computed of it
 */
public record Device(Optional<String> token, Optional<String> fingerprint) {

    /** Nobody has named it. */
    public static final Device UNKNOWN = new Device(Optional.empty(), Optional.empty());

    /**
     * The name by which it is known again; empty for none. A fingerprint never stands for a token.
     */
    public Optional<String> name() {
        return token.or(() -> fingerprint.map(text -> "fingerprint " + text));
    }

    /** Says nothing of what names it. */
    @Override
    public String toString() {
        return "Device[…]";
    }
}
