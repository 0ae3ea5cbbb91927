package dev.ostiary.server.delivery;

import java.util.List;

/**
 * The texts of the mails, in English. A paragraph has places {@code {name}}; one that is a link
 * alone stands as such in HTML. The names of the occasions are those of the API's mail templates,
 * where it has one.
 */
public enum MailTemplate {
    USER_ACTIVATION(
            "UserActivation",
            "Welcome to {orgName}",
            "Hello {firstName},",
            "an account was made for you at {orgName}. You sign in as {login}.",
            "Set it up here:",
            "{activationLink}",
            "The link works once, for {validity}."),
    USER_DEACTIVATED(
            "UserDeactivated",
            "An account at {orgName} was deactivated",
            "Hello {firstName},",
            "the account {deactivatedLogin} at {orgName} is deactivated now, as you asked.",
            "Its user cannot sign in any more."),
    PASSWORD_RESET_BY_ADMIN(
            "PasswordResetByAdmin",
            "Choose a new password for {orgName}",
            "Hello {firstName},",
            "an administrator of {orgName} has reset the password of {login}.",
            "Choose a new one here:",
            "{resetPasswordLink}",
            "The link works once, for {validity}."),
    FORGOT_PASSWORD(
            "ForgotPassword",
            "Reset your password for {orgName}",
            "Hello {firstName},",
            "somebody, hopefully you, asked for a new password for {login} at {orgName}.",
            "Choose one here:",
            "{resetPasswordLink}",
            "The link works once, for {validity}.",
            "If it was not you, there is nothing to do: your password stays as it is."),
    FORGOT_PASSWORD_DENIED(
            "ForgotPasswordDenied",
            "Your password for {orgName} cannot be reset",
            "Hello {firstName},",
            "somebody, hopefully you, asked for a new password for {login} at {orgName}.",
            "This account's password cannot be reset this way. Please ask an administrator."),
    PASSWORD_CHANGED(
            "PasswordChanged",
            "Your password for {orgName} was changed",
            "Hello {firstName},",
            "the password of {login} at {orgName} was just changed.",
            "If it was not you, please tell an administrator at once."),
    TEMPORARY_PASSWORD(
            "TemporaryPassword",
            "Your temporary password for {orgName}",
            "Hello {firstName},",
            "an administrator of {orgName} made a temporary password for {login}:",
            "{temporaryPassword}",
            "At the next sign-in you choose one of your own."),
    ACCOUNT_LOCKOUT(
            "AccountLockout",
            "Your account at {orgName} is locked",
            "Hello {firstName},",
            "after too many failed attempts to sign in as {login}, the account is locked.",
            "If it was not you, please tell an administrator."),
    SELF_SERVICE_UNLOCK(
            "SelfServiceUnlock",
            "Unlock your account at {orgName}",
            "Hello {firstName},",
            "somebody, hopefully you, asked to unlock the account {login} at {orgName}.",
            "Unlock it here:",
            "{unlockAccountLink}",
            "The link works once, for {validity}."),
    ACCOUNT_UNLOCKED(
            "AccountUnlocked",
            "Your account at {orgName} is open again",
            "Hello {firstName},",
            "the account {login} at {orgName} was unlocked. Your password stays as it is."),
    CHANGE_EMAIL_CONFIRMATION(
            "ChangeEmailConfirmation",
            "Confirm your new mail address for {orgName}",
            "Hello {firstName},",
            "this shall be the mail address of {login} at {orgName}.",
            "Confirm it here:",
            "{verificationLink}",
            "The link works once, for {validity}."),
    EMAIL_CHANGED(
            "EmailChangeConfirmation",
            "Your mail address at {orgName} was changed",
            "Hello {firstName},",
            "the mail address of {login} at {orgName} is now {newEmail}.",
            "If it was not you, please tell an administrator at once."),
    EMAIL_FACTOR_VERIFICATION(
            "EmailFactorVerification",
            "Your one-time code for {orgName}",
            "Hello {firstName},",
            "this is the code to prove that you are {login} at {orgName}:",
            "{verificationToken}",
            "It works once, for {validity}.",
            "If you did not ask for it, somebody else may know your password."),
    PUSH_VERIFY_ACTIVATION(
            "PushVerifyActivation",
            "Set up your phone for {orgName}",
            "Hello {firstName},",
            "open this on the phone that shall prove that you are {login} at {orgName}:",
            "{activationLink}",
            "The link works once, for {validity}.");

    private final String wire;
    private final String subject;
    private final String paragraphs;

    MailTemplate(String wire, String subject, String... paragraphs) {
        this.wire = wire;
        this.subject = subject;
        this.paragraphs = String.join("\n", paragraphs);
    }

    /** The name on the wire. */
    public String wire() {
        return wire;
    }

    String subject() {
        return subject;
    }

    List<String> paragraphs() {
        return paragraphs.lines().toList();
    }
}
