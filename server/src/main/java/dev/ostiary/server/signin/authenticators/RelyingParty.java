package dev.ostiary.server.signin.authenticators;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.server.policy.form.Fields;
import dev.ostiary.server.policy.form.Form;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The relying party that an org's security keys are for, where it is none of the hosts of its pages
 * (schema {@code WebAuthnRpId}): a domain above them, that the org has proven to be its own.
 * Immutable.
 */
final class RelyingParty {

    /** As settings of the method have it. */
    static final String NAME = "rpId";

    private static final String DOMAIN = "domain";
    private static final String STATUS = "validationStatus";
    private static final String RECORD = "dnsRecord";
    private static final String VERIFIED = "VERIFIED";
    private static final Pattern HOST =
            Pattern.compile(
                    "(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
                            + "(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

    /** What a client says of it, and what is kept. */
    static final Fields FORM =
            Form.object()
                    .with("enabled", Form.FLAG, false)
                    .may(
                            DOMAIN,
                            Form.object()
                                    .must("name", Form.text(1, 253))
                                    .may(
                                            STATUS,
                                            Form.words(
                                                    "NOT_STARTED",
                                                    "IN_PROGRESS",
                                                    VERIFIED,
                                                    "ERROR"))
                                    .may(
                                            RECORD,
                                            Form.object()
                                                    .may("fqdn", Form.text(1, 300))
                                                    .may("recordType", Form.text(1, 10))
                                                    .may("verificationValue", Form.text(1, 100))));

    private RelyingParty() {}

    /** Of the settings of an authenticator; empty for none. */
    static Optional<ObjectNode> domain(JsonNode settings) {
        return Optional.of(settings.path(NAME).path(DOMAIN))
                .filter(JsonNode::isObject)
                .map(JsonNode::asObject);
    }

    /** The domain that keys are for; empty where they are for the host of the page. */
    static Optional<String> inUse(JsonNode settings) {
        return domain(settings)
                .filter(domain -> settings.path(NAME).path("enabled").asBoolean(false))
                .filter(RelyingParty::isVerified)
                .map(domain -> domain.path("name").asString(""));
    }

    static boolean isVerified(ObjectNode domain) {
        return domain.path(STATUS).asString("").equals(VERIFIED);
    }

    /** Whether texts that stand under a domain prove it. */
    static boolean proves(ObjectNode domain, String text) {
        return text.strip().equals(domain.path(RECORD).path("verificationValue").asString(""));
    }

    /** Where the proof has to stand. */
    static String proofName(ObjectNode domain) {
        return domain.path(RECORD).path("fqdn").asString("");
    }

    /**
     * Settings with a domain as the server has it: what clients say of its state does not count.
     *
     * @param before the settings until now
     * @param next what they shall be; changed in place
     * @param ownHost the host of the org, which needs no proof
     * @param authenticatorId for whom a proof is
     * @throws ApiException {@code E0000001} for what is no domain, for one that is in use and shall
     *     be another, and for one that shall be in use and is not proven
     */
    static void settle(JsonNode before, ObjectNode next, String ownHost, String authenticatorId) {
        Optional<ObjectNode> wanted = domain(next);
        if (wanted.isEmpty()) {
            if (next.path(NAME).path("enabled").asBoolean(false)) {
                throw wrong("enabled: needs a domain that is verified");
            }
            return;
        }
        String name = wanted.get().path("name").asString("").toLowerCase(Locale.ROOT);
        if (!HOST.matcher(name).matches()) {
            throw wrong("domain.name: must be a domain name");
        }
        Optional<ObjectNode> known =
                domain(before).filter(domain -> domain.path("name").asString("").equals(name));
        if (known.isEmpty() && inUse(before).isPresent()) {
            throw wrong("domain: cannot be changed while it is enabled");
        }
        ObjectNode domain = known.orElseGet(() -> fresh(name, ownHost, authenticatorId));
        next.path(NAME).asObject().set(DOMAIN, domain);
        if (next.path(NAME).path("enabled").asBoolean(false) && !isVerified(domain)) {
            throw wrong("enabled: the domain is not verified");
        }
    }

    private static ObjectNode fresh(String name, String ownHost, String authenticatorId) {
        ObjectNode domain = Json.object().put("name", name);
        if (name.equals(ownHost)) {
            return domain.put(STATUS, VERIFIED);
        }
        domain.put(STATUS, "NOT_STARTED")
                .putObject(RECORD)
                .put("fqdn", "_oktaverification." + name)
                .put("recordType", "TXT")
                .put("verificationValue", value(name, authenticatorId));
        return domain;
    }

    /** Who can write it under a name owns that name; it need not be a secret. */
    private static String value(String name, String authenticatorId) {
        return HexFormat.of()
                .formatHex(TokenHash.of("rp-id", authenticatorId + " " + name).bytes())
                .substring(0, 32);
    }

    /** The same domain after somebody has looked. */
    static ObjectNode looked(ObjectNode domain, boolean found) {
        ObjectNode after = domain.deepCopy().put(STATUS, found ? VERIFIED : "ERROR");
        if (found) {
            after.remove(RECORD);
        }
        return after;
    }

    private static ApiException wrong(String cause) {
        return ApiException.validation("Authenticator", "settings." + NAME + "." + cause);
    }
}
