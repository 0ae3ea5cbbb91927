package dev.ostiary.server.signin.factors;

import java.util.Optional;

/** How a device that shall become a factor is sent the way here. */
public sealed interface Invitation {

    /** By mail, to the address in the profile. */
    record ByMail() implements Invitation {}

    /**
     * By SMS.
     *
     * @param number as somebody wrote it; empty for the phone that is known
     */
    record BySms(Optional<String> number) implements Invitation {}
}
