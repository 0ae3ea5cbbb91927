package dev.ostiary.server.apps;

import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What holds between the members of a SAML app's sign-on settings. Pure rules. */
final class SamlRules {

    private static final Path AT = Path.root("settings").field("settings").field("signOn");

    private SamlRules() {}

    /** Judges them; what is wrong is told to the reading. */
    static void apply(ObjectNode signOn, Reading reading) {
        if (signOn.has("responseSigned")
                && !signOn.path("responseSigned").asBoolean()
                && !signOn.path("assertionSigned").asBoolean()) {
            reading.wrong(
                    AT.field("assertionSigned"),
                    "Either (or both) responseSigned or assertionSigned must be true");
        }
        if (signOn.path("slo").path("enabled").asBoolean(false)
                && signOn.path("spCertificate").path("x5c").isEmpty()) {
            reading.wrong(
                    AT.field("spCertificate"), "spCertificate is required when slo is enabled");
        }
        if (!signOn.path("acsEndpoints").isEmpty()
                && !signOn.path("allowMultipleAcsEndpoints").asBoolean()) {
            reading.wrong(
                    AT.field("acsEndpoints"),
                    "acsEndpoints can only be specified if allowMultipleAcsEndpoints is true");
        }
        Set<String> names = new HashSet<>();
        for (JsonNode statement : signOn.path("attributeStatements")) {
            String name = statement.path("name").asString();
            if (!names.add(name)) {
                reading.wrong(
                        AT.field("attributeStatements"),
                        "The attribute name '" + name + "' must be unique");
            }
        }
    }
}
