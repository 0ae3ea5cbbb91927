package dev.ostiary.server.directory.users;

import static dev.ostiary.server.directory.users.UserGround.named;
import static dev.ostiary.server.directory.users.UserGround.withPassword;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.delivery.MailTemplate;
import dev.ostiary.server.directory.users.UserTokenStore.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The lifecycle, on PostgreSQL; the rules themselves are {@link StepTest}'s. */
@ExtendWith(TestDatabase.class)
class UserLifecycleTest {

    private static final Instant BEFORE_ANY_EXPIRY = Instant.parse("2030-01-01T00:00:00Z");

    private static UserGround ground;

    @BeforeAll
    static void open(DatabaseAccess access) {
        ground = new UserGround(access);
    }

    @AfterAll
    static void close() {
        ground.close();
    }

    private static Reply act(String operation, String id, String query) {
        return ground.call(operation).on(id).query(query).reply();
    }

    private static String body(Reply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    private static String staged(String login) {
        return ground.create(named(login), "activate=false").path("id").stringValue();
    }

    private static Optional<String> redeemed(String token, Instant when) {
        return ground.database.read(
                ground.org.number(),
                reader -> ground.parts.tokens().userOf(reader, Kind.ACTIVATION, token, when));
    }

    @Test
    @DisplayName("suspension and its end answer an empty object, and write their events")
    void suspension() {
        String id = ground.active("suspended@example.com");
        Reply reply = act("suspendUser", id, "");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(body(reply)).isEqualTo("{}");
        assertThat(ground.status(id)).isEqualTo("SUSPENDED");
        act("unsuspendUser", id, "");
        assertThat(ground.status(id)).isEqualTo("ACTIVE");
        assertThat(ground.events(id))
                .endsWith("user.lifecycle.suspend", "user.lifecycle.unsuspend");
    }

    @Test
    @DisplayName("activation without a mail shows a link and a token that works for the user")
    void activationShowsAToken() {
        String id = staged("shown@example.com");
        JsonNode shown = Json.parse(act("activateUser", id, "sendEmail=false").body());
        String token = shown.path("activationToken").stringValue();
        assertThat(shown.path("activationUrl").stringValue())
                .isEqualTo(UserGround.BASE + "/tokens/" + token + "/verify");
        assertThat(redeemed(token, BEFORE_ANY_EXPIRY)).contains(id);
        assertThat(ground.status(id)).isEqualTo("PROVISIONED");
        assertThat(ground.get(id).path("activated").isString()).isTrue();
    }

    @Test
    @DisplayName("activation with a mail answers an empty object")
    void activationSendsAMail() {
        String id = staged("mailed@example.com");
        assertThat(body(act("activateUser", id, ""))).isEqualTo("{}");
        assertThat(ground.mails)
                .anyMatch(
                        mail ->
                                mail.to().equals("mailed@example.com")
                                        && mail.template() == MailTemplate.USER_ACTIVATION);
    }

    @Test
    @DisplayName("who has a password is active at once and gets no mail")
    void activationWithPassword() {
        String id =
                ground.create(
                                withPassword(named("password@example.com"), "tlpWENT2m"),
                                "activate=false")
                        .path("id")
                        .stringValue();
        act("activateUser", id, "");
        assertThat(ground.status(id)).isEqualTo("ACTIVE");
        assertThat(ground.mails).noneMatch(mail -> mail.to().equals("password@example.com"));
    }

    @Test
    @DisplayName("a second invitation makes the first worthless, and expires")
    void reactivationRenewsTheToken() {
        String id = staged("again@example.com");
        String first =
                Json.parse(act("activateUser", id, "sendEmail=false").body())
                        .path("activationToken")
                        .stringValue();
        String second =
                Json.parse(act("reactivateUser", id, "").body())
                        .path("activationToken")
                        .stringValue();
        assertThat(redeemed(first, BEFORE_ANY_EXPIRY)).isEmpty();
        assertThat(redeemed(second, BEFORE_ANY_EXPIRY)).contains(id);
        assertThat(redeemed(second, BEFORE_ANY_EXPIRY.plus(Kind.ACTIVATION.valid().plusDays(1))))
                .isEmpty();
        assertThat(body(act("reactivateUser", id, "sendEmail=true"))).isEqualTo("{}");
    }

    @Test
    @DisplayName("a deactivated user's tokens are worthless, and an administrator may be told")
    void deactivation() {
        String admin = ground.active("the.admin@example.com");
        String id = staged("gone@example.com");
        String token =
                Json.parse(act("activateUser", id, "sendEmail=false").body())
                        .path("activationToken")
                        .stringValue();
        Reply reply =
                ground.call("deactivateUser")
                        .as(UserGround.plain(admin))
                        .on(id)
                        .query("sendEmail=true")
                        .reply();
        assertThat(body(reply)).isEqualTo("{}");
        assertThat(ground.status(id)).isEqualTo("DEPROVISIONED");
        assertThat(redeemed(token, BEFORE_ANY_EXPIRY)).isEmpty();
        assertThat(ground.taken).contains("deactivated " + id);
        assertThat(ground.mails)
                .anyMatch(
                        mail ->
                                mail.to().equals("the.admin@example.com")
                                        && mail.template() == MailTemplate.USER_DEACTIVATED);
        act("activateUser", id, "");
        assertThat(ground.status(id)).isEqualTo("PROVISIONED");
    }

    @Test
    @DisplayName("an unlocked user starts counting from nothing")
    void unlocking() {
        String id = ground.active("locked@example.com");
        ground.asOwner(
                "SET ostiary.org = '0'",
                "UPDATE users SET status = 'LOCKED_OUT', failed_attempts = 10, locked_at = now()"
                        + " WHERE id = '"
                        + id
                        + "'");
        assertThat(body(act("unlockUser", id, ""))).isEqualTo("{}");
        assertThat(ground.status(id)).isEqualTo("ACTIVE");
        Secrets secrets =
                ground.database.read(
                        ground.org.number(), reader -> new UserStore().secrets(reader, id));
        assertThat(secrets.failedAttempts()).isZero();
        assertThat(secrets.lockedAt()).isNull();
        assertThat(ground.events(id)).endsWith("user.account.unlock_by_admin");
    }

    @Test
    @DisplayName("factors are reset for users in use")
    void factors() {
        String id = ground.active("factors@example.com");
        assertThat(body(act("resetFactors", id, ""))).isEqualTo("{}");
        assertThat(ground.events(id)).endsWith("user.mfa.factor.reset_all");
        String staged = staged("no.factors@example.com");
        assertThatThrownBy(() -> act("resetFactors", staged, ""))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo("E0000038"));
    }

