package dev.ostiary.server.signin.factors;

/**
 * When a device that is asked has to choose the number that the client shows ({@code
 * settings.channelBinding.required} of Okta Verify: Authenticators API, "RequiredEnum").
 */
public enum NumberChallenge {
    /** At every sign-in that can show one. */
    ALWAYS,
    /** Where the sign-in is risky. */
    HIGH_RISK_ONLY,
    NEVER;

    /** Whether a question is to be bound so. */
    public boolean asks(boolean risky) {
        return switch (this) {
            case ALWAYS -> true;
            case HIGH_RISK_ONLY -> risky;
            case NEVER -> false;
        };
    }
}
