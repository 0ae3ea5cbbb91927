package dev.ostiary.server.federation.saml;

import dev.ostiary.platform.http.Urls;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.oauth.servers.TokenClaim.GroupFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A service as its app's {@code settings.signOn} describes it (Apps API, "SAML 2.0 settings
 * object"). Immutable.
 *
 * @param entityId what this identity provider is called by it
 * @param acsUrl where assertions go
 * @param others where they may go if a request asks for it, by index
 * @param audience whom assertions are for
 * @param nameTemplate makes the name of the subject
 * @param relayState for users who come without a request
 * @param lifetime for how long an assertion counts
 * @param honoursForce whether users prove themselves anew if a request says so
 * @param authnContext what an assertion says of how they did
 * @param signing how it is signed
 * @param certificate what requests are signed with, in base64; empty for none
 * @param requiresSignature whether a request without a signature is refused
 * @param encryption how assertions are encrypted; empty for not at all
 * @param logoutUrl where answers to its requests to log out go; empty where it may not ask for that
 * @param told where it is told that a session has ended, if it is
 */
record ServiceProvider(
        String entityId,
        String acsUrl,
        Map<Integer, String> others,
        String audience,
        String recipient,
        String destination,
        String nameFormat,
        String nameTemplate,
        Optional<String> relayState,
        Duration lifetime,
        boolean honoursForce,
        String authnContext,
        Signing signing,
        List<Statement> statements,
        Optional<String> certificate,
        boolean requiresSignature,
        Optional<Encryption> encryption,
        Optional<String> logoutUrl,
        Optional<Told> told) {

    /**
     * Where a service takes requests to log out ({@code participateSlo}).
     *
     * @param sessionIndex whether it is told which session
     * @param posted whether by a form rather than by redirect
     */
    record Told(String url, boolean sessionIndex, boolean posted) {}

    /** What is signed, and how. */
    record Signing(boolean response, boolean assertion, boolean sha1, boolean sha1Digest) {}

    /** How an assertion is encrypted, and for whom. */
    record Encryption(String transport, String algorithm, String certificate) {}

    /** An attribute of the user. */
    sealed interface Statement {

        /** What the service calls it. */
        String name();

        /** What kind of name that is. */
        String format();

        /** Values by expressions. */
        record Expressions(String name, String format, List<String> values) implements Statement {}

        /** The user's groups whose names a filter takes. */
        record Groups(String name, String format, Optional<GroupFilter> filter, String value)
                implements Statement {}
    }

    /** What can be opened in a frame. */
    private static final Pattern ADDRESS = Pattern.compile("https?://[!-~]+");

    static final String UNSPECIFIED = "urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified";

    /** The service of an app; nothing while nobody has said where its assertions go. */
    static Optional<ServiceProvider> of(App app) {
        JsonNode signOn = app.document().at("/settings/signOn");
        return text(signOn, "ssoAcsUrlOverride")
                .or(() -> text(signOn, "ssoAcsUrl"))
                .filter(url -> Urls.origin(url).isPresent())
                .map(acs -> of(app, signOn, acs));
    }

    private static ServiceProvider of(App app, JsonNode signOn, String acs) {
        String issuer = text(signOn, "idpIssuer").orElse("http://www.okta.com/${org.externalKey}");
        return new ServiceProvider(
                issuer.replace("${org.externalKey}", app.externalKey()),
                acs,
                others(signOn),
                overridden(signOn, "audience").orElse(acs),
                overridden(signOn, "recipient").orElse(acs),
                overridden(signOn, "destination").orElse(acs),
                text(signOn, "subjectNameIdFormat").orElse(Names.UNSPECIFIED_NAME),
                text(signOn, "subjectNameIdTemplate").orElse("${user.userName}"),
                text(signOn, "defaultRelayState"),
                Duration.ofSeconds(signOn.path("samlAssertionLifetimeSeconds").asInt(300)),
                signOn.path("honorForceAuthn").asBoolean(true),
                text(signOn, "authnContextClassRef").orElse(Names.PASSWORD_OVER_TLS),
                signing(signOn),
                statements(signOn),
                text(signOn.path("spCertificate").path("x5c").path(0)),
                signOn.path("samlSignedRequestEnabled").asBoolean(false),
                encryption(signOn.path("assertionEncryption")),
                text(signOn.path("slo"), "logoutUrl")
                        .filter(url -> Urls.origin(url).isPresent())
                        .filter(url -> signOn.path("slo").path("enabled").asBoolean(false)),
                told(signOn.path("participateSlo")));
    }

    private static Optional<Told> told(JsonNode said) {
        return text(said, "logoutRequestUrl")
                .filter(url -> said.path("enabled").asBoolean(false))
                .filter(url -> Urls.origin(url).isPresent() && ADDRESS.matcher(url).matches())
                .map(
                        url ->
                                new Told(
                                        url,
                                        said.path("sessionIndexRequired").asBoolean(false),
                                        !said.path("bindingType").asString("").equals("REDIRECT")));
    }

    /** Whether it takes part in logouts, those of others or its own. */
    boolean leaves() {
        return told.isPresent() || logoutUrl.isPresent();
    }

    private static Signing signing(JsonNode signOn) {
        boolean assertion = signOn.path("assertionSigned").asBoolean(true);
        return new Signing(
                signOn.path("responseSigned").asBoolean(true) || !assertion,
                assertion,
                text(signOn, "signatureAlgorithm").filter("RSA_SHA1"::equals).isPresent(),
                text(signOn, "digestAlgorithm").filter("SHA1"::equals).isPresent());
    }

    private static Map<Integer, String> others(JsonNode signOn) {
        Map<Integer, String> others = new LinkedHashMap<>();
        if (signOn.path("allowMultipleAcsEndpoints").asBoolean(false)) {
            for (JsonNode each : signOn.path("acsEndpoints")) {
                text(each, "url")
                        .filter(url -> Urls.origin(url).isPresent())
                        .ifPresent(url -> others.put(each.path("index").asInt(0), url));
            }
        }
        return others;
    }

    private static List<Statement> statements(JsonNode signOn) {
        List<Statement> statements = new ArrayList<>();
        for (JsonNode each : signOn.path("attributeStatements")) {
            String name = text(each, "name").orElse("");
            String format = text(each, "namespace").orElse(UNSPECIFIED);
            if (text(each, "type").filter("GROUP"::equals).isPresent()) {
                statements.add(
                        new Statement.Groups(
                                name,
                                format,
                                text(each, "filterType").map(GroupFilter::valueOf),
                                text(each, "filterValue").orElse("")));
            } else {
                List<String> values = new ArrayList<>();
                each.path("values").forEach(value -> values.add(value.asString("")));
                statements.add(new Statement.Expressions(name, format, List.copyOf(values)));
            }
        }
        return List.copyOf(statements);
    }

    private static Optional<Encryption> encryption(JsonNode said) {
        Optional<String> certificate = text(said.path("x5c").path(0));
        return certificate
                .filter(none -> said.path("enabled").asBoolean(false))
                .map(
                        der ->
                                new Encryption(
                                        text(said, "keyTransportAlgorithm").orElse("RSA_OAEP"),
                                        text(said, "encryptionAlgorithm").orElse("AES256_GCM"),
                                        der));
    }

    private static Optional<String> overridden(JsonNode signOn, String name) {
        return text(signOn, name + "Override").or(() -> text(signOn, name));
    }

    private static Optional<String> text(JsonNode of, String name) {
        return text(of.path(name));
    }

    private static Optional<String> text(JsonNode node) {
        return node.isString()
                ? Optional.of(node.stringValue()).filter(text -> !text.isBlank())
                : Optional.empty();
    }

    /**
     * Where the answer to a request goes: to the address of the app, unless the app has several and
     * the request wants another of them. Nothing for one that is none of the app's.
     */
    Optional<String> destinationFor(AuthnRequest request) {
        if (others.isEmpty()) {
            return Optional.of(acsUrl);
        }
        if (request.acsUrl().isPresent()) {
            String wanted = request.acsUrl().get();
            return wanted.equals(acsUrl) || others.containsValue(wanted)
                    ? Optional.of(wanted)
                    : Optional.empty();
        }
        return request.acsIndex().isPresent()
                ? Optional.ofNullable(others.get(request.acsIndex().getAsInt()))
                : Optional.of(acsUrl);
    }
}
