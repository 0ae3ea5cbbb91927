package dev.ostiary.server.signin.factors;

import static java.util.Comparator.comparing;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.directory.users.UserStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
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
    private final FactorProofs proofs;

    /** Operations over these neighbours. */
    public UserFactors(
            Database database,
            InstantSource time,
            UserDirectory users,
            FactorEngine engine,
            KeyGroups keyGroups) {
        this.database = database;
        this.clock = new OrgClock(time);
        this.users = users;
        this.engine = engine;
        this.activations =
                new PushActivations(
                        database, time, users, engine.pushMethod(), engine.pushInvitations());
        this.proofs = new FactorProofs(database, clock, users, engine, activations, keyGroups);
    }

    @Override
    public List<Binding> bindings() {
        return Stream.of(own(), proofs.bindings(), activations.bindings())
                .flatMap(List::stream)
                .toList();
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
                Binding.of("resendEnrollFactor", this::resend)
                        .takes(
                                Schema.object()
                                        .maybe("factorType", Schema.TEXT)
                                        .maybe("provider", Schema.TEXT)
                                        .maybe("profile", Schema.DOCUMENT))
                        .answers(RESENT));
    }

    /** A factor and what its activation needs. */
    private record Seen(Enrolment enrolment, Optional<ObjectNode> activation) {}

    /** The security question comes first, as in the catalogue; the others as they were enrolled. */
    private Reply list(Request request) {
        return database.read(
                request.org().number(),
                reader -> {
                    User user = user(reader, request);
                    FactorJson json = json(request, user);
                    List<Seen> all =
                            engine.known().enrolments(reader, request.org(), user.id()).stream()
                                    .sorted(comparing(each -> each.kind() != FactorKind.QUESTION))
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
                            engine.known().offers(reader, request.org(), user.id()),
                            (offer, out) -> json.writeOffer(out, offer));
                });
    }

    /**
     * The same questions for everybody. Sign-in publishes this link to who has proven nothing but a
     * password and holds no credentials ({@code MFA_ENROLL}): only administrators learn whether
     * there is the user.
     */
    private Reply questions(Request request) {
        if (request.caller().permissions().superAdmin()) {
            database.read(request.org().number(), reader -> user(reader, request));
        }
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
                                    engine.known().require(reader, user.id(), factorId(request))));
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
                    engine.known().require(at.tx(), at.user().id(), factorId(request));
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
                engine.known()
                        .activation(reader, request.org(), user, request.baseUrl(), enrolment));
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

    static Optional<Duration> lifetime(Request request) {
        Optional<String> asked = request.query().text("tokenLifetimeSeconds");
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        int seconds = asked.get().matches("\\d{1,5}") ? Integer.parseInt(asked.get()) : 0;
        if (seconds < 1 || seconds > 86_400) {
            throw ApiException.validation(
                    "tokenLifetimeSeconds", "tokenLifetimeSeconds: must be from 1 to 86400");
        }
        return Optional.of(Duration.ofSeconds(seconds));
    }
}
