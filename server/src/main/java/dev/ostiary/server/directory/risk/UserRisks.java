package dev.ostiary.server.directory.risk;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
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

    /** What {@link #write} writes. */
    private static final Schema SCHEMA =
            Schema.object("UserRisk")
                    .always("riskLevel", Schema.words("LOW", "MEDIUM", "HIGH", NONE))
                    .maybe("reason", Schema.TEXT)
                    .always("_links", Links.SCHEMA);

    private final Database database;
    private final UserEvents events;
    private final UserDirectory users;
    private final UserRiskStore store = new UserRiskStore();

    public UserRisks(Database database, EventCatalogue events, UserDirectory users) {
        this.database = database;
        this.events = new UserEvents(events);
        this.users = users;
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
        Said said;
        try {
            said = database.write(request.org().number(), tx -> put(tx, request, risk));
        } catch (ForeignKeyViolation e) {
            throw gone(request);
        }
        return Reply.json(said.first() ? 201 : 200, out -> write(out, said, request));
    }

    private Said put(Tx tx, Request request, UserRisk risk) {
        User user = user(tx, request);
        boolean first = store.insert(tx, user.id(), risk);
        if (first) {
            tx.emit(changed(user, Optional.empty(), risk));
        } else {
            UserRisk before = store.lock(tx, user.id()).orElseThrow(() -> gone(request));
            if (!before.equals(risk)) {
                store.update(tx, user.id(), risk);
                tx.emit(changed(user, Optional.of(before), risk));
            }
        }
        return new Said(user, Optional.of(risk), first);
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
