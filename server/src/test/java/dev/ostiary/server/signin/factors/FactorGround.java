package dev.ostiary.server.signin.factors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.secret.CodeHash;
import dev.ostiary.platform.secret.KeyRing;
import dev.ostiary.platform.secret.MasterKey;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.server.delivery.Mail;
import dev.ostiary.server.delivery.MessageOutbox;
import dev.ostiary.server.delivery.PhoneMessage;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.directory.users.password.HashingPool;
import dev.ostiary.server.directory.users.password.PasswordHasher;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import tools.jackson.databind.JsonNode;

/** The factors of users on a real database, with an outbox that remembers. */
final class FactorGround implements AutoCloseable {

    /** Whom something was sent to, and the code in it. */
    record Sent(String to, String code) {}

    /** Takes what is sent, and keeps it to be looked at. */
    static final class Remembering implements MessageOutbox {
        final List<Sent> sent = new CopyOnWriteArrayList<>();

        @Override
        public void put(Tx tx, Org org, Mail mail) {
            sent.add(
                    new Sent(
                            mail.to(),
                            mail.variables()
                                    .getOrDefault(
                                            "verificationToken",
                                            mail.variables().getOrDefault("activationLink", ""))));
        }

        @Override
        public void put(Tx tx, Org org, PhoneMessage message) {
            sent.add(
                    new Sent(
                            message.to(),
                            message.variables()
                                    .getOrDefault(
                                            "code",
                                            message.variables()
                                                    .getOrDefault("activationLink", ""))));
        }
    }

    /** An org that lets its users have all there is, and has no tokens of its own. */
    private final class Everything implements FactorSettings {
        @Override
        public Set<FactorKind> available(Reader reader, Org org) {
            return EnumSet.allOf(FactorKind.class);
        }

        @Override
        public Set<FactorKind> forSignIn(Reader reader, Org org) {
            return available(reader, org);
        }

        @Override
        public boolean forRecovery(Reader reader, Org org, FactorKind kind) {
            return true;
        }

        @Override
        public Duration mailLifetime(Reader reader, Org org) {
            return EnrolOptions.STANDARD_LIFETIME;
        }

        @Override
        public Optional<TokenProfile> tokens(Reader reader, Org org, String factorProfileId) {
            return Optional.empty();
        }

        @Override
        public NumberChallenge numberChallenge(Reader reader, Org org) {
            return NumberChallenge.HIGH_RISK_ONLY;
        }

        @Override
        public SecurityKeyRules keys(Reader reader, Org org) {
            return keys;
        }
    }

    private volatile SecurityKeyRules keys = SecurityKeyRules.STANDARD;
    private volatile Set<String> keyGroups = Set.of();

    final TestDirectory directory;
    final Remembering outbox = new Remembering();
    final Org org;
    final FactorEngine engine;
    final Sealed sealed;
    private final HashingPool pool = HashingPool.forThisMachine();

    FactorGround(DatabaseAccess access, String name) {
        directory = new TestDirectory(access);
        org = directory.org(name);
        SecureRandom random = new SecureRandom();
        KeyRing keys = KeyRing.of(MasterKey.generate(random));
        sealed = new Sealed(keys, random);
        UserDirectory users = new UserDirectory();
        engine =
                new FactorEngine(
                        directory.ids(),
                        new PasswordHasher(pool, random),
                        sealed,
                        new CodeHash(keys),
                        new Tokens(random),
                        random,
                        outbox,
                        EventCatalogue.load(),
                        (in, origin) -> origin.equals("https://app.example"),
                        new Everything());
        directory.bind(
                new UserFactors(
                        directory.database(),
                        directory.time(),
                        users,
                        engine,
                        (in, user) -> keyGroups));
        directory.bind(
                new PushDevices(
                        directory.database(),
                        directory.time(),
                        users,
                        new Tokens(random),
                        engine,
                        EventCatalogue.load()));
        directory.bind(new FactorPictures(directory.database(), sealed, users));
    }

    /** A user with a mail address, which is the login. */
    String user(String login) {
        String id = directory.user(org, login);
        directory
                .database()
                .write(
                        org.number(),
                        tx ->
                                tx.run(
                                        Sql.of(
                                                "UPDATE users SET profile = profile ||"
                                                        + " jsonb_build_object('email', ?::text)"
                                                        + " WHERE org_id = ? AND id = ?",
                                                login,
                                                org.number(),
                                                id)));
        return id;
    }

    /** Enrols, with a query such as {@code activate=true}. */
    JsonNode enrol(String user, String query, String body) {
        return TestDirectory.json(
                directory.call(org, "enrollFactor", Map.of("userId", user), query, body));
    }

    JsonNode enrol(String user, String body) {
        return enrol(user, "", body);
    }

    /** The id of a factor that is active at once. */
    String active(String user, String body) {
        return enrol(user, "activate=true", body).path("id").asString();
    }

    JsonNode call(String operation, String user, String factor, String body) {
        return TestDirectory.json(reply(operation, user, factor, body));
    }

    Reply reply(String operation, String user, String factor, String body) {
        return reply(operation, user, factor, "", body);
    }

    Reply reply(String operation, String user, String factor, String query, String body) {
        return directory.call(
                org, operation, Map.of("userId", user, "factorId", factor), query, body);
    }

    JsonNode activate(String user, String factor, String code) {
        return call("activateFactor", user, factor, code(code));
    }

    JsonNode verify(String user, String factor, String code) {
        return call("verifyFactor", user, factor, code(code));
    }

    static String code(String code) {
        return "{\"passCode\":\"" + code + "\"}";
    }

    /** The last code that went to somebody. */
    String sentTo(String to) {
        return outbox.sent.stream()
                .filter(each -> each.to().equals(to))
                .map(Sent::code)
                .toList()
                .getLast();
    }

    /** A code that is not this one. */
    static String not(String code) {
        return (code.charAt(0) == '0' ? "1" : "0") + code.substring(1);
    }

    /** The code of a software token at the present time. */
    String totp(JsonNode enrolled) {
        return Hotp.COMMON.at(
                Base32.bytes(enrolled.at("/_embedded/activation/sharedSecret").asString()),
                Hotp.step(directory.time().instant(), Hotp.STEP));
    }

    /** What the org asks of security keys from now on. */
    void keys(SecurityKeyRules rules) {
        keys = rules;
    }

    /** Which of the org's groups of models the enrolment policy takes from now on. */
    void keyGroups(Set<String> names) {
        keyGroups = names;
    }

    void pass(Duration duration) {
        directory.pass(duration);
    }

    /** Holds a call to its refusal. */
    static void refused(ThrowingCallable call, String code, String... causes) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(code);
                            assertThat(e.causes()).containsExactly(causes);
                        });
    }

    /** Holds a call to the code of its refusal. */
    static void refusedWith(ThrowingCallable call, String code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Override
    public void close() {
        directory.close();
        pool.close();
    }
}
