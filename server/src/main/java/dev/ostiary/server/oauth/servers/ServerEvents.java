package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Target;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the log says of servers and their parts (event types, {@code
 * AuthorizationServerResourceDetails}, {@code PolicyResourceDetails}). Thread-safe.
 */
final class ServerEvents {

    private final EventCatalogue catalogue;

    ServerEvents(EventCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Of the server itself. */
    Event server(String type, AuthorizationServer server) {
        return catalogue.event(type).target(target(server));
    }

    Event scope(String type, AuthorizationServer server, TokenScope scope) {
        Map<String, @Nullable Object> details = new HashMap<>();
        details.put("OAuth2ScopeDescription", scope.description());
        return catalogue
                .event(type)
                .target(
                        new Target(
                                scope.id(), TokenScope.TYPE, scope.name(), scope.name(), details))
                .target(target(server));
    }

    Event claim(String type, AuthorizationServer server, TokenClaim claim) {
        Map<String, @Nullable Object> details = new HashMap<>();
        details.put("OAuth2ClaimClaimType", claim.claimType().name());
        details.put("OAuth2ClaimValueType", claim.valueType().name());
        details.put("OAuth2ClaimValue", claim.value());
        details.put("OAuth2ClaimSystem", claim.system());
        return catalogue
                .event(type)
                .target(
                        new Target(
                                claim.id(), TokenClaim.TYPE, claim.name(), claim.name(), details))
                .target(target(server));
    }

    Event policy(String type, AuthorizationServer server, AccessPolicy policy) {
        return catalogue.event(type).target(policy.target()).target(target(server));
    }

    Event rule(String type, AccessPolicy policy, AccessRule rule) {
        return catalogue.event(type).target(policy.target()).target(rule.target());
    }

    Event key(String step, AuthorizationServer server, ResourceKey key) {
        Map<String, @Nullable Object> details = new HashMap<>();
        details.put("KeyUse", key.said().use());
        details.put("KeyType", key.said().kty());
        details.put("KeyId", key.said().kid());
        details.put("Status", key.said().status().name());
        return catalogue
                .event("app.oauth2.as.resource_server.credentials.lifecycle." + step)
                .target(new Target(key.id(), ResourceKey.TYPE, key.said().kid(), key.id(), details))
                .target(target(server));
    }

    Event trust(String type, AuthorizationServer server, String trusted) {
        Map<String, @Nullable Object> details = new HashMap<>();
        details.put("OAuth2TrustedServerId", trusted);
        return catalogue
                .event(type)
                .target(
                        new Target(
                                server.id(),
                                AuthorizationServer.TYPE,
                                server.name(),
                                server.name(),
                                details));
    }

    private static Target target(AuthorizationServer server) {
        Map<String, @Nullable Object> details = new HashMap<>();
        details.put("AuthorizationServerId", server.id());
        details.put("AuthorizationServerDescription", server.description());
        details.put("OAuth2ApiResourceIdentifier", server.audience());
        details.put("OAuth2ApiResourceName", server.name());
        return new Target(
                server.id(), AuthorizationServer.TYPE, server.name(), server.name(), details);
    }
}
