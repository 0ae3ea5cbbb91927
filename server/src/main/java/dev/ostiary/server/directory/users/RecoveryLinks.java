package dev.ostiary.server.directory.users;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.delivery.Mail;
import dev.ostiary.server.directory.users.UserTokenStore.Kind;
import dev.ostiary.server.directory.users.UserWrites.Change;
import java.time.Duration;

/**
 * Links to the page where a new password is chosen: by mail, or handed to the administrator. A new
 * one makes the one before worthless. Thread-safe.
 */
record RecoveryLinks(UserParts parts) {

    /** Where a link leads, as the documentation shows it. */
    private static final String RESET = "/reset_password/";

    private static final String FORGOTTEN = "/signin/reset-password/";

    /**
     * A token and the page that redeems it (schema {@code ResetPasswordToken}).
     *
     * @param token the secret
     * @param url the page
     * @param valid how long it works
     */
    record RecoveryLink(String token, String url, Duration valid) {

        /** What {@link #show} writes, or nothing where a mail tells it. */
        static final Schema SCHEMA = Schema.object().maybe("resetPasswordUrl", Schema.TEXT);

        Reply show() {
            return Reply.ok(
                    out -> {
                        out.writeStartObject();
                        out.writeStringProperty("resetPasswordUrl", url);
                        out.writeEndObject();
                    });
        }

        /** Says nothing. */
        @Override
        public String toString() {
            return "RecoveryLink[…]";
        }
    }

    /** An administrator's; whatever link the user had before, an invitation too, stops working. */
    RecoveryLink reset(Change change, User user) {
        Tx tx = change.tx();
        parts.tokens().revokeAll(tx, user.id());
        Duration valid = valid(change, user);
        String token = parts.tokens().first(tx, Kind.RECOVERY, user.id(), change.now(), valid);
        return new RecoveryLink(token, change.request().baseUrl() + RESET + token, valid);
    }

    /** The user's own. */
    RecoveryLink forgotten(Change change, User user) {
        Duration valid = valid(change, user);
        parts.tokens().revoke(change.tx(), Kind.RECOVERY, user.id());
        String token =
                parts.tokens().first(change.tx(), Kind.RECOVERY, user.id(), change.now(), valid);
        return new RecoveryLink(token, change.request().baseUrl() + FORGOTTEN + token, valid);
    }

    /** As long as the password policy says. */
    private Duration valid(Change change, User user) {
        return Duration.ofMinutes(
                parts.credentialRules()
                        .of(change.tx(), change.request().org(), user.id())
                        .policy()
                        .mailTokenMinutes());
    }

    void mailReset(Change change, User user, RecoveryLink link) {
        mail(
                change,
                Mail.passwordResetByAdmin(
                        Invitations.recipient(user), link.url(), link.token(), link.valid()));
    }

    void mailForgotten(Change change, User user, RecoveryLink link) {
        mail(
                change,
                Mail.forgotPassword(
                        Invitations.recipient(user), link.url(), link.token(), link.valid()));
        change.tx().emit(parts.events().of("system.email.password_reset.sent_message", user));
    }

    private void mail(Change change, Mail mail) {
        parts.outbox().put(change.tx(), change.request().org(), mail);
    }
}
