package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.server.oauth.keys.KeyOwner;
import dev.ostiary.server.oauth.keys.KeySchedule;
import dev.ostiary.server.oauth.servers.ServerTerms.Encryption;
import dev.ostiary.server.oauth.servers.ServerTerms.IssuerMode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A custom authorization server with all that belongs to it. Immutable.
 *
 * @param id {@code aus…}
 * @param audience what its access tokens are for
 * @param schedule which key signs
 * @param policies in the order of their priorities
 * @param trusted ids of servers whose tokens it takes
 */
public record AuthorizationServer(
        String id,
        String name,
        @Nullable String description,
        String audience,
        IssuerMode issuerMode,
        Status status,
        KeySchedule schedule,
        @Nullable Encryption encryption,
        @Nullable String jwksUri,
        List<ResourceKey> resourceKeys,
        List<String> trusted,
        List<TokenScope> scopes,
        List<TokenClaim> claims,
        List<AccessPolicy> policies,
        Instant created,
        Instant lastUpdated) {

    static final String PREFIX = "aus";

    /** The type of a server in errors and events (WIRE, "Errors"). */
    public static final String TYPE = "AuthorizationServer";

    /** The name under which the server that every org begins with is also known. */
    public static final String DEFAULT = "default";

    public AuthorizationServer {
        resourceKeys = List.copyOf(resourceKeys);
        trusted = List.copyOf(trusted);
        scopes = List.copyOf(scopes);
        claims = List.copyOf(claims);
        policies = List.copyOf(policies);
    }

    /** The id of the server that an org begins with. */
    static String defaultId(Org org) {
        return PREFIX + org.id().substring(PREFIX.length());
    }

    /** Whether the org began with it. */
    public boolean isDefault(Org org) {
        return id.equals(defaultId(org));
    }

    /** How URLs of its endpoints and its issuer name it. */
    public String pathName(Org org) {
        return isDefault(org) ? DEFAULT : id;
    }

    /** How the key of its access tokens is encrypted (RFC 7518, 4.3), if they are. */
    public Optional<String> accessTokenEncryption() {
        return Optional.ofNullable(encryption).map(Encryption::wire);
    }

    /**
     * The key set (RFC 7517) under whose key they are, where the resource server publishes none.
     */
    public String activeKeys() {
        ObjectNode set = Json.object();
        ArrayNode keys = set.putArray("keys");
        resourceKeys.stream().filter(ResourceKey::active).forEach(key -> key.addTo(keys));
        return Json.text(set);
    }

    /** As the log names it. */
    public Target target() {
        return new Target(id, TYPE, name, name);
    }

    /** Who has its keys. */
    public KeyOwner keyOwner() {
        return KeyOwner.server(id);
    }

    /** Whether it issues anything. */
    public boolean active() {
        return status == Status.ACTIVE;
    }

    /** Whether its name or audience contains a text, which is in lower case. */
    boolean mentions(String text) {
        return name.toLowerCase(Locale.ROOT).contains(text)
                || audience.toLowerCase(Locale.ROOT).contains(text);
    }

    Optional<TokenScope> scope(String scopeId) {
        return scopes.stream().filter(each -> each.id().equals(scopeId)).findFirst();
    }

    /** The scope of a name. */
    public Optional<TokenScope> scopeNamed(String scopeName) {
        return scopes.stream().filter(each -> each.name().equals(scopeName)).findFirst();
    }

    /** Names of the scopes that are meant where none is asked for. */
    public List<String> defaultScopes() {
        return scopes.stream().filter(TokenScope::isDefault).map(TokenScope::name).toList();
    }

    /** Of these scopes those of which people are asked, unless they trust the client. */
    public List<String> needingConsent(List<String> names) {
        return names.stream()
                .filter(
                        name ->
                                scopeNamed(name)
                                        .filter(
                                                scope ->
                                                        scope.consent()
                                                                != TokenScope.Consent.IMPLICIT)
                                        .isPresent())
                .toList();
    }

    /** Names of the scopes that everybody may know. */
    public List<String> publishedScopes() {
        return scopes.stream()
                .filter(scope -> scope.metadataPublish() == TokenScope.Publish.ALL_CLIENTS)
                .map(TokenScope::name)
                .toList();
    }

    Optional<TokenClaim> claim(String claimId) {
        return claims.stream().filter(each -> each.id().equals(claimId)).findFirst();
    }

    Optional<AccessPolicy> policy(String policyId) {
        return policies.stream().filter(each -> each.id().equals(policyId)).findFirst();
    }

    AuthorizationServer in(Status other, Instant now) {
        return changed(each -> each.status = other, now);
    }

    AuthorizationServer with(KeySchedule other) {
        return changed(each -> each.schedule = other, lastUpdated);
    }

    AuthorizationServer withScopes(List<TokenScope> others) {
        return changed(each -> each.scopes = others, lastUpdated);
    }

    AuthorizationServer withClaims(List<TokenClaim> others) {
        return changed(each -> each.claims = others, lastUpdated);
    }

    AuthorizationServer withPolicies(List<AccessPolicy> others) {
        return changed(each -> each.policies = others, lastUpdated);
    }

    AuthorizationServer withResourceKeys(List<ResourceKey> others) {
        return changed(each -> each.resourceKeys = others, lastUpdated);
    }

    AuthorizationServer withTrusted(List<String> others) {
        return changed(each -> each.trusted = others, lastUpdated);
    }

    /** The same with what a client says of it. */
    AuthorizationServer with(ServerTerms said, List<ResourceKey> keys, Instant now) {
        return changed(
                each -> {
                    each.name = said.name();
                    each.description = said.description();
                    each.audience = said.audiences().getFirst();
                    each.issuerMode = said.issuerMode() == null ? issuerMode : said.issuerMode();
                    each.schedule =
                            said.rotationMode() == null || said.rotationMode() == schedule.mode()
                                    ? schedule
                                    : schedule.in(said.rotationMode(), now);
                    each.encryption = said.encryption();
                    each.jwksUri = said.jwksUri();
                    each.resourceKeys = keys;
                },
                now);
    }

    /** The same without a scope and without all that names it. */
    AuthorizationServer without(TokenScope scope) {
        String gone = scope.name();
        UnaryOperator<AccessPolicy> rules =
                policy ->
                        policy.with(
                                policy.rules().stream().map(rule -> rule.without(gone)).toList());
        return changed(
                each -> {
                    each.scopes = scopes.stream().filter(other -> !other.equals(scope)).toList();
                    each.claims = claims.stream().map(claim -> claim.without(gone)).toList();
                    each.policies = policies.stream().map(rules).toList();
                },
                lastUpdated);
    }

    private AuthorizationServer changed(Consumer<Draft> change, Instant now) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.build(id, created, now);
    }

    /** A copy that is being changed. */
    private static final class Draft {
        private String name;
        private @Nullable String description;
        private String audience;
        private IssuerMode issuerMode;
        private Status status;
        private KeySchedule schedule;
        private @Nullable Encryption encryption;
        private @Nullable String jwksUri;
        private List<ResourceKey> resourceKeys;
        private List<String> trusted;
        private List<TokenScope> scopes;
        private List<TokenClaim> claims;
        private List<AccessPolicy> policies;

        private Draft(AuthorizationServer from) {
            name = from.name;
            description = from.description;
            audience = from.audience;
            issuerMode = from.issuerMode;
            status = from.status;
            schedule = from.schedule;
            encryption = from.encryption;
            jwksUri = from.jwksUri;
            resourceKeys = from.resourceKeys;
            trusted = from.trusted;
            scopes = from.scopes;
            claims = from.claims;
            policies = from.policies;
        }

        private AuthorizationServer build(String id, Instant created, Instant now) {
            return new AuthorizationServer(
                    id,
                    name,
                    description,
                    audience,
                    issuerMode,
                    status,
                    schedule,
                    encryption,
                    jwksUri,
                    resourceKeys,
                    trusted,
                    scopes,
                    claims,
                    policies,
                    created,
                    now);
        }
    }
}
