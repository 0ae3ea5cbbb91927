package dev.ostiary.server.delivery;

import dev.ostiary.platform.context.Language;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One mail: a template and what fills it. Made by the method that is named after the occasion, so
 * that no template lacks a variable. Links are absolute. Immutable.
 *
 * <p>Every mail also has {@code firstName} (the login of a user who has none), {@code login}, and,
 * once in the outbox, {@code orgName}.
 *
 * @param to mail address
 * @param template which text
 * @param language what its reader speaks, if that is known; else it is written in the org's
 * @param variables what fills its places, by name; secrets among them (links, tokens)
 * @param valid how long what it brings works, if that ends
 */
public record Mail(
        String to,
        MailTemplate template,
        Optional<Language> language,
        Map<String, String> variables,
        Optional<Duration> valid) {

    public Mail {
        variables = Map.copyOf(variables);
    }

    /**
     * An account was made; its user sets it up.
     *
     * @param link the page that redeems the token
     * @param token the activation token
     * @param valid how long it works
     */
    public static Mail userActivation(Recipient to, String link, String token, Duration valid) {
        return of(to, MailTemplate.USER_ACTIVATION)
                .with("activationLink", link)
                .with("activationToken", token)
                .lasting(valid);
    }

    /** An administrator deactivated an account, and wants that in writing. */
    public static Mail userDeactivated(Recipient to, String login) {
        return of(to, MailTemplate.USER_DEACTIVATED).with("deactivatedLogin", login);
    }

    /** An administrator reset the password; the user chooses a new one. */
    public static Mail passwordResetByAdmin(
            Recipient to, String link, String token, Duration valid) {
        return of(to, MailTemplate.PASSWORD_RESET_BY_ADMIN)
                .with("resetPasswordLink", link)
                .with("recoveryToken", token)
                .lasting(valid);
    }

    /** The user asked to reset a forgotten password. */
    public static Mail forgotPassword(Recipient to, String link, String token, Duration valid) {
        return of(to, MailTemplate.FORGOT_PASSWORD)
                .with("resetPasswordLink", link)
                .with("recoveryToken", token)
                .lasting(valid);
    }

    /** The user asked to reset a password that may not be reset. */
    public static Mail forgotPasswordDenied(Recipient to) {
        return of(to, MailTemplate.FORGOT_PASSWORD_DENIED);
    }

    /** The password is another one now. */
    public static Mail passwordChanged(Recipient to) {
        return of(to, MailTemplate.PASSWORD_CHANGED);
    }

    /** An administrator gave out a password that works once. */
    public static Mail temporaryPassword(Recipient to, String password) {
        return of(to, MailTemplate.TEMPORARY_PASSWORD).with("temporaryPassword", password);
    }

    /** Too many failed attempts locked the account. */
    public static Mail accountLockout(Recipient to) {
        return of(to, MailTemplate.ACCOUNT_LOCKOUT);
    }

    /** The user asked to unlock the account. */
    public static Mail selfServiceUnlock(Recipient to, String link, String token, Duration valid) {
        return of(to, MailTemplate.SELF_SERVICE_UNLOCK)
                .with("unlockAccountLink", link)
                .with("unlockAccountToken", token)
                .lasting(valid);
    }

    /** The account is open again. */
    public static Mail accountUnlocked(Recipient to) {
        return of(to, MailTemplate.ACCOUNT_UNLOCKED);
    }

    /** The mail address changes; sent to the new one, for proof that it is the user's. */
    public static Mail changeEmailConfirmation(
            Recipient to, String link, String token, Duration valid) {
        return of(to, MailTemplate.CHANGE_EMAIL_CONFIRMATION)
                .with("verificationLink", link)
                .with("verificationToken", token)
                .lasting(valid);
    }

    /** The mail address is another one now; sent to the old one. */
    public static Mail emailChanged(Recipient to, String newAddress) {
        return of(to, MailTemplate.EMAIL_CHANGED).with("newEmail", newAddress);
    }

    /** A one-time code that proves who reads the mail. */
    public static Mail factorCode(Recipient to, String code, Duration valid) {
        return of(to, MailTemplate.EMAIL_FACTOR_VERIFICATION)
                .with("verificationToken", code)
                .lasting(valid);
    }

    /** The link under which a phone becomes a factor. */
    public static Mail pushActivation(Recipient to, String link, Duration valid) {
        return of(to, MailTemplate.PUSH_VERIFY_ACTIVATION)
                .with("activationLink", link)
                .lasting(valid);
    }

    private static Mail of(Recipient to, MailTemplate template) {
        String name = to.firstName().isBlank() ? to.login() : to.firstName();
        return new Mail(
                to.address(),
                template,
                to.language(),
                Map.of("firstName", name, "login", to.login()),
                Optional.empty());
    }

    private Mail with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(variables);
        more.put(name, value);
        return new Mail(to, template, language, more, valid);
    }

    private Mail lasting(Duration length) {
        return new Mail(to, template, language, variables, Optional.of(length));
    }

    /** What fills its places in a language. */
    Map<String, String> in(Language spoken) {
        return valid.map(length -> with("validity", Messages.words(length, spoken)).variables())
                .orElse(variables);
    }

    /** Says nothing of the variables: links and tokens are secrets. */
    @Override
    public String toString() {
        return "Mail[" + template.wire() + "]";
    }
}
