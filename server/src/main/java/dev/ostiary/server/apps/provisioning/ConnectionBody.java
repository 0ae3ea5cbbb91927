package dev.ostiary.server.apps.provisioning;

import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.server.apps.provisioning.Connection.Scheme;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client says of a connection (schemas {@code ProvisioningConnectionTokenRequest} and {@code
 * ProvisioningConnectionOauthRequest}).
 *
 * @param secret a token or a password; null where none is said
 */
record ConnectionBody(Connection connection, @Nullable String secret) {

    private static final int LONGEST = 1024;
    private static final Path PROFILE = Path.root("profile").field("profile");

    static final Schema SCHEMA =
            Schema.object()
                    .maybe("baseUrl", Schema.TEXT.orNull())
                    .always(
                            "profile",
                            Schema.object()
                                    .always("authScheme", Schema.words("TOKEN", "OAUTH2"))
                                    .maybe("token", Schema.TEXT.orNull())
                                    .maybe("clientId", Schema.TEXT.orNull())
                                    .maybe("settings", Schema.DOCUMENT.orNull())
                                    .maybe("signing", Schema.DOCUMENT.orNull()));

    /**
     * Reads a body that replaces what there was.
     *
     * @throws dev.ostiary.platform.problem.ApiException {@code E0000001} with every cause
     */
    static ConnectionBody read(ObjectNode body, Provisioned app, Connection before, Instant now) {
        Reading reading = new Reading();
        JsonNode profile = body.path("profile");
        if (!profile.isObject()) {
            reading.wrong(PROFILE, "The field cannot be left blank");
        }
        Optional<Scheme> scheme = scheme(profile, app, reading);
        Optional<String> base = url(body, reading);
        Optional<String> token = text(profile, PROFILE, "token", reading);
        Optional<String> client = text(profile, PROFILE, "clientId", reading);
        JsonNode settings = profile.path("settings");
        Path inSettings = PROFILE.field("settings");
        Optional<String> admin = text(settings, inSettings, "adminUsername", reading);
        Optional<String> password = text(settings, inSettings, "adminPassword", reading);
        if (settings.isObject() && (admin.isEmpty() || password.isEmpty())) {
            reading.wrong(inSettings, "adminUsername and adminPassword go together");
        }
        Optional<String> rotation = rotation(profile, reading);
        reading.finish();
        boolean same = before.scheme() == scheme.orElseThrow();
        @Nullable String secret = token.or(() -> password).orElse(null);
        return new ConnectionBody(
                new Connection(
                        before.appId(),
                        before.enabled(),
                        scheme.get(),
                        base.orElse(null),
                        client.orElse(null),
                        rotation.orElse(null),
                        admin.orElse(null),
                        secret != null || (same && before.hasSecret()),
                        now),
                secret);
    }

    /** An example of the published description says OAUTH where its schema says OAUTH2. */
    private static Optional<Scheme> scheme(JsonNode profile, Provisioned app, Reading reading) {
        String said = profile.path("authScheme").asString("");
        Optional<Scheme> scheme =
                Arrays.stream(Scheme.values())
                        .filter(each -> each.name().equals(said.equals("OAUTH") ? "OAUTH2" : said))
                        .filter(app::takes)
                        .findFirst();
        if (scheme.isEmpty() && profile.isObject()) {
            reading.wrong(PROFILE.field("authScheme"), "The app is not reached by '" + said + "'");
        }
        return scheme;
    }

    private static Optional<String> url(ObjectNode body, Reading reading) {
        Path at = Path.root("baseUrl");
        Optional<String> text = text(body, at, "baseUrl", reading);
        if (text.isPresent() && !isHttps(text.get())) {
            reading.wrong(at.field("baseUrl"), "must be an absolute https URL");
        }
        return text;
    }

    private static boolean isHttps(String text) {
        try {
            URI url = new URI(text);
            return "https".equalsIgnoreCase(url.getScheme()) && url.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static Optional<String> rotation(JsonNode profile, Reading reading) {
        Path at = PROFILE.field("signing");
        Optional<String> mode = text(profile.path("signing"), at, "rotationMode", reading);
        if (mode.isPresent() && !mode.get().matches("AUTO|MANUAL")) {
            reading.wrong(at.field("rotationMode"), "must be one of [AUTO, MANUAL]");
        }
        return mode;
    }

    private static Optional<String> text(JsonNode in, Path at, String name, Reading reading) {
        JsonNode node = in.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        boolean fits =
                node.isString()
                        && !node.stringValue().isBlank()
                        && node.stringValue().length() <= LONGEST;
        return fits
                ? Optional.of(node.stringValue())
                : reading.wrong(at.field(name), "must be 1 to " + LONGEST + " characters");
    }
}
