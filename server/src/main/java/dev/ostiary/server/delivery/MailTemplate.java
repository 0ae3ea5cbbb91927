package dev.ostiary.server.delivery;

/**
 * The occasions of mails, by the names of the API's mail templates where it has one. What they say
 * stands in a file for each language.
 */
public enum MailTemplate {
    USER_ACTIVATION("UserActivation"),
    USER_DEACTIVATED("UserDeactivated"),
    PASSWORD_RESET_BY_ADMIN("PasswordResetByAdmin"),
    FORGOT_PASSWORD("ForgotPassword"),
    FORGOT_PASSWORD_DENIED("ForgotPasswordDenied"),
    PASSWORD_CHANGED("PasswordChanged"),
    TEMPORARY_PASSWORD("TemporaryPassword"),
    ACCOUNT_LOCKOUT("AccountLockout"),
    SELF_SERVICE_UNLOCK("SelfServiceUnlock"),
    ACCOUNT_UNLOCKED("AccountUnlocked"),
    CHANGE_EMAIL_CONFIRMATION("ChangeEmailConfirmation"),
    EMAIL_CHANGED("EmailChangeConfirmation"),
    EMAIL_FACTOR_VERIFICATION("EmailFactorVerification"),
    PUSH_VERIFY_ACTIVATION("PushVerifyActivation");

    private final String wire;

    MailTemplate(String wire) {
        this.wire = wire;
    }

    /** The name on the wire. */
    public String wire() {
        return wire;
    }
}
