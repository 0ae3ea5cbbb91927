package dev.ostiary.server.directory.users;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.delivery.Mail;
import dev.ostiary.server.delivery.Outbox;
import dev.ostiary.server.delivery.Recipient;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import dev.ostiary.server.directory.users.UserTokenStore.Kind;
import java.time.Instant;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** Activation tokens: made, mailed, or handed to the administrator. Thread-safe. */
final class Invitations {

    private final UserTokenStore tokens;
    private final Outbox outbox;

    Invitations(UserTokenStore tokens, Outbox outbox) {
        this.tokens = tokens;
        this.outbox = outbox;
    }

    /**
     * A token and the page that redeems it (schema {@code UserActivationToken}).
     *
     * @param token the secret
     * @param url the page
     */
    record Invitation(String token, String url) {

        /** Says nothing. */
        @Override
        public String toString() {
            return "Invitation[…]";
        }
    }

    /** An invitation for a user who has just been made. */
    Invitation first(Tx tx, User user, String baseUrl, Instant now) {
        return invitation(tokens.first(tx, Kind.ACTIVATION, user.id(), now), baseUrl);
    }

    /** Another invitation; the one before stops working. */
    Invitation renew(Tx tx, User user, String baseUrl, Instant now) {
        return invitation(tokens.renew(tx, Kind.ACTIVATION, user.id(), now), baseUrl);
    }

    void mail(Tx tx, Org org, User user, Invitation invitation) {
        outbox.put(
                tx,
                org,
                Mail.userActivation(
                        recipient(user),
                        invitation.url(),
                        invitation.token(),
                        Kind.ACTIVATION.valid()));
    }

    /** The user as somebody who gets mail. */
    static Recipient recipient(User user) {
        ObjectNode profile = user.profile().document();
        String login = user.login();
        return new Recipient(
                Objects.requireNonNullElse(
                        Profile.text(profile, ProfileSchema.EMAIL_ATTRIBUTE), login),
                Objects.requireNonNullElse(Profile.text(profile, "firstName"), ""),
                login,
                Recipient.language(profile));
    }

    private static Invitation invitation(String token, String baseUrl) {
        return new Invitation(token, baseUrl + "/tokens/" + token + "/verify");
    }
}
