package dev.ostiary.server.directory.usertypes;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.platform.store.UniqueViolation;
import dev.ostiary.server.directory.schemas.Schemas;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tag UserType. Thread-safe. */
public final class UserTypes implements Family {

    private static final String DEFAULT = "default";

    /** With the default one (User Types, "Create User Type"). */
    private static final int MOST = 10;

    private static final int LONGEST = 255;
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,254}");

    private final Database database;
    private final Ids ids;
    private final InstantSource time;
    private final EventCatalogue events;
    private final Schemas schemas;
    private final BiPredicate<Tx, String> hasUsers;
    private final UserTypeStore store = new UserTypeStore();

    /**
     * The family over these neighbours.
     *
     * @param hasUsers whether there are users of the type of an id
     */
    public UserTypes(
            Database database,
            Ids ids,
            InstantSource time,
            EventCatalogue events,
            Schemas schemas,
            BiPredicate<Tx, String> hasUsers) {
        this.database = database;
        this.ids = ids;
        this.time = time;
        this.events = events;
        this.schemas = schemas;
        this.hasUsers = hasUsers;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listUserTypes", this::list).answersMany(UserType.SCHEMA),
                Binding.of("createUserType", this::create)
                        .takes(Body.SHAPE)
                        .answers(UserType.SCHEMA),
                Binding.of("getUserType", this::get).answers(UserType.SCHEMA),
                Binding.of("updateUserType", this::update)
                        .takes(Body.SHAPE)
                        .answers(UserType.SCHEMA),
                Binding.of("replaceUserType", this::replace)
                        .takes(Body.SHAPE)
                        .answers(UserType.SCHEMA),
                Binding.of("deleteUserType", this::delete));
    }

    private record Body(
            @Nullable String name, @Nullable String displayName, @Nullable String description) {

        private static final Shape<Body> SHAPE = shape();

        private static Shape<Body> shape() {
            Shape.Builder<Body> shape = Shape.of("userType");
            Field<Body, String> name = shape.field("name", Type.TEXT, Body::name);
            Field<Body, String> displayName =
                    shape.field("displayName", Type.TEXT, Body::displayName);
            Field<Body, String> description =
                    shape.field("description", Type.TEXT, Body::description);
            return shape.build(
                    in ->
                            new Body(
                                    in.orNull(name),
                                    in.orNull(displayName),
                                    in.orNull(description)));
        }

        /** What is wrong with it, all at once; a partial update may leave out what it likes. */
        Body checked(boolean named, boolean whole) {
            Reading reading = new Reading();
            if (named && (name == null || !NAME.matcher(name).matches())) {
                reading.wrong(
                        Path.root("name").field("name"),
                        "must begin with a letter and contain only letters, digits and underscores");
            }
            text("displayName", displayName, whole, reading);
            text("description", description, false, reading);
            reading.finish();
            return this;
        }

        private static void text(
                String field, @Nullable String value, boolean needed, Reading reading) {
            Path at = Path.root(field).field(field);
            if (value == null) {
                if (needed) {
                    reading.wrong(at, "The field cannot be left blank");
                }
            } else if (needed && value.isBlank()) {
                reading.wrong(at, "The field cannot be left blank");
            } else if (value.codePointCount(0, value.length()) > LONGEST) {
                reading.wrong(
                        at,
                        "The field is too long: at most " + LONGEST + " characters are allowed");
            }
        }
    }

    private Reply list(Request request) {
        List<UserType> types =
                database.read(request.org().number(), reader -> store.all(reader, request.org()));
        return Reply.list(types, (type, out) -> type.write(out, request.org(), request.baseUrl()));
    }

    private Reply create(Request request) {
        Org org = request.org();
        Body body = request.body(Body.SHAPE).checked(true, true);
        Instant now = now();
        String by = userId(request);
        UserType type =
                new UserType(
                        ids.next("oty", org.tail(), now),
                        Objects.requireNonNull(body.name()),
                        Objects.requireNonNull(body.displayName()),
                        body.description(),
                        now,
                        by,
                        now,
                        by);
        try {
            database.write(
                    org.number(),
                    tx -> {
                        ConfigVersionStore.hold(tx);
                        requireRoom(tx, org, type);
                        store.save(tx, type);
                        schemas.create(tx, type.id(), type.name(), type.displayName(), now);
                        tx.emit(
                                events.event("directory.non_default_user_profile.create")
                                        .target(type.target()));
                        ConfigVersionStore.raise(tx, ConfigArea.SCHEMAS);
                        return type;
                    });
        } catch (UniqueViolation taken) {
            throw taken.constraint().equals(UserTypeStore.NAME_IS_TAKEN) ? nameTaken() : taken;
        }
        return answer(request, type);
    }

    private void requireRoom(Tx tx, Org org, UserType type) {
        List<UserType> all = store.all(tx, org);
        if (type.name().equalsIgnoreCase(UserType.DEFAULT_NAME)) {
            throw nameTaken();
        }
        if (all.size() >= MOST) {
            throw ApiException.validation(
                    "userType", "userType: At most " + MOST + " user types are allowed");
        }
    }

    private static ApiException nameTaken() {
        return ApiException.validation(
                "name",
                "name: An object with this field already exists in the current organization");
    }

    private Reply get(Request request) {
        return answer(
                request,
                database.read(
                        request.org().number(),
                        reader ->
                                store.find(reader, request.org(), id(request))
                                        .orElseThrow(() -> unknown(request))));
    }

    private Reply update(Request request) {
        Body body = request.body(Body.SHAPE).checked(false, false);
        return change(
                request,
                old ->
                        old.with(
                                Objects.requireNonNullElse(body.displayName(), old.displayName()),
                                body.description() == null ? old.description() : body.description(),
                                userId(request),
                                now()));
    }

    /** The name has to be there, and stays what it was. */
    private Reply replace(Request request) {
        Body body = request.body(Body.SHAPE).checked(true, true);
        return change(
                request,
                old ->
                        old.with(
                                Objects.requireNonNull(body.displayName()),
                                body.description(),
                                userId(request),
                                now()));
    }

    private Reply change(Request request, UnaryOperator<UserType> change) {
        Org org = request.org();
        return answer(
                request,
                database.write(
                        org.number(),
                        tx -> {
                            ConfigVersionStore.hold(tx);
                            UserType old =
                                    store.find(tx, org, id(request))
                                            .orElseThrow(() -> unknown(request));
                            UserType changed = change.apply(old);
                            if (changed.displayName().equals(old.displayName())
                                    && Objects.equals(changed.description(), old.description())) {
                                return old;
                            }
                            store.save(tx, changed);
                            tx.emit(
                                    events.event("directory.user_profile.update")
                                            .target(changed.target()));
                            return changed;
                        }));
    }

    private Reply delete(Request request) {
        Org org = request.org();
        database.write(
                org.number(),
                tx -> {
                    ConfigVersionStore.hold(tx);
                    UserType type =
                            store.find(tx, org, id(request)).orElseThrow(() -> unknown(request));
                    if (type.isDefault(org) || hasUsers.test(tx, type.id())) {
                        throw ApiException.of("E0000142");
                    }
                    store.delete(tx, type);
                    schemas.delete(tx, type.id());
                    tx.emit(events.event("directory.user_profile.update").target(type.target()));
                    ConfigVersionStore.raise(tx, ConfigArea.SCHEMAS);
                    return type;
                });
        return Reply.noContent();
    }

    private static String id(Request request) {
        String id = request.variable("typeId");
        return id.equals(DEFAULT) ? UserType.defaultId(request.org()) : id;
    }

    private static ApiException unknown(Request request) {
        return ApiException.notFound(request.variable("typeId"), UserType.TYPE);
    }

    private static Reply answer(Request request, UserType type) {
        return Reply.ok(out -> type.write(out, request.org(), request.baseUrl()));
    }

    private static String userId(Request request) {
        return request.caller().actorId().orElse("");
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
