package dev.ostiary.server.signin.flow;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.delivery.Mail;
import dev.ostiary.server.delivery.Outbox;
import dev.ostiary.server.delivery.Recipient;
import dev.ostiary.server.directory.users.HeldAccount;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Counts failed attempts, and tells users by mail that their account is locked, where the policy
 * says so ({@code userLockoutNotificationChannels}). Thread-safe.
 *
 * @param outbox takes the mail
 */
public record Lockouts(Outbox outbox) {

    /**
     * One more failed attempt to get into a held account.
     *
     * @return whether this one locked it
     */
    public boolean failed(Tx tx, Request request, HeldAccount account, Rules rules) {
        boolean locks = account.fail(rules.password().maxAttempts());
        if (locks && rules.own().mailsLockout()) {
            recipient(account.user())
                    .ifPresent(to -> outbox.put(tx, request.org(), Mail.accountLockout(to)));
        }
        return locks;
    }

    /** A lock that opens by itself has done so by now. */
    public static void openInTime(HeldAccount account, Rules rules) {
        Instant since = account.lockedAt();
        int minutes = rules.password().autoUnlockMinutes();
        if (account.user().status() == UserStatus.LOCKED_OUT
                && since != null
                && minutes > 0
                && !since.plus(Duration.ofMinutes(minutes)).isAfter(account.now())) {
            account.unlockByTime();
        }
    }

    private static Optional<Recipient> recipient(User user) {
        ObjectNode profile = user.profile().document();
        return text(profile, "email")
                .map(
                        address ->
                                new Recipient(
                                        address,
                                        text(profile, "firstName").orElse(""),
                                        user.login(),
                                        Recipient.language(profile)));
    }

    private static Optional<String> text(ObjectNode profile, String name) {
        return Optional.ofNullable(profile.get(name))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(text -> !text.isBlank());
    }
}
