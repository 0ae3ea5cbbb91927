package dev.ostiary.server.oauth.grants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.fixture.AtOnce;
import dev.ostiary.server.oauth.grants.Presences.Sought;
import dev.ostiary.server.oauth.issued.AccessTokenStore;
import dev.ostiary.server.oauth.issued.Authorization;
import dev.ostiary.server.oauth.issued.IssuedTokens;
import dev.ostiary.server.oauth.issued.RefreshToken;
import dev.ostiary.server.oauth.issued.RefreshTokenStore;
import dev.ostiary.server.oauth.servers.Lifetimes;
import dev.ostiary.server.oauth.tokens.RevokedTokenStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Users whose tokens and apps are asked about")
class PresencesTest {

    private final TestDirectory directory;
    private final Org org;
    private final Org other;
    private final Instant now;
    private final Presences presences;
    private final AccessTokenStore accessTokens = new AccessTokenStore();
    private final RefreshTokenStore refreshTokens = new RefreshTokenStore();
    private final RevokedTokenStore revoked = new RevokedTokenStore();

    PresencesTest(DatabaseAccess access) {
        directory = new TestDirectory(access);
        org = directory.org("present");
        other = directory.org("absent");
        now = directory.time().instant().truncatedTo(ChronoUnit.MILLIS);
        presences = new Presences(directory.database(), new FakeRegistry());
    }

    @AfterAll
    void close() {
        directory.close();
    }

    @Test
    @DisplayName("P40 are found in their own org alone, with their groups")
    void found() {
        String user = directory.user(org, "found@present.example");
        Presence here = find(org, user, Optional.empty()).orElseThrow();
        assertThat(here.id()).isEqualTo(user);
        assertThat(here.groups()).extracting(Subject.GroupName::name).containsExactly("Everyone");
        Subject subject = here.subject(now, List.of("pwd"));
        assertThat(subject.login()).isEqualTo("found@present.example");
        assertThat(subject.amr()).containsExactly("pwd");
        assertThat(find(other, user, Optional.empty())).isEmpty();
        assertThat(find(org, "nobody", Optional.empty())).isEmpty();
        assertThat(find(org, "", Optional.empty())).isEmpty();
    }

    @Test
    @DisplayName("who is suspended, gone or not yet there is nobody with the next question")
    void outside() {
        String user = directory.user(org, "outside@present.example");
        for (String status : List.of("SUSPENDED", "DEPROVISIONED", "STAGED")) {
            status(user, status);
            assertThat(find(org, user, Optional.empty())).as(status).isEmpty();
        }
        for (String status : List.of("ACTIVE", "LOCKED_OUT", "PASSWORD_EXPIRED")) {
            status(user, status);
            assertThat(find(org, user, Optional.empty())).as(status).isPresent();
        }
    }

    @Test
    @DisplayName("a token is good while it is remembered, until it is given back")
    void remembered() {
        String user = directory.user(org, "remembered@present.example");
        String jti = IssuedTokens.jti("remembered", Optional.empty());
        assertThat(isAlive(org, user, jti)).isFalse();
        write(tx -> accessTokens.insert(tx, jti, granted(user), now.plusSeconds(60), now));
        assertThat(isAlive(org, user, jti)).isTrue();
        write(tx -> revoked.revoke(tx, jti, now.plusSeconds(60), now));
        assertThat(isAlive(org, user, jti)).isFalse();
    }

    @Test
    @DisplayName("a token that came with a refresh token is good while that is")
    void refreshed() {
        String user = directory.user(org, "refreshed@present.example");
        RefreshToken token =
                RefreshToken.begin("oarPresence000000001", granted(user), Optional.empty(), now);
        String jti = IssuedTokens.jti("refreshed", Optional.of(token.id()));
        assertThat(isAlive(org, user, jti)).isFalse();
        write(tx -> refreshTokens.insert(tx, token, "a text of it", now));
        assertThat(isAlive(org, user, jti)).isTrue();
        Presence here = find(org, user, Optional.of(jti)).orElseThrow();
        assertThat(here.token().keepAlive(jti, token.expires())).isFalse();
        write(tx -> refreshTokens.delete(tx, token.id()));
        assertThat(isAlive(org, user, jti)).isFalse();
    }

    @Test
    @DisplayName("of many who ask at once each is told of its own")
    void together() throws Exception {
        List<String> logins = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            logins.add("together" + i + "@present.example");
        }
        List<String> users = directory.users(org, logins);
        List<Callable<String>> calls = new ArrayList<>();
        for (String user : users) {
            calls.add(
                    () ->
                            find(org, user, Optional.empty())
                                    .orElseThrow()
                                    .subject(now, List.of())
                                    .login());
        }
        assertThat(AtOnce.call(calls)).containsExactlyElementsOf(logins);
    }

    @Test
    @DisplayName(
            "of those who come with tokens of every origin, and without, each is told of its own")
    void mixed() {
        List<String> users =
                directory.users(
                        org,
                        List.of("m0@present.example", "m1@present.example", "m2@present.example"));
        RefreshToken token =
                RefreshToken.begin(
                        "oarPresence000000002", granted(users.get(2)), Optional.empty(), now);
        String plain = IssuedTokens.jti("mixed", Optional.empty());
        String refreshed = IssuedTokens.jti("mixed", Optional.of(token.id()));
        write(
                tx -> {
                    Authorization granted = granted(users.get(1));
                    accessTokens.insert(tx, plain, granted, now.plusSeconds(60), now);
                    refreshTokens.insert(tx, token, "a text of the mixed one", now);
                });
        PresenceStore store = new PresenceStore(new FakeRegistry().toUserInGroups());
        List<Sought> all =
                List.of(
                        new Sought(users.get(0), Optional.of("0oa1"), Optional.empty()),
                        new Sought(users.get(1), Optional.of("0oa1"), Optional.of(plain)),
                        new Sought(users.get(2), Optional.of("0oa1"), Optional.of(refreshed)));
        for (int most = 1; most <= all.size(); most++) {
            List<Sought> some = all.subList(0, most);
            Map<Sought, Presence> found =
                    directory.database().lookUp(org.number(), reader -> store.find(reader, some));
            assertThat(found).hasSize(most);
            for (int i = 0; i < most; i++) {
                Presence here = Objects.requireNonNull(found.get(some.get(i)));
                assertThat(here.id()).isEqualTo(users.get(i));
                assertThat(here.token().remembered()).isEqualTo(i == 1);
                assertThat(here.token().refresh().isPresent()).isEqualTo(i == 2);
            }
        }
    }

    private Optional<Presence> find(Org in, String user, Optional<String> jti) {
        return presences.find(in, new Sought(user, Optional.of("0oa1"), jti));
    }

    private boolean isAlive(Org in, String user, String jti) {
        return find(in, user, Optional.of(jti))
                .filter(here -> !here.token().revoked())
                .filter(here -> here.token().keepAlive(jti, now))
                .isPresent();
    }

    private void status(String user, String status) {
        write(
                tx ->
                        tx.write(
                                Sql.of(
                                        "UPDATE users SET status = ? WHERE org_id = ? AND id = ?",
                                        status,
                                        tx.org(),
                                        user)));
    }

    private void write(Consumer<Tx> work) {
        directory
                .database()
                .write(
                        org.number(),
                        tx -> {
                            work.accept(tx);
                            return tx;
                        });
    }

    private static Authorization granted(String user) {
        return new Authorization(
                "client",
                "aus1",
                user,
                List.of("openid"),
                Instant.EPOCH,
                List.of("pwd"),
                Lifetimes.OF_ORG);
    }
}
