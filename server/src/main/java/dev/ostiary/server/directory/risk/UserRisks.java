package dev.ostiary.server.directory.risk;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.ForeignKeyViolation;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.directory.users.UserEvents;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/** The tag UserRisk. Thread-safe. */
public final class UserRisks implements Family {

    private static final String NONE = "NONE";
    private static final RiskResponse.Detection REPORTED =
            RiskResponse.Detection.ADMIN_REPORTED_USER_RISK;

    /** Signs a user out everywhere, within a transaction. Implementations are thread-safe. */
    @FunctionalInterface
    public interface SignOut {

        /** The user is signed in nowhere any more. */
        void everywhere(Tx tx, Org org, User user);
    }

    /** What {@link #write} writes. */
    private static final Schema SCHEMA =
            Schema.object("UserRisk")
                    .always("riskLevel", Schema.words("LOW", "MEDIUM", "HIGH", NONE))
                    .maybe("reason", Schema.TEXT)
                    .always("_links", Links.SCHEMA);

    private final Database database;
    private final UserEvents events;
    private final UserDirectory users;
    private final RiskResponse response;
    private final SignOut signOut;
    private final UserRiskStore store = new UserRiskStore();

    /**
     * The risk of users.
     *
     * @param response what orgs do about it
     * @param signOut signs out whom the response says
     */
    public UserRisks(
            Database database,
            EventCatalogue events,
            UserDirectory users,
            RiskResponse response,
            SignOut signOut) {
        this.database = database;
        this.events = new UserEvents(events);
        this.users = users;
        this.response = response;
        this.signOut = signOut;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("getUserRisk", this::get).answers(SCHEMA),
                Binding.of("upsertUserRisk", this::put).takes(UserRisk.SHAPE).answers(SCHEMA));
    }

    /** A user and what is said of it now. */
    private record Said(User user, Optional<UserRisk> risk, boolean first) {}

    private Reply get(Request request) {
        Said said =
                database.read(
                        request.org().number(),
                        reader -> {
                            User user = user(reader, request);
                            return new Said(user, store.of(reader, user.id()), false);
                        });
        return Reply.ok(out -> write(out, said, request));
    }

    private Reply put(Request request) {
        UserRisk risk = request.body(UserRisk.SHAPE);
        User seen = database.read(request.org().number(), reader -> user(reader, request));
        RiskResponse.Answer answer =
                response.to(
                        request.org(), seen, new RiskResponse.Found(risk.level().name(), REPORTED));
        Said said;
        try {
            said = database.write(request.org().number(), tx -> put(tx, request, risk, answer));
        } catch (ForeignKeyViolation e) {
            throw gone(request);
        }
        return Reply.json(said.first() ? 201 : 200, out -> write(out, said, request));
    }

    private Said put(Tx tx, Request request, UserRisk risk, RiskResponse.Answer answer) {
        User user = user(tx, request);
        boolean first = store.insert(tx, user.id(), risk);
        if (first) {
            changed(tx, request, user, Optional.empty(), risk, answer);
        } else {
            UserRisk before = store.lock(tx, user.id()).orElseThrow(() -> gone(request));
            if (!before.equals(risk)) {
                store.update(tx, user.id(), risk);
                changed(tx, request, user, Optional.of(before), risk, answer);
            }
        }
        return new Said(user, Optional.of(risk), first);
    }

    /** A level that is said again is no news: nothing is done about it again. */
    private void changed(
            Tx tx,
            Request request,
            User user,
            Optional<UserRisk> before,
            UserRisk after,
            RiskResponse.Answer answer) {
        tx.emit(changed(user, before, after));
        if (before.isPresent() && before.get().level() == after.level()) {
            return;
        }
        tx.emit(detected(user, before, after));
        answer.events().forEach(tx::emit);
        if (answer.signsOut()) {
            signOut.everywhere(tx, request.org(), user);
        }
    }

    /** Between the reading of the user and the writing of its risk, somebody deleted it. */
    private static ApiException gone(Request request) {
        return ApiException.notFound(request.variable("userId"), UserDirectory.TYPE);
    }

    private User user(Reader reader, Request request) {
        return users.require(reader, request.caller(), request.variable("userId"));
    }

    /** As the catalogue of events describes {@code RiskChangeSecurityData}. */
    private Event changed(User user, Optional<UserRisk> before, UserRisk after) {
        int was = before.map(risk -> risk.level().ordinal()).orElse(-1);
        int is = after.level().ordinal();
        ObjectNode change =
                Json.object()
                        .put("riskLevel", after.level().name())
                        .put("priorRiskLevel", level(before));
        if (is != was) {
            change.put("direction", is > was ? "increase" : "decrease");
        }
        change.put("reasonCode", after.reason());
        return events.of("user.risk.change", user).debug("riskChange", Json.text(change));
    }

    /** As "Identity Threat Protection Event Types" has the risk in {@code user.risk.detect}. */
    private Event detected(User user, Optional<UserRisk> before, UserRisk after) {
        return events.of("user.risk.detect", user)
                .debug(
                        "risk",
                        "{previousLevel=%s, level=%s, detectionName=%s, reasons=%s, issuer=OKTA}"
                                .formatted(
                                        level(before),
                                        after.level(),
                                        REPORTED.title(),
                                        after.reason()));
    }

    private static String level(Optional<UserRisk> risk) {
        return risk.map(said -> said.level().name()).orElse(NONE);
    }

    private static void write(JsonGenerator out, Said said, Request request) {
        String user = request.url("/api/v1/users/" + said.user().id());
        out.writeStartObject();
        out.writeStringProperty("riskLevel", level(said.risk()));
        said.risk().ifPresent(risk -> out.writeStringProperty("reason", risk.reason()));
        new Links()
                .hinted("self", user + "/risk", "GET", "PUT")
                .hinted("user", user, "GET")
                .write(out);
        out.writeEndObject();
    }
}
