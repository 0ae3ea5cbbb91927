package dev.ostiary.server.signin.authenticators;

import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.customization.domains.TxtRecords;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Proves the domains that security keys are for ({@link RelyingParty}). Name servers are asked
 * outside of any transaction. Thread-safe.
 */
record RpIdDomains(AuthenticatorChanges changes, TxtRecords dns) {

    private static final String METHOD = "webauthn";

    List<Binding> bindings() {
        return List.of(Binding.of("verifyRpIdDomain", this::verify));
    }

    private Reply verify(Request request) {
        Authenticator keys = changes.named(request);
        requireMethod(request, keys);
        ObjectNode asked =
                domain(keys)
                        .orElseThrow(
                                () ->
                                        ApiException.validation(
                                                "Authenticator",
                                                "settings.rpId.domain: The field cannot be left"
                                                        + " blank"));
        if (RelyingParty.isVerified(asked)) {
            return Reply.noContent();
        }
        boolean found =
                dns.texts(RelyingParty.proofName(asked)).stream()
                        .anyMatch(text -> RelyingParty.proves(asked, text));
        changes.change(
                request,
                (tx, old) ->
                        domain(old).equals(Optional.of(asked))
                                ? changes.save(
                                        tx,
                                        old.method(
                                                METHOD,
                                                looked(old, asked, found),
                                                changes.now(request)),
                                        found
                                                ? UnaryOperator.identity()
                                                : event ->
                                                        event.outcome(
                                                                Outcome.failure(
                                                                        "TXT record not found")),
                                        "update")
                                : old);
        if (!found) {
            throw ApiException.validation(
                    "Authenticator", "settings.rpId.domain: The TXT record was not found.");
        }
        return Reply.noContent();
    }

    private static void requireMethod(Request request, Authenticator keys) {
        String method = request.variable("webAuthnMethodType");
        if (keys.key() != AuthenticatorKey.WEBAUTHN || !method.equals(METHOD)) {
            throw ApiException.notFound(method, "AuthenticatorMethod");
        }
    }

    private static Optional<ObjectNode> domain(Authenticator keys) {
        return RelyingParty.domain(keys.methodSettings(METHOD).path("settings"));
    }

    private static ObjectNode looked(Authenticator keys, ObjectNode domain, boolean found) {
        ObjectNode set = keys.methodSettings(METHOD);
        set.path("settings")
                .path(RelyingParty.NAME)
                .asObject()
                .set("domain", RelyingParty.looked(domain, found));
        return set;
    }
}
