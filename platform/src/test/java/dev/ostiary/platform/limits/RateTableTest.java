package dev.ostiary.platform.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.contract.Contract;
import dev.ostiary.platform.contract.Operation;
import dev.ostiary.platform.contract.Verb;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("P34 which bucket a request falls into, and its limit in each tier")
class RateTableTest {

    private final RateTable table = RateTable.load();

    @ParameterizedTest(name = "{0} {1}: free {2}, enterprise {3}, workforce {4}")
    @CsvSource({
        // "Create or list applications" is /api/v1/apps except /api/v1/apps/{id}
        "GET,    /api/v1/apps,                              20,  100,  100",
        "POST,   /api/v1/apps,                              20,  100,  100",
        "GET,    /api/v1/apps/0oa1,                         100, 600,  500",
        "PUT,    /api/v1/apps/0oa1,                         100, 600,  500",
        "DELETE, /api/v1/apps/0oa1,                         100, 600,  500",
        "POST,   /api/v1/apps/0oa1/lifecycle/activate,      20,  100,  100",
        "GET,    /api/v1/apps/0oa1/users,                   20,  100,  100",
        "GET,    /api/v1/groups,                            100, 600,  500",
        "GET,    /api/v1/groups/00g1,                       100, 600,  1000",
        "DELETE, /api/v1/groups/00g1,                       100, 600,  1000",
        "GET,    /api/v1/groups/00g1/users,                 100, 600,  500",
        "PUT,    /api/v1/groups/00g1/users/00u1,            100, 600,  500",
        "POST,   /api/v1/groups/rules,                      100, 600,  1000",
        // only GET or POST to /api/v1/users; by id, the verb decides
        "GET,    /api/v1/users,                             100, 600,  600",
        "POST,   /api/v1/users,                             100, 600,  600",
        "GET,    /api/v1/users/00u1,                        100, 1000, 2000",
        "GET,    /api/v1/users/me,                          100, 1000, 2000",
        "POST,   /api/v1/users/00u1,                        100, 600,  600",
        "PUT,    /api/v1/users/00u1,                        100, 600,  600",
        "DELETE, /api/v1/users/00u1,                        100, 600,  600",
        "POST,   /api/v1/users/00u1/lifecycle/activate,     100, 600,  1200",
        "GET,    /api/v1/users/00u1/groups,                 100, 600,  1200",
        "GET,    /api/v1/logs,                              20,  50,   120",
        "GET,    /api/v1/events,                            20,  50,   100",
        "GET,    /api/v1/logStreams,                        100, 600,  1200",
        "GET,    /oauth2/v1/clients,                        25,  100,  100",
        "GET,    /oauth2/v1/clients/0oa1,                   25,  100,  100",
        "GET,    /api/v1/devices,                           100, 150,  100",
        "GET,    /api/v1/devices/guo1/users,                100, 150,  100",
        "GET,    /api/v1/zones,                             100, 600,  1200",
        "GET,    /api/v1,                                   100, 600,  1200",
        "POST,   /api/v1/authn,                             100, 600,  500",
        "POST,   /api/v1/authn/recovery/password,           100, 600,  500",
        "POST,   /api/v1/authn/factors/mbl1/verify,         100, 600,  500",
        "GET,    /api/v1/sessions/me,                       100, 600,  750",
        "POST,   /oauth2/v1/token,                          300, 1200, 2000",
        "GET,    /oauth2/v1/authorize,                      300, 1200, 2000",
        "POST,   /oauth2/aus1/v1/token,                     300, 1200, 2000",
        "POST,   /oauth2/default/v1/introspect,             300, 1200, 2000",
        "GET,    /oauth2/default/v1/authorize,              300, 1200, 2000",
        "GET,    /oauth2/v2/something,                      100, 600,  600",
        "GET,    /app/acme/key1/sso/saml,                   100, 600,  750",
        "GET,    /app/template_saml_2_0/key1/sso/saml,      100, 600,  2500",
        "POST,   /app/office365/key1/sso/wsfed/active,      1000, 2000, 1000",
        "POST,   /app/office365_two/key1/sso/wsfed/passive, 1000, 250, 250",
        "GET,    /login/login.htm,                          200, 1200, 1200",
        "POST,   /login/do-login,                           100, 600,  200",
        "GET,    /login/sso_iwa_auth,                       100, 600,  500",
        "GET,    /login/token/redirect,                     100, 600,  600",
        "GET,    /bc/image/fileStoreRecord,                 100, 600,  500",
        "GET,    /api/v2/radius,                            100, 600,  600",
        "POST,   /idp/idx/identify,                         100, 1000, 1000",
        "POST,   /idp/idx/introspect,                       200, 2000, 2000",
        "POST,   /idp/idx/challenge/answer,                 100, 1000, 1000",
        "GET,    /idp/myaccount/profile,                    1000, 6000, 10000",
        "GET,    /.well-known/okta-organization,            1000, 6000, 10000",
        "GET,    /ostiary/v1/orgs,                          1000, 6000, 10000",
        "GET,    /img/logos/groups/okta-medium.png,         1000, 6000, 10000"
    })
    void published(Verb verb, String path, int free, int enterprise, int workforce) {
        assertThat(limit("free", verb, path)).isEqualTo(free);
        assertThat(limit("enterprise", verb, path)).isEqualTo(enterprise);
        assertThat(limit("workforce", verb, path)).isEqualTo(workforce);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "GET,    /api/v1/users,                        600",
        "GET,    /api/v1/users/00u1,                   600",
        "GET,    /api/v1/groups,                       500",
        "GET,    /api/v1/groups/00g1,                  500",
        "DELETE, /api/v1/groups/00g1,                  1000",
        "POST,   /api/v1/apps,                         100",
        "POST,   /api/v1/apps/0oa1/lifecycle/activate, 100",
        "DELETE, /api/v1/apps/0oa1,                    500",
        "GET,    /api/v1/policies,                     1000",
        "POST,   /api/v1/authn,                        500"
    })
    @DisplayName("P34 the developer tier is what was seen on the wire")
    void observed(Verb verb, String path, int limit) {
        assertThat(limit("developer", verb, path)).isEqualTo(limit);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/oauth2/v1/keys",
                "/.well-known/openid-configuration",
                "/.well-known/oauth-authorization-server",
                "/oauth2/default/v1/keys",
                "/oauth2/aus1/.well-known/openid-configuration",
                "/oauth2/aus1/.well-known/oauth-authorization-server",
                "/health/ready",
                "/assets/pages/pages.0011223344556677.css"
            })
    @DisplayName("P34 public metadata and what pages are made of is not limited in any tier")
    void exempt(String path) {
        for (String tier : List.of("unlimited", "developer", "free", "workforce", "7")) {
            assertThat(profile(tier).bucket(Verb.GET, segments(path))).isNull();
        }
    }

    @Test
    @DisplayName("P34 one bucket covers several paths, and each of its names is the table's")
    void shared() {
        Profile free = profile("free");
        Bucket apps = free.bucket(Verb.GET, segments("/api/v1/apps"));
        assertThat(free.bucket(Verb.POST, segments("/api/v1/apps/0oa1/groups/00g1")))
                .isSameAs(apps);
        assertThat(free.bucket(Verb.GET, segments("/api/v1/apps/0oa1"))).isNotSameAs(apps);
        assertThat(apps).isNotNull();
        assertThat(apps.pattern()).isEqualTo("/api/v1/apps");
        assertThat(apps.uuid()).matches("[0-9a-f]{8}-[0-9a-f]{4}-3[0-9a-f]{3}-.*");
    }

    @Test
    @DisplayName("P34 paths that nobody knows fall into the buckets that there are")
    void unknownPaths() {
        Profile free = profile("free");
        for (String path :
                List.of("/api/v1/no-such-thing/%", "/" + "x/".repeat(500), "/api/v10", "//")) {
            assertThat(free.bucket(Verb.GET, Arrays.asList(path.substring(1).split("/", -1))))
                    .isIn(
                            free.bucket(Verb.GET, segments("/api/v1/zones")),
                            free.bucket(Verb.GET, segments("/nothing")));
        }
    }

    @Test
    @DisplayName("P34 every published operation has the bucket that its paths have")
    void operations() {
        for (String tier : List.of("unlimited", "developer", "free", "enterprise", "workforce")) {
            Profile profile = profile(tier);
            for (Operation operation : Contract.load().operations()) {
                List<String> actual =
                        operation.path().segments().stream()
                                .map(part -> part.startsWith("{") ? "x1" : part)
                                .toList();
                assertThat(profile.bucket(operation, () -> actual))
                        .as(operation.id())
                        .isSameAs(profile.bucket(operation.verb(), actual));
            }
        }
    }

    @Test
    @DisplayName("P34 where the values of a path decide, they are looked at")
    void byPath() {
        Operation saml = Contract.load().operation("startSamlSso");
        Profile workforce = profile("workforce");
        assertThat(limit(workforce.bucket(saml, () -> segments("/app/acme/k/sso/saml"))))
                .isEqualTo(750);
        assertThat(
                        limit(
                                workforce.bucket(
                                        saml, () -> segments("/app/template_saml_2_0/k/sso/saml"))))
                .isEqualTo(2500);
    }

    @Test
    @DisplayName("P34 add-ons multiply the endpoints that they are sold for")
    void multiplied() {
        assertThat(limit("enterprise:5", Verb.POST, "/api/v1/authn")).isEqualTo(3000);
        assertThat(limit("enterprise:5", Verb.GET, "/api/v1/users/00u1")).isEqualTo(5000);
        assertThat(limit("enterprise:5", Verb.GET, "/api/v1/users")).isEqualTo(600);
        assertThat(limit("enterprise:5", Verb.GET, "/api/v1/logs")).isEqualTo(50);
        assertThat(limit("workforce:10", Verb.GET, "/login/sso_iwa_auth")).isEqualTo(5000);
        assertThat(limit("enterprise:5", Verb.GET, "/login/sso_iwa_auth")).isEqualTo(600);
        assertThat(limit("highcapacity", Verb.GET, "/api/v1/users/00u1")).isEqualTo(5000);
        assertThat(limit("highcapacity", Verb.GET, "/api/v1/policies")).isEqualTo(3000);
    }

    @Test
    @DisplayName("P34 categories add up to a cumulative limit, unless a number was asked for")
    void cumulative() {
        assertThat(limit(profile("free").cumulative(Category.MANAGEMENT))).isEqualTo(980);
        assertThat(limit(profile("free").cumulative(Category.AUTHENTICATION))).isEqualTo(2100);
        assertThat(limit(profile("enterprise").cumulative(Category.MANAGEMENT))).isEqualTo(5200);
        assertThat(limit(profile("workforce").cumulative(Category.AUTHENTICATION)))
                .isEqualTo(18250);
        assertThat(profile("workforce").cumulative(Category.OTHER)).isNull();
        assertThat(profile("12").cumulative(Category.MANAGEMENT)).isNull();
        assertThat(profile("unlimited").cumulative(Category.MANAGEMENT)).isNull();
    }

    @Test
    @DisplayName("P34 tiers have their concurrency, and the share of a token")
    void others() {
        assertThat(profile("free").concurrency()).isEqualTo(15);
        assertThat(profile("paid").concurrency()).isEqualTo(35);
        assertThat(profile("workforce").concurrency()).isEqualTo(75);
        assertThat(profile("unlimited").concurrency()).isZero();
        assertThat(profile("9").concurrency()).isZero();
        assertThat(profile("free").tokenPercent()).isEqualTo(50);
        assertThat(profile("developer").tokenPercent()).isEqualTo(100);
        assertThat(profile("unlimited").tokenPercent()).isEqualTo(100);
    }

    @Test
    @DisplayName("P34 bursts let authentication through five times, and nothing else")
    void bursts() {
        Profile burst = profile("enterprise+burst");
        Bucket authn = burst.bucket(Verb.POST, segments("/api/v1/authn"));
        Bucket users = burst.bucket(Verb.GET, segments("/api/v1/users"));
        assertThat(authn).isNotNull();
        assertThat(authn.limit()).isEqualTo(600);
        assertThat(authn.ceiling()).isEqualTo(3000);
        assertThat(users).isNotNull();
        assertThat(users.ceiling()).isEqualTo(600);
    }

    @Test
    @DisplayName("P34 a number is every bucket's limit")
    void numbers() {
        assertThat(limit("17", Verb.GET, "/api/v1/users")).isEqualTo(17);
        assertThat(limit("17", Verb.POST, "/oauth2/v1/token")).isEqualTo(17);
        assertThat(limit("17", Verb.GET, "/nothing")).isEqualTo(17);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "-1",
                "gold",
                "Free",
                "free:0",
                "free:10000",
                "free:",
                "unlimited:2",
                "1000000000",
                "5+burst",
                "free+bursts",
                " free",
                "kind",
                "path",
                "category"
            })
    @DisplayName("P34 what is no profile is none")
    void unknownNames(String name) {
        assertThat(table.profile(name)).isEmpty();
    }

    @Test
    @DisplayName("P34 profiles of one name are one, and no number of names fills the memory")
    void bounded() {
        assertThat(profile("free")).isSameAs(profile("free"));
        for (int i = 1; i < 2000; i++) {
            assertThat(table.profile(Integer.toString(i))).isPresent();
        }
        assertThat(table.profile("1999")).isPresent();
        assertThat(table.kept()).isLessThanOrEqualTo(256);
    }

    private int limit(String tier, Verb verb, String path) {
        return limit(profile(tier).bucket(verb, segments(path)));
    }

    private static int limit(@org.jspecify.annotations.Nullable Bucket bucket) {
        return bucket == null ? -1 : bucket.limit();
    }

    private Profile profile(String name) {
        return table.profile(name).orElseThrow();
    }

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }
}
