package dev.ostiary.server.oauth.grants;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ostiary.platform.org.Org;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.expression.Expression;
import dev.ostiary.server.expression.InvalidExpression;
import dev.ostiary.server.expression.Scope;
import dev.ostiary.server.expression.Value;
import dev.ostiary.server.oauth.clients.AppClaim;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.servers.AuthorizationServer;
import dev.ostiary.server.oauth.servers.TokenClaim;
import dev.ostiary.server.oauth.servers.TokenClaim.ClaimType;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a server's claims say in a token. An expression is understood once and kept under its text.
 * Thread-safe.
 */
final class CustomClaims {

    /** OpenID Connect API, "Scope-dependent claims": more than these are an error. */
    private static final int MOST_GROUPS = 100;

    /** The error of a claim that means nothing. */
    static final String NOT_EVALUATED = "user_claim_evaluation_failure";

    private static final int KEPT = 10_000;

    /** A scope of the org's own server, and what it brings. */
    private static final String GROUPS = "groups";

    private final OrgSchemas schemas;
    private final OAuthErrors errors;
    private final Cache<Named, Optional<Expression>> understood =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    private record Named(long org, boolean access, String text) {}

    CustomClaims(OrgSchemas schemas, OAuthErrors errors) {
        this.schemas = schemas;
        this.errors = errors;
    }

    /**
     * Adds the claims of a type that come with the granted scopes; one that has no value is left
     * out.
     *
     * @param wanted which of them the token has
     * @throws OAuthException {@code server_error} for one that cannot be evaluated
     */
    void add(
            ObjectNode token,
            AuthorizationServer server,
            ClaimType type,
            Predicate<TokenClaim> wanted,
            ClaimFacts facts) {
        Stream<TokenClaim> claims =
                server.claims().stream()
                        .filter(claim -> claim.claimType() == type && claim.active())
                        .filter(claim -> claim.comesWith(facts.scopes()))
                        .filter(wanted);
        claims.forEach(
                claim -> {
                    switch (claim.valueType()) {
                        case EXPRESSION -> expression(token, claim, facts);
                        case GROUPS -> groups(token, claim, facts);
                        case SYSTEM ->
                                facts.subject()
                                        .ifPresent(
                                                user ->
                                                        StandardClaims.add(
                                                                token, claim.name(), user));
                    }
                });
    }

    /**
     * Adds the claims of the org's own server, whose scopes bring what OpenID Connect says.
     *
     * @param less only what the original puts into an ID token beside an access token; groups are
     *     always there
     * @throws OAuthException {@code server_error} for more groups than a token holds
     */
    void addStandard(ObjectNode token, Subject user, List<String> scopes, boolean less) {
        scopes.forEach(
                scope ->
                        StandardClaims.of(scope, less)
                                .forEach(claim -> StandardClaims.add(token, claim, user)));
        if (scopes.contains(GROUPS)) {
            putGroups(token, GROUPS, user.groups().stream().map(Subject.GroupName::name).toList());
        }
    }

    /**
     * Adds what an app wants to be told; never in place of what the token says already. One that
     * means nothing or has no value says nothing, as in an assertion.
     */
    void addOfApp(ObjectNode token, List<AppClaim> wanted, ClaimFacts facts) {
        for (AppClaim claim : wanted) {
            if (!token.has(claim.name())) {
                understood
                        .get(
                                new Named(facts.org().number(), false, claim.expression()),
                                name -> understand(facts.org(), name))
                        .flatMap(expression -> expression.value(facts))
                        .ifPresent(value -> write(token, claim.name(), value));
            }
        }
    }

    private void expression(ObjectNode token, TokenClaim claim, ClaimFacts facts) {
        Expression expression =
                understood
                        .get(
                                new Named(
                                        facts.org().number(),
                                        claim.claimType() == ClaimType.RESOURCE,
                                        claim.value()),
                                name -> understand(facts.org(), name))
                        .orElseThrow(() -> errors.of(NOT_EVALUATED, claim.name()));
        write(token, claim.name(), expression.value(facts).orElse(Value.NOTHING));
    }

    private Optional<Expression> understand(Org org, Named name) {
        try {
            return Optional.of(
                    Expression.compile(
                            name.text(),
                            Scope.ofTokenClaims(
                                    schemas.of(org).expressionTypes(org), name.access())));
        } catch (InvalidExpression e) {
            return Optional.empty();
        }
    }

    private void groups(ObjectNode token, TokenClaim claim, ClaimFacts facts) {
        List<String> names =
                facts.subject().map(Subject::groups).orElse(List.of()).stream()
                        .map(Subject.GroupName::name)
                        .filter(name -> takes(claim, name))
                        .toList();
        putGroups(token, claim.name(), names);
    }

    private void putGroups(ObjectNode token, String claim, List<String> names) {
        if (names.size() > MOST_GROUPS) {
            throw errors.of("too_many_groups_in_groups_claim");
        }
        if (!names.isEmpty()) {
            ArrayNode array = token.putArray(claim);
            names.forEach(array::add);
        }
    }

    private static boolean takes(TokenClaim claim, String group) {
        TokenClaim.GroupFilter filter = claim.groupFilter();
        return filter != null && filter.takes(claim.value(), group);
    }

    private static void write(ObjectNode token, String name, Value value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        switch (value) {
            case Value.Nothing nothing -> {}
            case Value.Text text -> token.put(name, text.text());
            case Value.Whole whole -> token.put(name, whole.number());
            case Value.Number number -> token.put(name, number.number());
            case Value.Flag flag -> token.put(name, flag.set());
            case Value.Moment moment -> token.put(name, moment.time().toString());
            case Value.Country country -> token.put(name, country.alpha2());
            case Value.Items items -> {
                ArrayNode array = nodes.arrayNode();
                items.items()
                        .forEach(
                                item -> {
                                    ObjectNode one = nodes.objectNode();
                                    write(one, "item", item);
                                    if (one.has("item")) {
                                        array.add(one.get("item"));
                                    }
                                });
                token.set(name, array);
            }
            case Value.Criteria criteria -> {}
            case Value.Thing thing -> {}
        }
    }
}
