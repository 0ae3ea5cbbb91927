package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.json.Way;
import dev.ostiary.server.oauth.keys.KeySchedule;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of a server. Immutable.
 *
 * @param name unique in the org, in any case
 * @param audiences what tokens are for: one
 * @param issuerMode null to leave it as it is
 * @param rotationMode null to leave it as it is
 * @param encryption how access tokens are encrypted; null for not at all
 * @param jwks keys of the resource server; null to leave them as they are
 * @param jwksUri where the resource server publishes its keys
 */
record ServerTerms(
        String name,
        @Nullable String description,
        List<String> audiences,
        @Nullable IssuerMode issuerMode,
        KeySchedule.@Nullable Mode rotationMode,
        @Nullable Encryption encryption,
        @Nullable List<ResourceKey.Said> jwks,
        @Nullable String jwksUri) {

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST = 1_024;

    /** Which host stands in the issuer (Authorization Servers API, "Property details"). */
    public enum IssuerMode {
        ORG_URL,
        CUSTOM_URL,
        DYNAMIC
    }

    /** How the key of an encrypted token is encrypted (RFC 7518, 4.3). */
    enum Encryption {
        RSA_OAEP_256("RSA-OAEP-256"),
        RSA_OAEP_384("RSA-OAEP-384"),
        RSA_OAEP_512("RSA-OAEP-512");

        private final String wire;

        Encryption(String wire) {
            this.wire = wire;
        }

        String wire() {
            return wire;
        }

        static boolean isKnown(String text) {
            return List.of(values()).stream().anyMatch(each -> each.wire.equals(text));
        }

        static Encryption of(String text) {
            return valueOf(text.replace('-', '_'));
        }
    }

    static final Shape<ServerTerms> SHAPE = shape();

    private record Credentials(KeySchedule.@Nullable Mode rotationMode) {

        private static Shape<Credentials> shape() {
            Shape.Builder<Credentials> signing = Shape.of("signing");
            Field<Credentials, KeySchedule.Mode> mode =
                    signing.field(
                            "rotationMode",
                            new Word<>(KeySchedule.Mode.class),
                            Credentials::rotationMode);
            Shape<Credentials> inner = signing.build(in -> new Credentials(in.orNull(mode)));
            Shape.Builder<Credentials> shape = Shape.of("credentials");
            Field<Credentials, Credentials> field =
                    shape.field("signing", Type.nested(inner), each -> each);
            return shape.build(in -> in.find(field).orElse(new Credentials(null)));
        }
    }

    private record KeySet(List<ResourceKey.Said> keys) {

        private static Shape<KeySet> shape() {
            Shape.Builder<KeySet> shape = Shape.of("jwks");
            Field<KeySet, List<ResourceKey.Said>> keys =
                    shape.field("keys", Type.list(Type.nested(ResourceKey.SHAPE)), KeySet::keys)
                            .required()
                            .must(
                                    all ->
                                            all.size() <= ResourceKey.MOST
                                                    && active(all) <= 1
                                                    && all.stream()
                                                                    .map(ResourceKey.Said::kid)
                                                                    .distinct()
                                                                    .count()
                                                            == all.size(),
                                    "must have different kids, and only one active key");
            return shape.build(in -> new KeySet(in.get(keys)));
        }

        private static long active(List<ResourceKey.Said> keys) {
            return keys.stream().filter(key -> key.status() == Status.ACTIVE).count();
        }
    }

    private static Shape<ServerTerms> shape() {
        Shape.Builder<ServerTerms> shape = Shape.of("authorizationServer");
        Field<ServerTerms, String> name =
                shape.name("name", LONGEST_NAME, ServerTerms::name).required();
        Field<ServerTerms, String> description =
                shape.field("description", Type.TEXT, ServerTerms::description)
                        .must(text -> text.length() <= LONGEST, "must be at most 1024 characters");
        Field<ServerTerms, List<String>> audiences =
                shape.field("audiences", Type.list(Type.TEXT), ServerTerms::audiences)
                        .required()
                        .must(ServerTerms::isOneAudience, "must be exactly one audience");
        Field<ServerTerms, IssuerMode> issuerMode =
                shape.field("issuerMode", new Word<>(IssuerMode.class), ServerTerms::issuerMode);
        Field<ServerTerms, Credentials> credentials =
                shape.field(
                        "credentials",
                        Type.nested(Credentials.shape()),
                        terms -> new Credentials(terms.rotationMode()));
        Field<ServerTerms, String> encryption =
                shape.field(
                                "accessTokenEncryptedResponseAlgorithm",
                                Type.TEXT,
                                terms ->
                                        terms.encryption() == null
                                                ? null
                                                : terms.encryption().wire())
                        .must(
                                Encryption::isKnown,
                                "must be one of [RSA-OAEP-256, RSA-OAEP-384, RSA-OAEP-512]");
        Field<ServerTerms, KeySet> jwks =
                shape.field(
                        "jwks",
                        Type.nested(KeySet.shape()),
                        terms -> terms.jwks() == null ? null : new KeySet(terms.jwks()));
        Field<ServerTerms, String> jwksUri =
                shape.field("jwks_uri", Type.TEXT, ServerTerms::jwksUri)
                        .must(ServerTerms::isHttps, "must be an https URL");
        return shape.build(
                in ->
                        new ServerTerms(
                                in.get(name),
                                in.orNull(description),
                                in.get(audiences),
                                in.orNull(issuerMode),
                                in.find(credentials).map(Credentials::rotationMode).orElse(null),
                                in.find(encryption).map(Encryption::of).orElse(null),
                                in.find(jwks).map(KeySet::keys).orElse(null),
                                in.orNull(jwksUri)));
    }

    private static boolean isOneAudience(List<String> all) {
        return all.size() == 1 && !all.getFirst().isBlank() && all.getFirst().length() <= LONGEST;
    }

    private static boolean isHttps(String text) {
        try {
            URI uri = URI.create(text);
            return text.length() <= LONGEST
                    && "https".equalsIgnoreCase(uri.getScheme())
                    && uri.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** How clients may say it. */
    static Schema schema() {
        return SHAPE.schema(Way.IN);
    }
}
