package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserDirectory;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * {@code /ostiary/v1/push}: how a device becomes a factor, sees what it is asked, and answers. The
 * original's app speaks another protocol, which is not published; a test, or an app of one's own,
 * speaks this one. A device comes with the code that it scanned and gets a token, which is all that
 * it needs from then on. Thread-safe.
 */
public final class PushDevices implements Family {

    private static final int TOKEN = 43;
    private static final int LONGEST = 255;

    private static final Schema REGISTERED =
            Schema.object("PushDevice")
                    .always("userId", Schema.TEXT)
                    .always("factorId", Schema.TEXT)
                    .always("deviceToken", Schema.TEXT);

    private static final Schema QUESTION =
            Schema.object("PushTransaction")
                    .always("id", Schema.TEXT)
                    .always("created", Schema.MOMENT)
                    .always("expiresAt", Schema.MOMENT)
                    .always("numberNeeded", Schema.BOOLEAN)
                    .maybe("message", Schema.TEXT);

    private static final Schema ANSWERED =
            Schema.object().always("factorResult", Schema.words("SUCCESS", "REJECTED"));

    /** What a device says of itself when it comes. */
    private record Arrival(
            String code,
            @Nullable String name,
            @Nullable String deviceType,
            @Nullable String platform,
            @Nullable String version) {

        static final Shape<Arrival> SHAPE = shape();

        private static Shape<Arrival> shape() {
            Shape.Builder<Arrival> shape = Shape.of("device");
            Field<Arrival, String> code =
                    text(shape.field("code", Type.TEXT, Arrival::code)).required();
            Field<Arrival, String> name = text(shape.field("name", Type.TEXT, Arrival::name));
            Field<Arrival, String> type =
                    text(shape.field("deviceType", Type.TEXT, Arrival::deviceType));
            Field<Arrival, String> platform =
                    text(shape.field("platform", Type.TEXT, Arrival::platform));
            Field<Arrival, String> version =
                    text(shape.field("version", Type.TEXT, Arrival::version));
            return shape.build(
                    in ->
                            new Arrival(
                                    in.get(code),
                                    in.orNull(name),
                                    in.orNull(type),
                                    in.orNull(platform),
                                    in.orNull(version)));
        }

        Map<String, String> facts(User user) {
            Map<String, String> facts = new LinkedHashMap<>();
            facts.put("credentialId", user.login());
            put(facts, "deviceType", deviceType);
            put(facts, "name", name);
            put(facts, "platform", platform);
            put(facts, "version", version);
            return facts;
        }

        private static void put(Map<String, String> facts, String key, @Nullable String value) {
            if (value != null) {
                facts.put(key, value);
            }
        }
    }

    /** A device shows its token, and maybe answers. */
    private record Said(String deviceToken, @Nullable Boolean approve, @Nullable Integer number) {

        static final Shape<Said> SHAPE = shape(false);
        static final Shape<Said> ANSWER = shape(true);

        private static Shape<Said> shape(boolean answers) {
            Shape.Builder<Said> shape = Shape.of("device");
            Field<Said, String> token =
                    text(shape.field("deviceToken", Type.TEXT, Said::deviceToken)).required();
            Field<Said, Boolean> approve = shape.field("approve", Type.BOOLEAN, Said::approve);
            if (answers) {
                approve.required();
            }
            Field<Said, Integer> number = shape.field("number", Type.INTEGER, Said::number);
            return shape.build(
                    in -> new Said(in.get(token), in.orNull(approve), in.orNull(number)));
        }
    }

    private static <T> Field<T, String> text(Field<T, String> field) {
        return field.must(
                value -> value.length() <= LONGEST, "must be at most " + LONGEST + " characters");
    }

    private final Database database;
    private final OrgClock clock;
    private final UserDirectory users;
    private final Tokens tokens;
    private final PushMethod method;
    private final PushQuestions questions;
    private final FactorEvents events;
    private final FactorStore factors = new FactorStore();
    private final PushStore store = new PushStore();

