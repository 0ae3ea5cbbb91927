package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserDirectory;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * What becomes of a device that was invited (Factors, "Activate Push Factor"): a client looks
 * whether it has come, starts anew when it came too late, or has the way to it sent by mail or SMS.
 * Thread-safe.
 */
final class PushActivations implements Family {

    /** What {@link #write} writes until the device has come; then it is the factor. */
    static final Schema SCHEMA =
            Schema.either(
                    FactorJson.SCHEMA,
                    Schema.object("PushActivation")
                            .maybe("expiresAt", Schema.MOMENT)
                            .always("factorResult", Schema.words("WAITING", "TIMEOUT"))
                            .always("_links", Links.SCHEMA));

    private final Database database;
    private final OrgClock clock;
    private final UserDirectory users;
    private final PushMethod method;
    private final PushInvitations invitations;
    private final FactorStore store = new FactorStore();

    PushActivations(
            Database database,
            InstantSource time,
            UserDirectory users,
            PushMethod method,
            PushInvitations invitations) {
        this.database = database;
        this.clock = new OrgClock(time);
        this.users = users;
        this.method = method;
        this.invitations = invitations;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("pollFactorActivation", request -> on(request, (at, factor) -> factor))
                        .answers(SCHEMA),
                Binding.of(
                                "sendFactorActivationEmail",
                                request ->
                                        on(
                                                request,
                                                (at, factor) ->
                                                        invitations.send(
                                                                at,
                                                                factor,
                                                                new Invitation.ByMail())))
                        .answers(SCHEMA),
                Binding.of("sendFactorActivationSms", this::message)
                        .mayTake(
                                Schema.object()
                                        .maybe(
                                                "profile",
                                                Schema.object().maybe("phoneNumber", Schema.TEXT)))
                        .answers(SCHEMA));
    }

    /** A step with a push factor that is held. */
    interface Step {
        Factor take(FactorContext at, Factor factor);
    }

    /** Looks whether the device has come, and begins anew if it came too late. */
    Reply activate(Request request) {
        return on(
                request,
                (at, factor) -> {
                    if (factor.enrolment().active() || !PushMethod.expired(factor, at.now())) {
                        return factor;
                    }
                    Factor anew = method.restarted(at, factor);
                    store.save(at.tx(), anew);
                    return anew;
                });
    }

    private Reply message(Request request) {
        Optional<String> number =
                request.hasBody()
                        ? Optional.of(request.object().at("/profile/phoneNumber"))
                                .filter(JsonNode::isString)
                                .map(JsonNode::stringValue)
                        : Optional.empty();
        return on(
                request,
                (at, factor) -> invitations.send(at, factor, new Invitation.BySms(number)));
    }

    private Reply on(Request request, Step step) {
        return database.write(
                request.org().number(),
                tx -> {
                    User user = users.require(tx, request.caller(), request.variable("userId"));
                    FactorContext at = context(tx, request, user);
                    String id = request.variable("factorId");
                    Factor factor =
                            store.lock(tx, user.id(), id)
                                    .filter(each -> each.enrolment().kind() == FactorKind.PUSH)
                                    .orElseThrow(
                                            () -> ApiException.notFound(id, FactorEngine.TYPE));
                    Factor after = step.take(at, factor);
                    return Reply.ok(out -> write(out, at, after));
                });
    }

    private FactorContext context(Tx tx, Request request, User user) {
        return new FactorContext(
                tx, request.org(), user, request.baseUrl(), clock.now(request.org()));
    }

    private void write(JsonGenerator out, FactorContext at, Factor factor) {
        if (factor.enrolment().active()) {
            new FactorJson(at.baseUrl(), at.user().id())
                    .write(out, factor.enrolment(), Optional.empty());
            return;
        }
        String path = at.baseUrl() + "/api/v1/users/" + at.user().id() + "/factors/" + factor.id();
        out.writeStartObject();
        if (PushMethod.expired(factor, at.now())) {
            out.writeStringProperty("factorResult", "TIMEOUT");
            new Links().hinted("activate", path + "/lifecycle/activate", "POST").write(out);
        } else {
            Factor.Code code = Objects.requireNonNull(factor.code());
            out.writeStringProperty("expiresAt", Dates.text(code.expires()));
            out.writeStringProperty("factorResult", "WAITING");
            out.writeName("_links");
            Json.raw(out, Json.text(PushMethod.links(path, method.code(at, factor), true)));
        }
        out.writeEndObject();
    }
}
