package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.server.oauth.keys.KeySchedule;
import dev.ostiary.server.oauth.servers.ServerTerms.IssuerMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * How a server stands in the database: the column {@code body}. A newer version of the program
 * reads what an older one wrote, so that fields are added here and never retyped.
 */
final class StoredServer {

    private static final Shape<KeySchedule> SCHEDULE = schedule();
    private static final Shape<AccessRule> RULE = rule();
    private static final Shape<AccessPolicy> POLICY = policy();

    private StoredServer() {}

    static String text(AuthorizationServer server) {
        return new String(
                Json.bytes(
                        out ->
                                shape(server.id(), server.created(), server.lastUpdated())
                                        .write(out, server)),
                StandardCharsets.UTF_8);
    }

    static AuthorizationServer read(String id, String body, Instant created, Instant lastUpdated) {
        return shape(id, created, lastUpdated).decode(Json.parse(body));
    }

    private static Shape<AuthorizationServer> shape(
            String id, Instant created, Instant lastUpdated) {
        Shape.Builder<AuthorizationServer> shape = Shape.of("server");
        Field<AuthorizationServer, String> name =
                shape.field("name", Type.TEXT, AuthorizationServer::name).required();
        Field<AuthorizationServer, String> description =
                shape.field("description", Type.TEXT, AuthorizationServer::description);
        Field<AuthorizationServer, String> audience =
                shape.field("audience", Type.TEXT, AuthorizationServer::audience).required();
        Field<AuthorizationServer, IssuerMode> issuerMode =
                shape.field(
                                "issuerMode",
                                new Word<>(IssuerMode.class),
                                AuthorizationServer::issuerMode)
                        .required();
        Field<AuthorizationServer, Status> status =
                shape.field("status", new Word<>(Status.class), AuthorizationServer::status)
                        .required();
        Field<AuthorizationServer, KeySchedule> schedule =
                shape.field("schedule", Type.nested(SCHEDULE), AuthorizationServer::schedule)
                        .required();
        Field<AuthorizationServer, ServerTerms.Encryption> encryption =
                shape.field(
                        "encryption",
                        new Word<>(ServerTerms.Encryption.class),
                        AuthorizationServer::encryption);
        Field<AuthorizationServer, String> jwksUri =
                shape.field("jwksUri", Type.TEXT, AuthorizationServer::jwksUri);
        Field<AuthorizationServer, List<ResourceKey>> keys =
                shape.field(
                        "resourceKeys",
                        Type.list(Type.nested(ResourceKey.STORED)),
                        AuthorizationServer::resourceKeys);
        Field<AuthorizationServer, List<String>> trusted =
                shape.field("trusted", Type.list(Type.TEXT), AuthorizationServer::trusted);
        Field<AuthorizationServer, List<TokenScope>> scopes =
                shape.field(
                                "scopes",
                                Type.list(Type.nested(TokenScope.STORED)),
                                AuthorizationServer::scopes)
                        .required();
        Field<AuthorizationServer, List<TokenClaim>> claims =
                shape.field(
                                "claims",
                                Type.list(Type.nested(TokenClaim.STORED)),
                                AuthorizationServer::claims)
                        .required();
        Field<AuthorizationServer, List<AccessPolicy>> policies =
                shape.field(
                                "policies",
                                Type.list(Type.nested(POLICY)),
                                AuthorizationServer::policies)
                        .required();
        return shape.build(
                in ->
                        new AuthorizationServer(
                                id,
                                in.get(name),
                                in.orNull(description),
                                in.get(audience),
                                in.get(issuerMode),
                                in.get(status),
                                in.get(schedule),
                                in.orNull(encryption),
                                in.orNull(jwksUri),
                                in.find(keys).orElse(List.of()),
                                in.find(trusted).orElse(List.of()),
                                in.get(scopes),
                                in.get(claims),
                                in.get(policies),
                                created,
                                lastUpdated));
    }

    private static Shape<KeySchedule> schedule() {
        Shape.Builder<KeySchedule> shape = Shape.of("schedule");
        Field<KeySchedule, KeySchedule.Mode> mode =
                shape.field("mode", new Word<>(KeySchedule.Mode.class), KeySchedule::mode)
                        .required();
        Field<KeySchedule, Integer> generation =
                shape.field("generation", Type.INTEGER, KeySchedule::generation).required();
        Field<KeySchedule, Instant> last =
                shape.field("lastRotated", Type.INSTANT, KeySchedule::lastRotated).required();
        Field<KeySchedule, Instant> next =
                shape.field("nextRotation", Type.INSTANT, KeySchedule::nextRotation).required();
        Field<KeySchedule, Boolean> announced =
                shape.field("announced", Type.BOOLEAN, KeySchedule::announced);
        return shape.build(
                in ->
                        new KeySchedule(
                                in.get(mode),
                                in.get(generation),
                                in.get(last),
                                in.get(next),
                                in.find(announced).orElse(false)));
    }

    private static Shape<AccessRule> rule() {
        Shape.Builder<AccessRule> shape = Shape.of("rule");
        Field<AccessRule, String> id = shape.field("id", Type.TEXT, AccessRule::id).required();
        Field<AccessRule, RuleTerms> terms =
                shape.field("terms", Type.nested(RuleTerms.SHAPE), AccessRule::terms).required();
        Field<AccessRule, Status> status =
                shape.field("status", new Word<>(Status.class), AccessRule::status).required();
        Field<AccessRule, Instant> created =
                shape.field("created", Type.INSTANT, AccessRule::created).required();
        Field<AccessRule, Instant> updated =
                shape.field("lastUpdated", Type.INSTANT, AccessRule::lastUpdated).required();
        return shape.build(
                in ->
                        new AccessRule(
                                in.get(id),
                                in.get(terms),
                                in.get(status),
                                in.get(created),
                                in.get(updated)));
    }

    private static Shape<AccessPolicy> policy() {
        Shape.Builder<AccessPolicy> shape = Shape.of("policy");
        Field<AccessPolicy, String> id = shape.field("id", Type.TEXT, AccessPolicy::id).required();
        Field<AccessPolicy, AccessPolicy.Terms> terms =
                shape.field("terms", Type.nested(AccessPolicy.TERMS), AccessPolicy::terms)
                        .required();
        Field<AccessPolicy, Status> status =
                shape.field("status", new Word<>(Status.class), AccessPolicy::status).required();
        Field<AccessPolicy, List<AccessRule>> rules =
                shape.field("rules", Type.list(Type.nested(RULE)), AccessPolicy::rules).required();
        Field<AccessPolicy, Instant> created =
                shape.field("created", Type.INSTANT, AccessPolicy::created).required();
        Field<AccessPolicy, Instant> updated =
                shape.field("lastUpdated", Type.INSTANT, AccessPolicy::lastUpdated).required();
        return shape.build(
                in ->
                        new AccessPolicy(
                                in.get(id),
                                in.get(terms),
                                in.get(status),
                                in.get(rules),
                                in.get(created),
                                in.get(updated)));
    }
}
