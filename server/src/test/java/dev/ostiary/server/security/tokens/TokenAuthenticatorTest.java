package dev.ostiary.server.security.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.access.Authentication;
import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.access.Credentials;
import dev.ostiary.platform.access.Presentation;
import dev.ostiary.platform.context.Atlas;
import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.ConfigVersions;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.fixture.Ground;
import dev.ostiary.server.fixture.Operations;
import dev.ostiary.server.security.zones.OrgZones;
import dev.ostiary.server.signin.sessions.SessionAuthenticator;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenAuthenticatorTest {

    private static final IpAddress HERE = IpAddress.of(InetAddress.getLoopbackAddress());

    private static final TokenAuthenticator.AccessTokens NO_ACCESS_TOKENS =
            (org, token, presentation) ->
                    new Authentication.Refused(ApiException.of("E0000011"), Optional.empty());

    private final Ground ground;
    private final TokenAuthenticator authenticator;
    private final ApiTokens tokens;

    TokenAuthenticatorTest(DatabaseAccess access) {
        ground = new Ground(access);
        SecureRandom random = new SecureRandom();
        OrgZones zones = new OrgZones(ground.database, Atlas.none());
        ApiTokenStore store = new ApiTokenStore();
        authenticator =
                new TokenAuthenticator(
                        ground.database,
                        store,
                        zones,
                        ground.clock,
                        new OperatorSecret("open sesame"),
                        new SessionAuthenticator(ground.database, new OrgClock(ground.clock))
                                ::authenticate,
                        NO_ACCESS_TOKENS);
        tokens =
                new ApiTokens(
                        ground.database,
                        store,
                        new Ids(ground.clock, random),
                        new Tokens(random),
                        EventCatalogue.load(),
                        new UserDirectory(),
                        zones,
                        ground.clock);
    }

    @BeforeAll
    void aUser() {
        ground.database.write(
                ground.acme.number(),
                tx ->
                        tx.run(
                                Sql.of(
                                        """
                                        INSERT INTO users (org_id, id, version, status, created, last_updated,
                                            profile, login_key, provider_type, provider_name, password_hook)
                                        VALUES (?, '00u1', 1, 'ACTIVE', now(), now(),
                                            '{"login": "ada@acme.test"}', 'ada', 'OKTA', 'OKTA', false)""",
                                        ground.acme.number())));
    }

    @AfterAll
    void close() {
        ground.close();
    }

    @Test
    @DisplayName("the query for a token brings the org's configuration versions along, fresh")
    void bringsVersions() {
        String token = issue(ground.acme);
        assertThat(proven(token).versions()).contains(ConfigVersions.untouched());
        for (long version = 1; version <= 3; version++) {
            ground.database.write(
                    ground.acme.number(),
                    tx -> {
                        ConfigVersionStore.raise(tx, ConfigArea.ZONES);
                        return tx;
                    });
            Authentication.Proven proven = proven(token);
            assertThat(proven.versions().orElseThrow().of(ConfigArea.ZONES)).isEqualTo(version);
            assertThat(proven.caller()).isInstanceOf(Caller.Token.class);
        }
    }

    @Test
    @DisplayName("P40 a token proves nothing in another org")
    void otherOrg() {
        assertThat(authenticate(ground.other, issue(ground.acme)))
                .isInstanceOf(Authentication.Refused.class);
    }

    @Test
    @DisplayName(
            "P20 P38 a token outside of its zones proves its user, is refused, and the log has it")
    void outside() {
        String token = issue(ground.acme);
        limitToZones();

        Authentication answer = authenticate(ground.acme, token);

        assertThat(answer).isInstanceOf(Authentication.Outside.class);
        Caller.Token caller = ((Authentication.Outside) answer).caller();
        new StrayTokenLog(ground.database, EventCatalogue.load()).outside(ground.acme, caller);
        JsonNode event =
                new Operations(ground)
                        .event(ground.acme, "system.api_token.request_outside_allowed_range");
        assertThat(event.at("/outcome/result").stringValue()).isEqualTo("DENY");
        assertThat(event.at("/severity").stringValue()).isEqualTo("WARN");
        assertThat(event.at("/target/0/id").stringValue()).isEqualTo(caller.tokenId());
        assertThat(event.at("/target/0/type").stringValue()).isEqualTo("Token");
    }

    private void limitToZones() {
        ground.database.write(
                ground.acme.number(),
                tx ->
                        tx.run(
                                Sql.of(
                                        """
                                        UPDATE api_token SET network =
                                            '{"connection": "ZONE", "include": ["nzo1"]}'
                                        WHERE org_id = ?""",
                                        ground.acme.number())));
    }

    private Authentication.Proven proven(String token) {
        return (Authentication.Proven) authenticate(ground.acme, token);
    }

    private Authentication authenticate(Org org, String token) {
        return authenticator.authenticate(
                org, new Credentials.ApiToken(token), Presentation.from(HERE));
    }

    private String issue(Org org) {
        return ground.database.write(
                org.number(), tx -> tokens.issue(tx, org, "00u1", "CI", "test").text());
    }
}
