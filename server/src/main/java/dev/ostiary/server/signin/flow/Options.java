package dev.ostiary.server.signin.flow;

/**
 * What a client has opted in to (Authentication API, "Options object").
 *
 * @param moreFactors whether optional factors are offered after one was enrolled
 * @param warnOfExpiry whether a password that is about to expire is worth a stop
 * @param putsOff whether whatever may be put off is, without a word: where nobody can be asked; it
 *     is not remembered beyond the beginning
 */
public record Options(boolean moreFactors, boolean warnOfExpiry, boolean putsOff) {

    /** Nothing. */
    public static final Options NONE = new Options(false, false);

    /** Nobody can be asked for more than what is needed. */
    public static final Options NEEDED_ONLY = new Options(false, false, true);

    /** What a client can opt in to. */
    public Options(boolean moreFactors, boolean warnOfExpiry) {
        this(moreFactors, warnOfExpiry, false);
    }
}
