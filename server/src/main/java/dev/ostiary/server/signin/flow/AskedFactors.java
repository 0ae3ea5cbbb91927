package dev.ostiary.server.signin.flow;

import dev.ostiary.platform.json.Json;
import dev.ostiary.server.policy.assurance.Method;
import dev.ostiary.server.signin.factors.Enrolment;
import dev.ostiary.server.signin.factors.FactorContext;
import dev.ostiary.server.signin.factors.FactorEngine;
import dev.ostiary.server.signin.factors.FactorKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a sign-in shows of factors that were asked for. Thread-safe.
 *
 * @param engine knows what they were asked with
 */
record AskedFactors(FactorEngine engine) {

    /**
     * One factor.
     *
     * @param challenge what it was asked with just now; empty for what is still open
     */
    Showing one(
            FactorContext at,
            State.MfaChallenge asked,
            Transaction transaction,
            Optional<ObjectNode> challenge) {
        Enrolment factor = engine.known().require(at.tx(), at.user().id(), asked.factorId());
        return new Showing.Challenge(
                factor,
                challenge
                        .or(() -> engine.known().asked(at, asked.factorId()))
                        .or(() -> number(at, asked))
                        .map(json -> demanding(json, factor.kind(), transaction)));
    }

    /** The number to be chosen on the device, where one was asked for. */
    private Optional<ObjectNode> number(FactorContext at, State.MfaChallenge asked) {
        return asked.question()
                .flatMap(question -> engine.number(at, asked.factorId(), question))
                .map(number -> Json.object().put("correctAnswer", number));
    }

    /** Security keys that were asked for together: all of them have the same challenge. */
    Showing anyKey(FactorContext at, List<Enrolment> keys, Transaction transaction) {
        return new Showing.AnyKey(
                keys,
                keys.stream()
                        .flatMap(key -> engine.known().asked(at, key.id()).stream())
                        .findFirst()
                        .map(json -> demanding(json, FactorKind.WEBAUTHN, transaction)));
    }

    /** A key is asked to verify its holder where nothing less will do. */
    private static ObjectNode demanding(
            ObjectNode challenge, FactorKind kind, Transaction transaction) {
        if (kind != FactorKind.WEBAUTHN || !transaction.lacks()) {
            return challenge;
        }
        Set<Method> wanted = transaction.stepUp().orElseThrow().methods();
        return wanted.contains(Method.WEBAUTHN_VERIFIED) && !wanted.contains(Method.WEBAUTHN)
                ? challenge.deepCopy().put("userVerification", "required")
                : challenge;
    }
}