    /** Devices of factors that an engine knows. */
    public PushDevices(
            Database database,
            InstantSource time,
            UserDirectory users,
            Tokens tokens,
            FactorEngine engine,
            EventCatalogue catalogue) {
        this.database = database;
        this.clock = new OrgClock(time);
        this.users = users;
        this.tokens = tokens;
        this.method = engine.pushMethod();
        this.questions = engine.pushQuestions();
        this.events = new FactorEvents(catalogue);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("registerOstiaryPushDevice", this::register)
                        .takes(Arrival.SHAPE)
                        .answers(REGISTERED),
                Binding.of("listOstiaryPushTransactions", this::list)
                        .takes(Said.SHAPE)
                        .answersMany(QUESTION),
                Binding.of("answerOstiaryPushTransaction", this::answer)
                        .takes(Said.ANSWER)
                        .answers(ANSWERED));
    }

    private Reply register(Request request) {
        Arrival arrival = request.body(Arrival.SHAPE);
        String token = tokens.urlSafe(TOKEN);
        Factor registered =
                database.write(
                        request.org().number(),
                        tx -> {
                            Factor found = factor(tx, PushMethod.activationKey(arrival.code()));
                            User user = user(tx, found);
                            FactorContext at = context(tx, request, user);
                            Factor factor =
                                    factors.lock(tx, user.id(), found.id())
                                            .filter(each -> !each.enrolment().active())
                                            .filter(each -> !PushMethod.expired(each, at.now()))
                                            .orElseThrow(PushDevices::unknown);
                            Factor active =
                                    method.completed(at, factor, token, arrival.facts(user));
                            factors.save(tx, active);
                            tx.emit(events.arrived(user, active.enrolment()));
                            return active;
                        });
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    out.writeStringProperty("userId", registered.enrolment().userId());
                    out.writeStringProperty("factorId", registered.id());
                    out.writeStringProperty("deviceToken", token);
                    out.writeEndObject();
                });
    }

    private Reply list(Request request) {
        Said said = request.body(Said.SHAPE);
        List<PushTransaction> open =
                database.read(
                        request.org().number(),
                        reader ->
                                store.waiting(
                                        reader,
                                        factor(reader, PushMethod.deviceKey(said.deviceToken()))
                                                .id(),
                                        clock.now(request.org())));
        return Reply.list(open, PushDevices::write);
    }

    private static void write(PushTransaction question, JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("id", question.id());
        out.writeStringProperty("created", Dates.text(question.created()));
        out.writeStringProperty("expiresAt", Dates.text(question.expires()));
        out.writeBooleanProperty("numberNeeded", question.number() != null);
        Optional.ofNullable(question.message())
                .ifPresent(message -> out.writeStringProperty("message", message));
        out.writeEndObject();
    }

    private Reply answer(Request request) {
        Said said = request.body(Said.ANSWER);
        PushTransaction answered =
                database.write(
                        request.org().number(),
                        tx -> {
                            Factor found = factor(tx, PushMethod.deviceKey(said.deviceToken()));
                            User user = user(tx, found);
                            Factor device =
                                    factors.lock(tx, user.id(), found.id())
                                            .orElseThrow(PushDevices::unknown);
                            return questions.answer(
                                    context(tx, request, user),
                                    device,
                                    request.variable("transactionId"),
                                    new PushQuestions.Answer(
                                            Boolean.TRUE.equals(said.approve()), said.number()));
                        });
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    out.writeStringProperty("factorResult", answered.result().name());
                    out.writeEndObject();
                });
    }

    private Factor factor(Reader reader, String key) {
        return factors.holding(reader, FactorKind.PUSH, key).orElseThrow(PushDevices::unknown);
    }

    private User user(Reader reader, Factor factor) {
        return users.byId(reader, factor.enrolment().userId()).orElseThrow(PushDevices::unknown);
    }

    private FactorContext context(Tx tx, Request request, User user) {
        return new FactorContext(
                tx, request.org(), user, request.baseUrl(), clock.now(request.org()));
    }

    /** Whoever has no code or token that is one is nobody. */
    private static ApiException unknown() {
        return ApiException.of("E0000011");
    }
}
