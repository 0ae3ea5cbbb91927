package dev.ostiary.server.orgs;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.org.OrgSettings;
import dev.ostiary.platform.org.OrgSettingsStore;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import java.time.Duration;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * Moves the clock of an org that is there to be tested with, so that nobody waits for a session, a
 * lockout or a password to come to its end. Never in any other org: there time is what keeps people
 * out. Thread-safe.
 */
public final class OrgClocks implements Family {

    /** Ten years: more than anything in an org lasts. */
    private static final Duration FARTHEST = Duration.ofDays(3650);

    private static final Shape<Duration> SHAPE = shape();
    private static final Schema SCHEMA =
            Schema.object("OrgClock").always("time", Schema.MOMENT).always("ahead", Schema.TEXT);

    private final Database database;
    private final InstantSource time;
    private final EventCatalogue events;
    private final OrgClock clock;

    public OrgClocks(Database database, InstantSource time, EventCatalogue events) {
        this.database = database;
        this.time = time;
        this.events = events;
        this.clock = new OrgClock(time);
    }

    private static Shape<Duration> shape() {
        Shape.Builder<Duration> shape = Shape.of("clock");
        Field<Duration, String> advance =
                shape.field("advance", Type.TEXT, Duration::toString)
                        .required()
                        .must(
                                text -> duration(text).isPresent(),
                                "must be an ISO 8601 duration, such as PT2H or -P1D, of at most ten years");
        return shape.build(in -> duration(in.get(advance)).orElseThrow());
    }

    private static Optional<Duration> duration(String text) {
        try {
            return Optional.of(Duration.parse(text))
                    .filter(length -> length.abs().compareTo(FARTHEST) <= 0);
        } catch (DateTimeParseException | ArithmeticException none) {
            return Optional.empty();
        }
    }

    @Override
    public List<Binding> bindings() {
        return List.of(Binding.of("moveOstiaryClock", this::move).takes(SHAPE).answers(SCHEMA));
    }

    /** The clock goes from where it is, and never behind the real time. */
    private Reply move(Request request) {
        Duration advance = request.body(SHAPE);
        OrgSettings moved =
                database.write(request.org().number(), tx -> moved(tx, request, advance));
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    out.writeStringProperty("time", Dates.text(clock.now(moved)));
                    out.writeStringProperty("ahead", moved.clock().toString());
                    out.writeEndObject();
                });
    }

    private OrgSettings moved(Tx tx, Request request, Duration advance) {
        ConfigVersionStore.hold(tx);
        OrgSettings before = OrgSettingsStore.read(tx);
        if (!before.test()) {
            throw ApiException.forbidden()
                    .because("The clock is moved only in an org whose setting test is true");
        }
        Duration ahead = before.clock().plus(advance);
        if (ahead.isNegative() || ahead.compareTo(FARTHEST) > 0) {
            throw ApiException.validation(
                    "advance", "advance: The clock stays between the real time and ten years on");
        }
        OrgSettings after = before.clock(ahead);
        tx.emit(
                events.event("support.org.update")
                        .target(
                                new Target(
                                        request.org().id(),
                                        "Org",
                                        request.org().name(),
                                        request.org().name()))
                        .debug("clockAhead", ahead.toString()));
        OrgSettingsStore.write(tx, after, time.instant());
        return after;
    }
}