    @Test
    @DisplayName("a step that is refused changes and logs nothing")
    void refusalsChangeNothing() {
        String id = staged("refused@example.com");
        assertThatThrownBy(() -> act("suspendUser", id, ""))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e ->
                                assertThat(e.causes())
                                        .containsExactly(
                                                "Cannot suspend a user that is not active"));
        assertThat(ground.events(id)).containsExactly("user.lifecycle.create");
    }

    @Test
    @DisplayName("P38 P40 ending a user's sessions writes its event; unknown users are 404")
    void sessionsEnd() {
        String id = ground.active("sessions@example.com");
        assertThat(ground.call("revokeUserSessions").on(id).reply().status()).isEqualTo(204);
        assertThat(ground.events(id)).endsWith("user.session.clear");
        UserGround.assertRefused(
                () -> ground.call("revokeUserSessions").in(ground.other).on(id).reply(),
                "E0000007",
                "Resource not found: " + id + " (User)");
    }

    @Test
    @DisplayName("P38 P40 whoever has to be out everywhere is, by the id of this org's user alone")
    void outEverywhere() {
        String id = ground.active("everywhere@example.com");
        String body = "{\"sub_id\":{\"format\":\"opaque\",\"id\":\"" + id + "\"}}";
        assertThat(ground.call("globalTokenRevocation").body(body).reply().status()).isEqualTo(204);
        assertThat(ground.events(id))
                .endsWith("user.authentication.universal_logout.scheduled", "user.session.clear");
        assertWrongSubject("{}", "sub_id: The field cannot be left blank");
        assertWrongSubject("{\"format\":\"opaque\"}", "id: The field cannot be left blank");
        assertWrongSubject(
                "{\"format\":\"email\",\"email\":\"a@example.com\"}",
                "format: The value must be opaque or iss_sub");
        assertWrongSubject(
                "{\"format\":\"iss_sub\",\"iss\":\"https://a\",\"sub\":\"b\"}",
                "iss: No identity provider has this issuer");
        UserGround.assertRefused(
                () -> ground.call("globalTokenRevocation").in(ground.other).body(body).reply(),
                "E0000001",
                "sub_id",
                "id: No user has this id");
    }

    private void assertWrongSubject(String subject, String cause) {
        UserGround.assertRefused(
                () ->
                        ground.call("globalTokenRevocation")
                                .body("{\"sub_id\":" + subject + "}")
                                .reply(),
                "E0000001",
                "sub_id",
                cause);
    }
}
