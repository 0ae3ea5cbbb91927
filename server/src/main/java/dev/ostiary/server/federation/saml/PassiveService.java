package dev.ostiary.server.federation.saml;

import dev.ostiary.platform.http.Urls;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.federation.saml.ServiceProvider.Signing;
import dev.ostiary.server.federation.saml.ServiceProvider.Statement;
import dev.ostiary.server.oauth.servers.TokenClaim.GroupFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A service that asks by WS-Federation, as {@code settings.app} of the template describes it (Apps
 * API, "Add WS-Federation application"): the token is one of SAML 2.0. Immutable.
 *
 * @param provider what an assertion for it says
 * @param realm what it calls itself
 * @param maySayWhere whether a request may name another address of the service
 * @param site where the service is
 */
record PassiveService(ServiceProvider provider, String realm, boolean maySayWhere, String site) {

    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final String CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";
    private static final String URI = "urn:oasis:names:tc:SAML:2.0:attrname-format:uri";
    private static final String USER_NAME = "${user.userName}";

    /** The service of an app; nothing where its settings have no address. */
    static Optional<PassiveService> of(App app) {
        JsonNode said = app.document().at("/settings/app");
        return text(said, "wReplyURL")
                .filter(url -> Urls.origin(url).isPresent())
                .map(
                        url ->
                                new PassiveService(
                                        provider(app, said, url),
                                        text(said, "realm")
                                                .orElse("urn:okta:app:" + app.externalKey()),
                                        said.path("wReplyOverride").asBoolean(false),
                                        text(said, "siteURL").orElse(url)));
    }

    private static ServiceProvider provider(App app, JsonNode said, String url) {
        return new ServiceProvider(
                "http://www.okta.com/" + app.externalKey(),
                url,
                Map.of(),
                text(said, "audienceRestriction").orElse(url),
                url,
                url,
                text(said, "nameIDFormat").orElse(Names.UNSPECIFIED_NAME),
                USER_NAME,
                Optional.empty(),
                LIFETIME,
                true,
                text(said, "authnContextClassRef").orElse(Names.PASSWORD_OVER_TLS),
                new Signing(
                        false,
                        true,
                        text(said, "signatureAlgorithm").filter("RSA_SHA256"::equals).isEmpty(),
                        text(said, "digestAlgorithm").filter("SHA256"::equals).isEmpty()),
                statements(said),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<Statement> statements(JsonNode said) {
        List<Statement> statements = new ArrayList<>();
        String names = text(said, "usernameAttribute").orElse("none");
        if (names.equals("username") || names.equals("upnAndUsername")) {
            statements.add(attribute(CLAIMS + "name", USER_NAME));
        }
        if (names.equals("upn") || names.equals("upnAndUsername")) {
            statements.add(attribute(CLAIMS + "upn", USER_NAME));
        }
        text(said, "groupFilter")
                .ifPresent(
                        pattern ->
                                statements.add(
                                        new Statement.Groups(
                                                text(said, "groupName").orElse(CLAIMS + "group"),
                                                URI,
                                                Optional.of(GroupFilter.REGEX),
                                                pattern)));
        text(said, "attributeStatements")
                .ifPresent(
                        all -> {
                            for (String one : all.split(",", -1)) {
                                stated(one.strip()).ifPresent(statements::add);
                            }
                        });
        return List.copyOf(statements);
    }

    /** {@code name|value} or {@code name|value|namespace}; what is neither says nothing. */
    private static Optional<Statement> stated(String text) {
        String[] parts = text.split("\\|", -1);
        if (parts.length < 2 || parts[0].isBlank()) {
            return Optional.empty();
        }
        String namespace = parts.length > 2 ? parts[2].strip() : "";
        String name = parts[0].strip();
        String full =
                namespace.isEmpty()
                        ? name
                        : namespace + (namespace.endsWith("/") ? "" : "/") + name;
        return Optional.of(attribute(full, value(parts[1].strip())));
    }

    /** What has no place for an expression is a text. */
    private static String value(String text) {
        return text.contains("${") ? text : "\"" + text.replace("\\", "").replace("\"", "") + "\"";
    }

    private static Statement attribute(String name, String value) {
        return new Statement.Expressions(name, URI, List.of(value));
    }

    private static Optional<String> text(JsonNode of, String name) {
        JsonNode node = of.path(name);
        return node.isString()
                ? Optional.of(node.stringValue()).filter(text -> !text.isBlank())
                : Optional.empty();
    }

    /**
     * Where the answer to a request goes. Another address than the app's has to be allowed, and one
     * of the same site: whoever could name any address would be told who everybody is.
     */
    String destinationFor(Optional<String> wanted) {
        return wanted.filter(url -> maySayWhere)
                .filter(
                        url ->
                                Urls.origin(url)
                                        .filter(
                                                origin ->
                                                        Urls.origin(provider.acsUrl())
                                                                        .equals(Optional.of(origin))
                                                                || Urls.origin(site)
                                                                        .equals(
                                                                                Optional.of(
                                                                                        origin)))
                                        .isPresent())
                .orElse(provider.acsUrl());
    }
}
