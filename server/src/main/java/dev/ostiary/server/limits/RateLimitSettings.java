package dev.ostiary.server.limits;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** The tag RateLimitSettings. */
public final class RateLimitSettings implements Family {

    private static final int LEAST = 30;
    private static final int MOST = 90;

    private final Database database;
    private final EventCatalogue events;
    private final RateLimitSettingsStore store = new RateLimitSettingsStore();

    public RateLimitSettings(Database database, EventCatalogue events) {
        this.database = database;
        this.events = events;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("getRateLimitSettingsAdminNotifications", this::notifications)
                        .answers(Notifications.SHAPE),
                Binding.of("replaceRateLimitSettingsAdminNotifications", this::replaceNotifications)
                        .takes(Notifications.SHAPE)
                        .answers(Notifications.SHAPE),
                Binding.of("getRateLimitSettingsWarningThreshold", this::threshold)
                        .answers(Threshold.SHAPE),
                Binding.of("replaceRateLimitSettingsWarningThreshold", this::replaceThreshold)
                        .takes(Threshold.SHAPE)
                        .answers(Threshold.SHAPE),
                Binding.of("getRateLimitSettingsPerClient", this::perClient)
                        .answers(PerClient.SHAPE),
                Binding.of("replaceRateLimitSettingsPerClient", this::replacePerClient)
                        .takes(PerClient.SHAPE)
                        .answers(PerClient.SHAPE));
    }

    private record Notifications(Boolean notificationsEnabled) {
        private static final Shape<Notifications> SHAPE = shape();

        private static Shape<Notifications> shape() {
            Shape.Builder<Notifications> shape = Shape.of("rateLimitAdminNotifications");
            Field<Notifications, Boolean> enabled =
                    shape.field(
                                    "notificationsEnabled",
                                    Type.BOOLEAN,
                                    Notifications::notificationsEnabled)
                            .required();
            return shape.build(in -> new Notifications(in.get(enabled)));
        }
    }

    private record Threshold(Integer warningThreshold) {
        private static final Shape<Threshold> SHAPE = shape();

        private static Shape<Threshold> shape() {
            Shape.Builder<Threshold> shape = Shape.of("rateLimitWarningThreshold");
            Field<Threshold, Integer> percent =
                    shape.field("warningThreshold", Type.INTEGER, Threshold::warningThreshold)
                            .required()
                            .must(
                                    value -> value >= LEAST && value <= MOST,
                                    "must be between " + LEAST + " and " + MOST);
            return shape.build(in -> new Threshold(in.get(percent)));
        }
    }

    private Reply notifications(Request request) {
        return answer(Notifications.SHAPE, new Notifications(read(request).notifications()));
    }

    private Reply threshold(Request request) {
        return answer(Threshold.SHAPE, new Threshold(read(request).warningThreshold()));
    }

    private Reply perClient(Request request) {
        return answer(PerClient.SHAPE, read(request).perClient());
    }

    private Reply replaceNotifications(Request request) {
        boolean enabled = request.body(Notifications.SHAPE).notificationsEnabled();
        Chosen now =
                change(
                        request,
                        old -> old.withNotifications(enabled),
                        (event, old) ->
                                event.debug("notificationEnabled", Boolean.toString(enabled)));
        return answer(Notifications.SHAPE, new Notifications(now.notifications()));
    }

    private Reply replaceThreshold(Request request) {
        int percent = request.body(Threshold.SHAPE).warningThreshold();
        Chosen now =
                change(
                        request,
                        old -> old.withWarningThreshold(percent),
                        (event, old) ->
                                event.debug(
                                                "oldThreshold",
                                                Integer.toString(old.warningThreshold()))
                                        .debug("newThreshold", Integer.toString(percent)));
        return answer(Threshold.SHAPE, new Threshold(now.warningThreshold()));
    }

    private Reply replacePerClient(Request request) {
        PerClient body = request.body(PerClient.SHAPE);
        Chosen now =
                change(
                        request,
                        old -> old.withPerClient(body),
                        (event, old) ->
                                event.debug(
                                        "clientRateLimitSettings",
                                        PerClient.change(old.perClient(), body)));
        return answer(PerClient.SHAPE, now.perClient());
    }

    private Chosen read(Request request) {
        return database.read(request.org().number(), store::read);
    }

    /** The same again is no change: nothing is written, and the log is silent. */
    private Chosen change(
            Request request,
            UnaryOperator<Chosen> changing,
            BiFunction<Event, Chosen, Event> telling) {
        return database.write(
                request.org().number(),
                tx -> {
                    Chosen old = store.readForUpdate(tx);
                    Chosen now = changing.apply(old);
                    if (!now.equals(old)) {
                        Event event = events.event("system.rate_limit.configuration.update");
                        tx.emit(telling.apply(event, old));
                        store.write(tx, now);
                    }
                    return now;
                });
    }

    private static <T> Reply answer(Shape<T> shape, T value) {
        return Reply.ok(out -> shape.write(out, value));
    }
}
