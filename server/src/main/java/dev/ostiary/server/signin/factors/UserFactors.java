package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Way;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.delivery.MessageOutbox;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.directory.users.UserStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/** The tag UserFactor, as far as it is about a user. Thread-safe. */
public final class UserFactors implements Family {

    private static final Schema QUESTION =
            Schema.object("SecurityQuestion")
                    .always("question", Schema.TEXT)
                    .always("questionText", Schema.TEXT);

    private static final Schema RESENT = FactorJson.SCHEMA.named("ResentUserFactor");

    private final Database database;
    private final OrgClock clock;
    private final UserDirectory users;
    private final FactorEngine engine;
    private final PushActivations activations;

    /** Operations over these neighbours. */
    public UserFactors(
            Database database,
            InstantSource time,
            UserDirectory users,
            FactorEngine engine,
            MessageOutbox outbox) {
        this.database = database;
        this.clock = new OrgClock(time);
        this.users = users;
        this.engine = engine;
        this.activations = new PushActivations(database, time, users, engine.pushMethod(), outbox);
    }

    @Override
    public List<Binding> bindings() {
        return Stream.concat(own().stream(), activations.bindings().stream()).toList();
    }

    private List<Binding> own() {
        return List.of(
                Binding.of("listFactors", this::list).answersMany(FactorJson.SCHEMA),
                Binding.of("listSupportedFactors", this::offers).answersMany(FactorJson.OFFER),
                Binding.of("listSupportedSecurityQuestions", this::questions).answersMany(QUESTION),
                Binding.of("enrollFactor", this::enrol)
                        .takes(NewFactor.SHAPE)
                        .answers(FactorJson.SCHEMA),
                Binding.of("getFactor", this::get).answers(FactorJson.SCHEMA),
                Binding.of("unenrollFactor", this::unenrol),
                Binding.of("activateFactor", this::activate)
                        .mayTake(Proof.SHAPE.schema(Way.IN))
                        .answers(PushActivations.SCHEMA),
                Binding.of("resendEnrollFactor", this::resend)
                        .takes(
                                Schema.object()
                                        .maybe("factorType", Schema.TEXT)
                                        .maybe("provider", Schema.TEXT)
                                        .maybe("profile", Schema.DOCUMENT))
                        .answers(RESENT),
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
                            out -> json(request, user).writeVerification(out, verification));
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

    /** A factor and what its activation needs. */
    private record Seen(Enrolment enrolment, Optional<ObjectNode> activation) {}

    private Reply list(Request request) {
        return database.read(
                request.org().number(),
                reader -> {
                    User user = user(reader, request);
                    FactorJson json = json(request, user);
                    List<Seen> all =
                            engine.enrolments(reader, request.org(), user.id()).stream()
                                    .map(each -> seen(reader, request, user, each))
                                    .toList();
                    return Reply.list(
                            all,
                            (each, out) -> json.write(out, each.enrolment(), each.activation()));
                });
    }

    private Reply offers(Request request) {
        return database.read(
                request.org().number(),
                reader -> {
                    User user = user(reader, request);
                    FactorJson json = json(request, user);
                    return Reply.list(
                            engine.offers(reader, request.org(), user.id()),
                            (offer, out) -> json.writeOffer(out, offer));
                });
    }

    private Reply questions(Request request) {
        database.read(request.org().number(), reader -> user(reader, request));
        return Reply.list(
                Arrays.asList(SecurityQuestion.values()),
                (question, out) -> {
                    out.writeStartObject();
                    out.writeStringProperty("question", question.key());
                    out.writeStringProperty("questionText", question.text());
                    out.writeEndObject();
                });
    }

    private Reply get(Request request) {
        return database.read(
                request.org().number(),
                reader -> {
                    User user = user(reader, request);
                    return one(
                            request,
                            user,
                            seen(
                                    reader,
                                    request,
                                    user,
                                    engine.require(reader, user.id(), factorId(request))));
                });
    }

    private Reply enrol(Request request) {
        NewFactor wanted = request.body(NewFactor.SHAPE);
        EnrolOptions options =
                new EnrolOptions(
                        request.query().flag("activate", false),
                        request.query().flag("updatePhone", false),
                        lifetime(request));
        return change(
                request,
                at -> {
                    requireInUse(at.user());
                    Enrolment enrolment = engine.enrol(at, wanted, options);
                    return one(request, at.user(), seen(at.tx(), request, at.user(), enrolment));
                });
    }

    private Reply unenrol(Request request) {
        boolean removeRecovery = request.query().flag("removeRecoveryEnrollment", false);
        return change(
                request,
                at -> {
                    engine.require(at.tx(), at.user().id(), factorId(request));
                    requireInUse(at.user());
                    engine.unenrol(at, factorId(request), removeRecovery);
                    return Reply.noContent();
                });
    }

    private Reply resend(Request request) {
        request.object();
        return change(
                request,
                at -> {
                    Enrolment enrolment = engine.resend(at, factorId(request));
                    return one(request, at.user(), new Seen(enrolment, Optional.empty()));
                });
    }

    private Reply activate(Request request) {
        Proof shown = request.hasBody() ? request.body(Proof.SHAPE) : Proof.NONE;
        Enrolment known =
                database.read(
                        request.org().number(),
                        reader ->
                                engine.require(
                                        reader, user(reader, request).id(), factorId(request)));
        return known.kind() == FactorKind.PUSH
                ? activations.activate(request)
                : activate(request, shown);
    }

    private Reply activate(Request request, Proof proof) {
        return proven(
                request,
                at -> engine.activate(at, factorId(request), proof),
                (verification, out) -> {
                    Enrolment enrolment = verification.enrolment();
                    new FactorJson(request.baseUrl(), enrolment.userId())
                            .write(out, enrolment, Optional.empty());
                });
    }

    private Reply verify(Request request) {
        Proof proof = request.hasBody() ? request.body(Proof.SHAPE) : Proof.NONE;
        Duration lifetime = lifetime(request);
        return proven(
                request,
                at -> {
                    Enrolment factor = engine.require(at.tx(), at.user().id(), factorId(request));
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

    /** A change of which enrolments there are: the user is held meanwhile. */
    private Reply change(Request request, Function<FactorContext, Reply> step) {
        return database.write(
                request.org().number(),
                tx -> {
                    User found = user(tx, request);
                    User user =
                            users.held(tx, found.id())
                                    .orElseThrow(
                                            () ->
                                                    ApiException.notFound(
                                                            request.variable("userId"),
                                                            UserDirectory.TYPE));
                    return step.apply(context(tx, request, user));
                });
    }

    private FactorContext context(Tx tx, Request request, User user) {
        Instant now = clock.now(request.org());
        return new FactorContext(tx, request.org(), user, request.baseUrl(), now);
    }

    private User user(Reader reader, Request request) {
        return users.require(reader, request.caller(), request.variable("userId"));
    }

    private Seen seen(Reader reader, Request request, User user, Enrolment enrolment) {
        return new Seen(
                enrolment,
                engine.activation(reader, request.org(), user, request.baseUrl(), enrolment));
    }

    private static Reply one(Request request, User user, Seen seen) {
        return Reply.ok(out -> json(request, user).write(out, seen.enrolment(), seen.activation()));
    }

    private static FactorJson json(Request request, User user) {
        return new FactorJson(request.baseUrl(), user.id());
    }

    private static String factorId(Request request) {
        return request.variable("factorId");
    }

    private static void requireInUse(User user) {
        if (user.status() == UserStatus.DEPROVISIONED) {
            throw ApiException.of("E0000038");
        }
    }

    private static Duration lifetime(Request request) {
        Optional<String> asked = request.query().text("tokenLifetimeSeconds");
        if (asked.isEmpty()) {
            return EnrolOptions.STANDARD_LIFETIME;
        }
        int seconds = asked.get().matches("\\d{1,5}") ? Integer.parseInt(asked.get()) : 0;
        if (seconds < 1 || seconds > 86_400) {
            throw ApiException.validation(
                    "tokenLifetimeSeconds", "tokenLifetimeSeconds: must be from 1 to 86400");
        }
        return Duration.ofSeconds(seconds);
    }
}
