package dev.ostiary.server.directory.users;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.delivery.Mail;
import dev.ostiary.server.delivery.Recipient;
import dev.ostiary.server.directory.users.UserTokenStore.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One-time tokens by which users come back in: to an account that was made for them, one whose
 * password they forgot, or one that was locked. A new one makes the one before worthless.
 * Thread-safe.
 */
public final class RecoveryTokens {

    private final UserParts parts;

    RecoveryTokens(UserParts parts) {
        this.parts = parts;
    }

    /** What a token is good for, as {@code recoveryType} says it. */
    public enum Purpose {
        /** A password that was forgotten. */
        PASSWORD(Kind.RECOVERY),
        /** An account that was locked. */
        UNLOCK(Kind.UNLOCK),
        /** An account that was made. */
        ACCOUNT_ACTIVATION(Kind.ACTIVATION);

        private final Kind kind;

        Purpose(Kind kind) {
            this.kind = kind;
        }
    }

    /**
     * A token.
     *
     * @param text the secret
     * @param expires when it stops working
     */
    public record Issued(String text, Instant expires) {

        /** Says nothing. */
        @Override
        public String toString() {
            return "Issued[…]";
        }
    }

    /**
     * A new token of a user.
     *
     * @param relayState where the user is sent when all is done; empty for nowhere
     */
    public Issued issue(
            Tx tx, Purpose purpose, User user, Optional<String> relayState, Instant now) {
        return new Issued(
                parts.tokens().renew(tx, purpose.kind, user.id(), relayState, now),
                now.plus(purpose.kind.valid()));
    }

    /**
     * A token that was redeemed.
     *
     * @param userId whose it was
     * @param relayState where that user is sent when all is done
     */
    public record Taken(String userId, Optional<String> relayState) {}

    /** Whose token this is, without taking it. */
    public Optional<String> userOf(Reader reader, Purpose purpose, String token, Instant now) {
        return parts.tokens().userOf(reader, purpose.kind, token, now);
    }

    /** Whose token this is; it works this once, for one of any number who come with it. */
    public Optional<Taken> take(Tx tx, Purpose purpose, String token, Instant now) {
        return parts.tokens()
                .take(tx, purpose.kind, token, now)
                .map(taken -> new Taken(taken.userId(), taken.relayState()));
    }

    /**
     * Mails a user the link to where a forgotten password is replaced.
     *
     * @param everywhere whether it goes to the secondary address, too
     */
    public void mailForgotten(Tx tx, Request request, User user, Issued token, boolean everywhere) {
        String link = request.url("/signin/reset-password/" + token.text());
        for (Recipient to : recipients(user, everywhere)) {
            put(tx, request, Mail.forgotPassword(to, link, token.text(), valid(Purpose.PASSWORD)));
        }
        tx.emit(parts.events().of("system.email.password_reset.sent_message", user));
    }

    /**
     * Mails a user the link to where a locked account is opened.
     *
     * @param everywhere whether it goes to the secondary address, too
     */
    public void mailUnlock(Tx tx, Request request, User user, Issued token, boolean everywhere) {
        String link = request.url("/signin/unlock/" + token.text());
        for (Recipient to : recipients(user, everywhere)) {
            put(tx, request, Mail.selfServiceUnlock(to, link, token.text(), valid(Purpose.UNLOCK)));
        }
        tx.emit(parts.events().of("system.email.account_unlock.sent_message", user));
    }

    /** One mail for each address: who has lost one may still read the other. */
    private static List<Recipient> recipients(User user, boolean everywhere) {
        Recipient first = Invitations.recipient(user);
        String second = Profile.text(user.profile().document(), "secondEmail");
        return !everywhere || second == null || second.equalsIgnoreCase(first.address())
                ? List.of(first)
                : List.of(
                        first,
                        new Recipient(second, first.firstName(), first.login(), first.language()));
    }

    private void put(Tx tx, Request request, Mail mail) {
        parts.outbox().put(tx, request.org(), mail);
    }

    private static Duration valid(Purpose purpose) {
        return purpose.kind.valid();
    }
}
