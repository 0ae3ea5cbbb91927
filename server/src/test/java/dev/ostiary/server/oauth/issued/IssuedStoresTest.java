package dev.ostiary.server.oauth.issued;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.StoreException;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.fixture.AtOnce;
import dev.ostiary.server.oauth.issued.AuthorizationCode.Given;
import dev.ostiary.server.oauth.issued.RefreshTokenStore.Selection;
import dev.ostiary.server.oauth.servers.Lifetimes;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("What was issued to clients")
class IssuedStoresTest {

    private final TestDirectory directory;
    private final Org org;
    private final Org other;
    private final Instant now;
    private final AuthorizationCodeStore codes = new AuthorizationCodeStore();
    private final RefreshTokenStore refreshTokens = new RefreshTokenStore();
    private final AccessTokenStore accessTokens = new AccessTokenStore();
    private final IssuedTokens issued = new IssuedTokens();

    IssuedStoresTest(DatabaseAccess access) {
        directory = new TestDirectory(access);
        org = directory.org("issues");
        other = directory.org("issues-nothing");
        now = directory.time().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Test
    @DisplayName("P40 a code is its org's, and of fifty who redeem it at once one does")
    void codes() throws Exception {
        String user = directory.user(org, "code@issued.example");
        write(org, "one", code(user));
        assertThat(find(other, "one", now)).isEmpty();
        assertThat(find(org, "two", now)).isEmpty();
        assertThat(find(org, "one", now).orElseThrow()).isEqualTo(code(user));
        Given given = new Given(Optional.of("oar1"), "AT.x.oar1");
        List<Boolean> won = AtOnce.call(Collections.nCopies(50, () -> redeems(org, "one", given)));
        assertThat(won).containsOnlyOnce(true);
        assertThat(redeems(org, "two", given)).as("a code that is not there").isFalse();
        assertThat(redeems(other, "one", given)).as("another org's").isFalse();
        assertThat(find(org, "one", now).orElseThrow().given()).contains(given);
        assertThat(find(org, "one", now.plus(AuthorizationCode.LIFE))).isEmpty();
    }

    @Test
    @DisplayName("a code that has expired is swept away by those that come after it")
    void swept() {
        String user = directory.user(org, "swept@issued.example");
        write(org, "old", code(user));
        Instant later = now.plus(Duration.ofHours(1));
        assertThat(redeems(org, "old", new Given(Optional.empty(), "AT.old"))).isTrue();
        for (int i = 0; i < 100; i++) {
            String text = "new " + i;
            directory
                    .database()
                    .write(
                            org.number(),
                            tx -> {
                                codes.insert(tx, text, code(user), later);
                                return user;
                            });
        }
        assertThat(find(org, "old", now)).isEmpty();
    }

    @Test
    @DisplayName("making codes and access tokens waits for nobody who holds the user's row")
    void locksNobody() throws Exception {
        String user = directory.user(org, "held@issued.example");
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch made = new CountDownLatch(1);
        Thread holder =
                Thread.ofVirtual()
                        .start(
                                () ->
                                        directory
                                                .database()
                                                .write(
                                                        org.number(),
                                                        tx -> {
                                                            hold(tx, user);
                                                            held.countDown();
                                                            await(made);
                                                            return user;
                                                        }));
        await(held);
        try {
            write(org, "beside", code(user));
            directory
                    .database()
                    .write(
                            org.number(),
                            tx -> {
                                accessTokens.insert(
                                        tx,
                                        "AT.beside",
                                        code(user).authorization(),
                                        now.plusSeconds(60),
                                        now);
                                return user;
                            });
        } finally {
            made.countDown();
            holder.join();
        }
        assertThat(find(org, "beside", now)).isPresent();
    }

    private void hold(Tx tx, String user) {
        tx.one(
                Sql.of(
                        "SELECT id FROM users WHERE org_id = ? AND id = ? FOR UPDATE",
                        org.number(),
                        user),
                row -> row.text("id"));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("a refresh token is found by its texts, and by nobody else's org")
    void refreshTokens() {
        String user = directory.user(org, "refresh@issued.example");
        RefreshToken token = begin("oar00000000000000001", user);
        assertThat(shown(other, "text-1")).isEmpty();
        assertThat(shown(org, "text-1").orElseThrow().token()).isEqualTo(token);
        assertThat(use("text-1", now, 0)).isTrue();
        assertThat(use("text-1", now.plusSeconds(5), 30)).isTrue();
        assertThat(use("text-1", now.plusSeconds(60), 30)).isFalse();
        assertThat(use("text-1", now.minusSeconds(1), 0)).isFalse();
        assertThat(shown(org, "text-1").orElseThrow().used()).contains(now);
        directory
                .database()
                .write(
                        org.number(),
                        tx -> {
                            refreshTokens.addText(tx, token.id(), "text-2");
                            return token;
                        });
        assertThat(shown(org, "text-2").orElseThrow().used()).isEmpty();
        assertThat(list(other, Selection.ofUser(user))).isEmpty();
        assertThat(list(org, Selection.ofUser(user).by("another"))).isEmpty();
        assertThat(list(org, Selection.ofUser(user).by("client").from("aus1")))
                .containsExactly(token);
        assertThat(endAll(other, Selection.ofClient("client"))).isEmpty();
        assertThat(endAll(org, Selection.ofUser(user))).containsExactly(token);
        assertThat(shown(org, "text-2")).isEmpty();
    }

    @Test
    @DisplayName("a refresh token ends when nobody uses it, and in any case with its life")
    void lives() {
        Authorization granted = authorization("00u1", new Lifetimes(60, 90, 30, null));
        RefreshToken token = RefreshToken.begin("oar1", granted, Optional.empty(), now);
        assertThat(token.expires()).isEqualTo(now.plus(Duration.ofMinutes(30)));
        Instant later = now.plus(Duration.ofMinutes(70));
        assertThat(token.usedAt(later).expires()).isEqualTo(now.plus(Duration.ofMinutes(90)));
        Authorization endless = authorization("00u1", new Lifetimes(60, 0, 30, null));
        assertThat(
                        RefreshToken.begin("oar1", endless, Optional.empty(), now)
                                .usedAt(later)
                                .expires())
                .isEqualTo(later.plus(Duration.ofMinutes(30)));
    }

    @Test
    @DisplayName("an access token is good while its refresh token is, or while it is remembered")
    void accessTokens() {
        String user = directory.user(org, "access@issued.example");
        RefreshToken token = begin("oar00000000000000002", user);
        String with = IssuedTokens.jti("random", Optional.of(token.id()));
        String without = IssuedTokens.jti("random", Optional.empty());
        assertThat(IssuedTokens.refreshTokenOf(with)).contains(token.id());
        assertThat(IssuedTokens.refreshTokenOf(without)).isEmpty();
        directory
                .database()
                .write(
                        org.number(),
                        tx -> {
                            accessTokens.insert(
                                    tx,
                                    without,
                                    authorization(user, Lifetimes.OF_ORG),
                                    now.plusSeconds(60),
                                    now);
                            return token;
                        });
        assertThat(isAlive(org, with)).isTrue();
        assertThat(isAlive(org, without)).isTrue();
        assertThat(isAlive(other, with)).isFalse();
        assertThat(isAlive(other, without)).isFalse();
        assertThat(isAlive(org, IssuedTokens.jti("another", Optional.empty()))).isFalse();
        write(org, "unused", code(user));
        assertThat(endOf(other, user)).isFalse();
        assertThat(endOf(org, user)).isTrue();
        assertThat(isAlive(org, with)).isFalse();
        assertThat(isAlive(org, without)).isFalse();
        assertThat(find(org, "unused", now)).isEmpty();
    }

    private RefreshToken begin(String id, String user) {
        RefreshToken token =
                RefreshToken.begin(
                        id, authorization(user, Lifetimes.OF_ORG), Optional.of("key"), now);
        directory
                .database()
                .write(
                        org.number(),
                        tx -> {
                            refreshTokens.insert(
                                    tx, token, "text-" + id.charAt(id.length() - 1), now);
                            return token;
                        });
        return token;
    }

    private List<RefreshToken> endAll(Org in, Selection which) {
        return directory.database().write(in.number(), tx -> refreshTokens.deleteAll(tx, which));
    }

    private boolean endOf(Org in, String user) {
        return directory.database().write(in.number(), tx -> issued.endOfUser(tx, user));
    }

    private boolean use(String text, Instant when, int leeway) {
        return directory
                .database()
                .write(
                        org.number(),
                        tx ->
                                refreshTokens.use(
                                        tx, text, when, RefreshTokenStore.forgiven(leeway, when)));
    }

    private Optional<RefreshTokenStore.Shown> shown(Org in, String text) {
        return directory
                .database()
                .read(in.number(), reader -> refreshTokens.find(reader, text, now));
    }

    private List<RefreshToken> list(Org in, Selection which) {
        return directory
                .database()
                .read(in.number(), reader -> refreshTokens.list(reader, which, 10, now));
    }

    private boolean isAlive(Org in, String jti) {
        return directory.database().read(in.number(), reader -> issued.isAlive(reader, jti, now));
    }

    private Optional<AuthorizationCode> find(Org in, String text, Instant when) {
        return directory
                .database()
                .read(
                        in.number(),
                        reader ->
                                Optional.ofNullable(codes.find(reader, Set.of(text)).get(text))
                                        .filter(code -> code.expires().isAfter(when)));
    }

    private boolean redeems(Org in, String text, Given given) {
        try {
            return directory
                    .database()
                    .write(
                            in.number(),
                            tx -> {
                                codes.redeem(tx, text, given, now);
                                return true;
                            });
        } catch (StoreException refused) {
            assertThat(AuthorizationCodeStore.isLost(refused)).as(refused.toString()).isTrue();
            return false;
        }
    }

    private void write(Org in, String text, AuthorizationCode code) {
        directory
                .database()
                .write(
                        in.number(),
                        tx -> {
                            codes.insert(tx, text, code, now);
                            return code;
                        });
    }

    private AuthorizationCode code(String user) {
        return new AuthorizationCode(
                authorization(user, Lifetimes.OF_ORG),
                "https://app.example.com/cb",
                Optional.of("challenge"),
                Optional.empty(),
                now.plus(AuthorizationCode.LIFE),
                Optional.empty());
    }

    private Authorization authorization(String user, Lifetimes lifetimes) {
        return new Authorization(
                "client",
                "aus1",
                user,
                List.of("openid", "b"),
                now,
                List.of("pwd"),
                Optional.of("urn:okta:loa:1fa:any"),
                lifetimes,
                Optional.empty(),
                Optional.of("102session"));
    }
}
