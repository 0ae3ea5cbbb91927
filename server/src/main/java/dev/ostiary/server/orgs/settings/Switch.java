package dev.ostiary.server.orgs.settings;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.Setting;
import dev.ostiary.platform.store.Database;
import java.time.InstantSource;
import java.util.Map;

/** One thing that is on or off in an org. Thread-safe. */
final class Switch {

    /** The switch alone in an object. */
    record State(boolean on) {}

    private final Database database;
    private final OrgLog log;
    private final String field;
    private final Shape<State> shape;
    private final Setting<State> setting;

    /**
     * @param kind of the document that keeps it
     * @param field what the wire calls it
     * @param usual how it is at first
     */
    Switch(
            Database database,
            InstantSource time,
            OrgLog log,
            String kind,
            String field,
            boolean usual) {
        this.database = database;
        this.log = log;
        this.field = field;
        this.shape = shape(field);
        this.setting = new Setting<>(kind, shape, new State(usual), time);
    }

    private static Shape<State> shape(String name) {
        Shape.Builder<State> shape = Shape.of(name);
        Field<State, Boolean> on = shape.field(name, Type.BOOLEAN, State::on).required();
        return shape.build(in -> new State(in.get(on)));
    }

    Shape<State> shape() {
        return shape;
    }

    boolean of(Request request) {
        return of(request.org());
    }

    boolean of(Org org) {
        return database.read(org.number(), setting::value).on();
    }

    /** Turns it on or off; it is so from now on. */
    boolean turn(Request request, boolean on) {
        Org org = request.org();
        return setting.change(
                        database,
                        org,
                        old -> new State(on),
                        (tx, old, now) ->
                                log.changed(
                                        tx, org, Map.of(field, old.on()), Map.of(field, now.on())))
                .value()
                .on();
    }
}
