package dev.ostiary.server.oauth.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.org.ConfigVersionLookup;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.secret.KeyRing;
import dev.ostiary.platform.secret.MasterKey;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.fixture.Ground;
import dev.ostiary.server.fixture.Operations;
import dev.ostiary.server.oauth.keys.SigningKey;
import dev.ostiary.server.oauth.keys.SigningKeys;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Rotation of keys by hand")
class KeyRotationTest {

    private static final Map<String, String> DEFAULT = Map.of("authServerId", "default");

    private final Ground ground;
    private final Ids ids;
    private final OrgServers servers;
    private final SigningKeys keys;

    /** What every node publishes by now. */
    private final Set<String> everywhere = new HashSet<>();

    KeyRotationTest(DatabaseAccess access) {
        ground = new Ground(access);
        SecureRandom random = new SecureRandom();
        ids = new Ids(ground.clock, random);
        servers = new OrgServers(ground.database);
        keys =
                new SigningKeys(
                        ground.database,
                        new Sealed(KeyRing.of(MasterKey.generate(random)), random),
                        EventCatalogue.load());
    }

    @AfterAll
    void close() {
        ground.close();
    }

    @Test
    @DisplayName("a key signs when every node publishes it, and not before")
    void publishedFirst() {
        Org org = ground.acme;
        rotate(org, () -> spread(org));
        assertThat(everywhere).contains(signing(org).kid());
    }

    @Test
    @DisplayName("given another rotation meanwhile, then either waits for a key of its own")
    void overtaken() {
        Org org = ground.other;
        int before = server(org).schedule().generation();
        rotate(
                org,
                new Runnable() {
                    private boolean overtaken;

                    @Override
                    public void run() {
                        spread(org);
                        if (!overtaken) {
                            overtaken = true;
                            rotate(org, () -> spread(org));
                            assertThat(everywhere).contains(signing(org).kid());
                        }
                    }
                });
        assertThat(server(org).schedule().generation()).isEqualTo(before + 2);
        assertThat(everywhere).contains(signing(org).kid());
        assertThat(new Operations(ground).events(org))
                .filteredOn("app.oauth2.as.key.rollover"::equals)
                .hasSize(2);
    }

    @Test
    @DisplayName("given one that was broken off, then the next one waits all the same")
    void brokenOff() {
        Org org = ground.strict;
        try {
            rotate(
                    org,
                    () -> {
                        throw new IllegalStateException("the server stops");
                    });
        } catch (IllegalStateException stopped) {
            assertThat(stopped).hasMessage("the server stops");
        }
        rotate(org, () -> spread(org));
        assertThat(everywhere).contains(signing(org).kid());
    }

    private void rotate(Org org, Runnable wait) {
        new Operations(
                        ground,
                        new ServerKeys(ground.database, ids, ground.clock, servers, keys, wait))
                .call(now(org), "rotateAuthorizationServerKeys", DEFAULT, "", "{\"use\":\"sig\"}");
    }

    /** Every node publishes what stands now. */
    private void spread(Org org) {
        AuthorizationServer server = server(org);
        published(org, server).forEach(key -> everywhere.add(key.kid()));
    }

    private List<SigningKey> published(Org org, AuthorizationServer server) {
        return keys.published(org, server.keyOwner(), server.schedule(), ground.clock.instant());
    }

    private SigningKey signing(Org org) {
        AuthorizationServer server = server(org);
        return keys.signer(org, server.keyOwner(), server.schedule(), ground.clock.instant());
    }

    private AuthorizationServer server(Org org) {
        Org now = now(org);
        return servers.of(now).find(now, "default").orElseThrow();
    }

    private Org now(Org org) {
        return org.at(new ConfigVersionLookup(ground.database).now(org));
    }
}
