package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.signin.factors.FactorMethod.Shown;
import dev.ostiary.server.signin.factors.FactorMethod.Verdict;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The security keys of a user as one: whoever asks does not know which of them is at hand, so all
 * have the same challenge, and any may answer. What one key is asked alone is over with that. A
 * step holds the rows of all of them. Thread-safe.
 */
public final class UserKeys {

    private final FactorStore store;
    private final WebAuthnMethod method;
    private final FactorEvents events;

    UserKeys(FactorStore store, WebAuthnMethod method, FactorEvents events) {
        this.store = store;
        this.method = method;
        this.events = events;
    }

    /**
     * What the keys were asked.
     *
     * @param challenge what is signed
     * @param publicKey what a browser hands to the keys (Web Authentication, level 2, 5.5)
     * @param enrolments which keys there are
     */
    public record Asked(String challenge, ObjectNode publicKey, List<Enrolment> enrolments) {
        public Asked {
            enrolments = List.copyOf(enrolments);
        }
    }

    /**
     * Asks all keys that are active; nothing where there is none.
     *
     * @throws ApiException {@code E0000047} where all have been tried too often
     */
    public Optional<Asked> ask(FactorContext at) {
        List<Factor> keys = held(at);
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        List<Factor> open = open(at, keys);
        if (open.isEmpty()) {
            throw ApiException.of("E0000047");
        }
        String challenge = method.fresh();
        List<Factor> asked =
                open.stream().map(each -> method.challenged(at, each, challenge)).toList();
        asked.forEach(each -> store.save(at.tx(), each));
        List<Enrolment> enrolments = asked.stream().map(Factor::enrolment).toList();
        ObjectNode options = method.shownChallenge(at, asked.getFirst()).orElseGet(Json::object);
        ArrayNode allowed = options.putArray("allowCredentials");
        enrolments.stream()
                .flatMap(each -> each.fact("credentialId").stream())
                .forEach(id -> allowed.addObject().put("type", "public-key").put("id", id));
        return Optional.of(new Asked(challenge, options, enrolments));
    }

    /** Judges what one of the keys has signed; nothing where there is none. */
    public Optional<Verification> verify(FactorContext at, Proof proof) {
        List<Factor> keys = held(at);
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        Factor first = keys.getFirst();
        List<Factor> open = open(at, keys);
        if (open.isEmpty()) {
            at.tx().emit(events.refused(at.user(), first.enrolment()));
            return Optional.of(
                    new Verification.Rejected(first.enrolment(), ApiException.of("E0000047")));
        }
        for (Factor key : open) {
            if (method.check(at, key, new Shown(proof, null)) instanceof Verdict.Right right) {
                return Optional.of(right(at, keys, right));
            }
        }
        open.forEach(each -> store.save(at.tx(), each.with(each.tries().failed(at.now()))));
        at.tx().emit(events.failed(at.user(), first.enrolment()));
        return Optional.of(new Verification.Rejected(first.enrolment(), FactorMethod.wrongCode()));
    }

    /** The challenge is over for the other keys, too. */
    private Verification right(FactorContext at, List<Factor> keys, Verdict.Right right) {
        Factor after = right.after().with(Factor.Tries.NONE);
        store.save(at.tx(), after);
        keys.stream()
                .filter(each -> !each.id().equals(after.id()))
                .forEach(each -> store.save(at.tx(), each.with((Factor.Code) null)));
        at.tx().emit(events.proven(at.user(), after.enrolment()));
        return new Verification.Success(after.enrolment(), right.verified());
    }

    private List<Factor> held(FactorContext at) {
        return store.lockAll(at.tx(), at.user().id()).stream()
                .filter(each -> each.enrolment().kind() == FactorKind.WEBAUTHN)
                .filter(each -> each.enrolment().active())
                .toList();
    }

    private static List<Factor> open(FactorContext at, List<Factor> keys) {
        return keys.stream().filter(each -> !each.tries().exhausted(at.now())).toList();
    }
}
