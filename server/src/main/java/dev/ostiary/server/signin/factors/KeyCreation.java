package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.json.Json;
import dev.ostiary.server.directory.users.UserEvents;
import dev.ostiary.server.signin.factors.SecurityKeyRules.Wish;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The options by which a browser makes a new key (Web Authentication, level 2, section 5.4), as the
 * Factors API has them.
 */
final class KeyCreation {

    /** ES256 and RS256 (RFC 9053). */
    static final List<Long> ALGORITHMS = List.of(-7L, -257L);

    private KeyCreation() {}

    static ObjectNode options(FactorMethod.Activation of, SecurityKeyRules rules) {
        ObjectNode json = Json.object().put("attestation", "direct");
        ObjectNode selection =
                json.putObject("authenticatorSelection")
                        .put("userVerification", word(rules.enrolment()))
                        .put("requireResidentKey", rules.residentKey() == Wish.REQUIRED);
        if (rules.residentKey() != Wish.DISCOURAGED) {
            selection.put("residentKey", word(rules.residentKey()));
        }
        switch (rules.attachment()) {
            case ANY -> {}
            case BUILT_IN -> selection.put("authenticatorAttachment", "platform");
            case ROAMING -> selection.put("authenticatorAttachment", "cross-platform");
        }
        Factor.@Nullable Code code = of.factor().code();
        json.put("challenge", code == null ? null : code.challenge());
        ArrayNode excluded = json.putArray("excludeCredentials");
        of.others().stream()
                .filter(each -> each.enrolment().kind() == FactorKind.WEBAUTHN)
                .map(each -> each.enrolment().fact("credentialId"))
                .flatMap(Optional::stream)
                .forEach(id -> excluded.addObject().put("type", "public-key").put("id", id));
        ArrayNode algorithms = json.putArray("pubKeyCredParams");
        for (long algorithm : ALGORITHMS) {
            algorithms.addObject().put("type", "public-key").put("alg", algorithm);
        }
        ObjectNode party = json.putObject("rp").put("name", of.org().name());
        rules.relyingParty().ifPresent(id -> party.put("id", id));
        json.putObject("user")
                .put("displayName", UserEvents.displayName(of.user()))
                .put("name", of.user().login())
                .put("id", of.user().id());
        return json;
    }

    /** As browsers are told. */
    static String word(Wish wish) {
        return wish.name().toLowerCase(Locale.ROOT);
    }
}
