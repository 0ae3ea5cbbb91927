package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Way;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserDirectory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/**
 * What proves factors, of the tag UserFactor: the first time, and every other. Thread-safe.
 *
 * @param activations how devices are waited for
 * @param keyGroups which security keys may be enrolled
 */
record FactorProofs(
        Database database,
        OrgClock clock,
        UserDirectory users,
        FactorEngine engine,
        PushActivations activations,
        KeyGroups keyGroups) {

    List<Binding> bindings() {
        return List.of(
                Binding.of("activateFactor", this::activate)
                        .mayTake(Proof.SHAPE.schema(Way.IN))
                        .answers(PushActivations.SCHEMA),
                Binding.of("verifyFactor", this::verify)
                        .mayTake(Proof.SHAPE.schema(Way.IN))
                        .answers(FactorJson.VERIFICATION),
                Binding.of("getFactorTransactionStatus", this::poll)
                        .answers(FactorJson.VERIFICATION),
                Binding.of("cancelFactorTransaction", this::cancel));
    }

    private Reply poll(Request request) {
        return database.read(
                request.org().number(),
                reader -> {
                    User user = user(reader, request);
                    Verification verification =
                            engine.poll(
                                    reader,
                                    user.id(),
                                    factorId(request),
                                    request.variable("transactionId"),
                                    clock.now(request.org()));
                    return Reply.ok(
                            out ->
                                    new FactorJson(request.baseUrl(), user.id())
                                            .writeVerification(out, verification));
                });
    }

    private Reply cancel(Request request) {
        database.write(
                request.org().number(),
                tx -> {
                    engine.cancel(
                            context(tx, request, user(tx, request)),
                            factorId(request),
                            request.variable("transactionId"));
                    return true;
                });
        return Reply.noContent();
    }

    private Reply activate(Request request) {
        Proof shown = request.hasBody() ? request.body(Proof.SHAPE) : Proof.NONE;
        Enrolment known =
                database.read(
                        request.org().number(),
                        reader ->
                                engine.known()
                                        .require(
                                                reader,
                                                user(reader, request).id(),
                                                factorId(request)));
        return known.kind() == FactorKind.PUSH
                ? activations.activate(request)
                : activate(request, shown, keyGroups(request.org(), known));
    }

    /** A key that is enrolled is of a model that the enrolment policy of its user takes. */
    private Set<String> keyGroups(Org org, Enrolment begun) {
        return begun.kind() == FactorKind.WEBAUTHN ? keyGroups.of(org, begun.userId()) : Set.of();
    }

    private Reply activate(Request request, Proof proof, Set<String> groups) {
        return proven(
                request,
                at -> engine.activate(at.bound(groups), factorId(request), proof),
                (verification, out) -> {
                    Enrolment enrolment = verification.enrolment();
                    new FactorJson(request.baseUrl(), enrolment.userId())
                            .write(out, enrolment, Optional.empty());
                });
    }

    private Reply verify(Request request) {
        Proof proof = request.hasBody() ? request.body(Proof.SHAPE) : Proof.NONE;
        Optional<Duration> lifetime = UserFactors.lifetime(request);
        return proven(
                request,
                at -> {
                    Enrolment factor =
                            engine.known().require(at.tx(), at.user().id(), factorId(request));
                    return proof.isEmpty() && factor.kind().isChallenged()
                            ? engine.challenge(
                                    at, factor.id(), lifetime, proof.useNumberMatchingChallenge())
                            : engine.verify(at, factor.id(), proof);
                },
                (verification, out) ->
                        new FactorJson(request.baseUrl(), verification.enrolment().userId())
                                .writeVerification(out, verification));
    }

    /** A wrong proof is answered by its error after the commit, so that it counts. */
    private Reply proven(
            Request request,
            Function<FactorContext, Verification> step,
            BiConsumer<Verification, JsonGenerator> writing) {
        Verification verification =
                database.write(
                        request.org().number(),
                        tx -> step.apply(context(tx, request, user(tx, request))));
        if (verification instanceof Verification.Rejected rejected) {
            throw rejected.error();
        }
        int status = verification instanceof Verification.Waiting ? 201 : 200;
        return Reply.json(status, out -> writing.accept(verification, out));
    }

    private FactorContext context(Tx tx, Request request, User user) {
        return new FactorContext(
                tx, request.org(), user, request.baseUrl(), clock.now(request.org()));
    }

    private User user(Reader reader, Request request) {
        return users.require(reader, request.caller(), request.variable("userId"));
    }

    private static String factorId(Request request) {
        return request.variable("factorId");
    }
}
