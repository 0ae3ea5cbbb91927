package dev.ostiary.server.oauth.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgSettings;
import dev.ostiary.server.oauth.servers.AccessDecision.Allowed;
import dev.ostiary.server.oauth.servers.AccessDecision.Asked;
import dev.ostiary.server.oauth.servers.AccessDecision.Denied;
import dev.ostiary.server.oauth.servers.AccessDecision.NoMatch;
import dev.ostiary.server.oauth.servers.AccessDecision.Person;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Access policies")
class AccessDecisionTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Org ORG =
            new Org(1, "00o0000000000000a1d7", "acme", null, OrgSettings.defaults(), NOW);

    @Test
    @DisplayName(
            "given the server that every org begins with, then any client gets any scope for an hour")
    void untouched() {
        AuthorizationServer server = ServerTemplate.ofOrg(ORG);
        assertThat(AccessDecision.of(server, machine("0oa1", "a", "b")))
                .isEqualTo(new Allowed(Lifetimes.STANDARD));
        assertThat(
                        AccessDecision.of(
                                server,
                                new Asked("0oa1", "device_code", List.of("a"), Optional.empty())))
                .isEqualTo(new NoMatch());
    }

    @Test
    @DisplayName("given no policy, then nobody gets anything")
    void noPolicy() {
        assertThat(AccessDecision.of(server(), machine("0oa1", "a"))).isEqualTo(new NoMatch());
    }

    @Test
    @DisplayName("the first rule that fits decides, in the order of priorities")
    void order() {
        AccessPolicy first =
                policy(
                        List.of("0oa1"),
                        rule(10, "client_credentials", "a"),
                        rule(20, "client_credentials", "*"));
        AccessPolicy second = policy(List.of("ALL_CLIENTS"), rule(30, "client_credentials", "*"));
        AuthorizationServer server = server(first, second);
        assertThat(AccessDecision.of(server, machine("0oa1", "a"))).isEqualTo(allowed(10));
        assertThat(AccessDecision.of(server, machine("0oa1", "a", "b"))).isEqualTo(allowed(20));
        assertThat(AccessDecision.of(server, machine("0oa2", "a"))).isEqualTo(allowed(30));
        assertThat(AccessDecision.of(server(second, first), machine("0oa1", "a")))
                .isEqualTo(allowed(30));
    }

    @Test
    @DisplayName("what is inactive does not count")
    void inactive() {
        AccessRule rule = rule(10, "client_credentials", "*");
        AccessPolicy policy = policy(List.of("ALL_CLIENTS"), rule);
        assertThat(
                        AccessDecision.of(
                                server(policy.with(policy.terms(), Status.INACTIVE, NOW)),
                                machine("0oa1", "a")))
                .isEqualTo(new NoMatch());
        assertThat(
                        AccessDecision.of(
                                server(
                                        policy.with(
                                                List.of(
                                                        rule.with(
                                                                rule.terms(),
                                                                Status.INACTIVE,
                                                                NOW)))),
                                machine("0oa1", "a")))
                .isEqualTo(new NoMatch());
    }

    @Test
    @DisplayName("scopes that no rule lets through are named, those of the rule that comes nearest")
    void denied() {
        AuthorizationServer server =
                server(
                        policy(
                                List.of("ALL_CLIENTS"),
                                rule(10, "client_credentials", "a"),
                                rule(10, "client_credentials", "a", "b")));
        assertThat(AccessDecision.of(server, machine("0oa1", "a", "b", "c")))
                .isEqualTo(new Denied(List.of("c")));
    }

    @Test
    @DisplayName("a rule is for whom it names, an exclusion stands over an inclusion")
    void people() {
        RuleTerms terms =
                new RuleTerms(
                        "people",
                        new Members(List.of("00u1"), List.of("00u3")),
                        new Members(List.of("00g1"), List.of("00g2")),
                        List.of("password"),
                        List.of("*"),
                        Lifetimes.STANDARD);
        AuthorizationServer server =
                server(
                        policy(
                                List.of("ALL_CLIENTS"),
                                new AccessRule("0pr1", terms, Status.ACTIVE, NOW, NOW)));
        assertThat(AccessDecision.of(server, user("00u1"))).isInstanceOf(Allowed.class);
        assertThat(AccessDecision.of(server, user("00u2"))).isInstanceOf(NoMatch.class);
        assertThat(AccessDecision.of(server, user("00u2", "00g1"))).isInstanceOf(Allowed.class);
        assertThat(AccessDecision.of(server, user("00u2", "00g1", "00g2")))
                .isInstanceOf(NoMatch.class);
        assertThat(AccessDecision.of(server, user("00u3", "00g1"))).isInstanceOf(NoMatch.class);
    }

    private static Allowed allowed(int minutes) {
        return new Allowed(new Lifetimes(minutes, 0, 10_080, null));
    }

    private static Asked machine(String client, String... scopes) {
        return new Asked(client, "client_credentials", List.of(scopes), Optional.empty());
    }

    private static Asked user(String id, String... groups) {
        return new Asked(
                "0oa1", "password", List.of("openid"), Optional.of(new Person(id, Set.of(groups))));
    }

    private static AccessRule rule(int minutes, String grant, String... scopes) {
        return new AccessRule(
                "0pr" + minutes + Arrays.toString(scopes),
                new RuleTerms(
                        "rule " + minutes,
                        Members.NONE,
                        Members.of(List.of("EVERYONE")),
                        List.of(grant),
                        List.of(scopes),
                        new Lifetimes(minutes, 0, 10_080, null)),
                Status.ACTIVE,
                NOW,
                NOW);
    }

    private static AccessPolicy policy(List<String> clients, AccessRule... rules) {
        return new AccessPolicy(
                "00p" + clients,
                new AccessPolicy.Terms("policy " + clients, null, clients),
                Status.ACTIVE,
                List.of(rules),
                NOW,
                NOW);
    }

    private static AuthorizationServer server(AccessPolicy... policies) {
        return ServerTemplate.ofOrg(ORG).withPolicies(List.of(policies));
    }
}
