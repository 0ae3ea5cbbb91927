package dev.ostiary.server.signin.flow;

/**
 * What a client has opted in to (Authentication API, "Options object").
 *
 * @param moreFactors whether optional factors are offered after one was enrolled
 * @param warnOfExpiry whether a password that is about to expire is worth a stop
 */
public record Options(boolean moreFactors, boolean warnOfExpiry) {

    /** Nothing. */
    public static final Options NONE = new Options(false, false);
}
