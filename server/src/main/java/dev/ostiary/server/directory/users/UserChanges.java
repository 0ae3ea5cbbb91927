package dev.ostiary.server.directory.users;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.ForeignKeyViolation;
import dev.ostiary.server.directory.schemas.ProfileAttribute;
import dev.ostiary.server.directory.schemas.ProfileAttribute.SelfAccess;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import dev.ostiary.server.directory.schemas.UniqueValues;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code updateUser} lays what it is given over the user, {@code replaceUser} takes it for the
 * whole (Users, "Update User"). Thread-safe.
 */
final class UserChanges {

    private static final String SUBJECT = "updateUser";

    private final Database database;
    private final UserParts parts;
    private final UserWrites writes;
    private final OrgClock clock;
    private final UserRewrites rewrites;
    private final UserStore store = new UserStore();
    private final UserDirectory directory = new UserDirectory(store);

    UserChanges(Database database, OrgClock clock, UserParts parts, UserWrites writes) {
        this.database = database;
        this.clock = clock;
        this.parts = parts;
        this.writes = writes;
        this.rewrites = new UserRewrites(parts);
    }

    /** POST: what is not named stays as it is, what is null goes. */
    Reply update(Request request) {
        Reading reading = new Reading();
        UserBody body = UserBody.read(request.object(), reading);
        @Nullable ObjectNode changes = body.profile();
        return apply(
                request,
                new Wanted(
                        body,
                        profile ->
                                changes == null ? profile : ProfileSchema.merged(profile, changes),
                        false),
                reading);
    }

    /** PUT: what is not named goes. A body without a profile leaves the profile alone. */
    Reply replace(Request request) {
        Reading reading = new Reading();
        UserBody body = UserBody.read(request.object(), reading);
        @Nullable ObjectNode whole = body.profile();
        return apply(
                request,
                new Wanted(body, profile -> whole == null ? profile : whole, true),
                reading);
    }

    /**
     * What a client wants of a user.
     *
     * @param profiles makes the profile of the one there is
     * @param whole whether the user is replaced, and so may change its type (User Types, "Specify
     *     the User Type of a new user")
     */
    private record Wanted(UserBody body, UnaryOperator<ObjectNode> profiles, boolean whole) {}

    /**
     * Judged twice: first as far as it goes without the lock, because hashing a password is slow,
     * then as a whole on the row that nobody else can change.
     */
    private Reply apply(Request request, Wanted wanted, Reading reading) {
        UserBody body = wanted.body();
        boolean admin = request.caller().permissions().superAdmin();
        User seen =
                database.read(
                        request.org().number(),
                        reader ->
                                directory
                                        .find(reader, request.caller(), request.variable("id"))
                                        .orElseThrow(() -> unknown(request, admin)));
        if (!admin) {
            requireOwnProfile(request, body, seen);
        }
        UserTag.require(request.header("If-Match"), seen);
        ObjectNode profile = profile(type(request, wanted, seen, reading), seen, wanted, reading);
        realm(request, body, seen, profile, reading);
        @Nullable CredentialsBody given = body.credentials();
        NewCredentials credentials =
                NewCredentials.of(
                        given == null ? null : given.without(seen.recoveryQuestion()),
                        profile,
                        parts.credentialRules().of(request.org(), seen.id()),
                        reading);
        reading.finish();
        if (request.query().flag("strict", false)) {
            requireFresh(request, seen, credentials);
        }
        NewCredentials.Hashed hashed = credentials.hashed(parts.hasher());
        User after = written(request, wanted, credentials, hashed);
        UserJson json =
                UserJson.single(request.baseUrl(), request.org())
                        .without(UserOmissions.of(request.header("Content-Type")))
                        .hiding(parts.hidden(request, after));
        return Reply.ok(out -> json.write(out, after));
    }

    private User written(
            Request request,
            Wanted wanted,
            NewCredentials credentials,
            NewCredentials.Hashed hashed) {
        try {
            return writes.change(
                    request, "id", change -> changed(change, wanted, credentials, hashed));
        } catch (ForeignKeyViolation gone) {
            throw UserRealms.refusal(gone, wanted.body().realmId());
        }
    }

    /** {@code strict}: the minimum age and the history of the policy count too. Slow. */
    private void requireFresh(Request request, User user, NewCredentials credentials) {
        @Nullable String password = credentials.password();
        if (password == null) {
            return;
        }
        Secrets secrets =
                database.read(request.org().number(), reader -> store.secrets(reader, user.id()));
        List<String> causes =
                parts.passwordHistory(parts.credentialRules().of(request.org(), user.id()).policy())
                        .check(password, user.passwordChanged(), secrets, clock.now(request.org()));
        if (!causes.isEmpty()) {
            throw ApiException.validation("password", causes);
        }
    }

    private static ApiException unknown(Request request, boolean admin) {
        return admin
                ? ApiException.notFound(request.variable("id"), UserDirectory.TYPE)
                : ApiException.forbidden();
    }

    /**
     * What the user had beside the schema, of another type or of days past, is no fault of the
     * client's.
     */
    private static ObjectNode profile(
            TypeAndSchema type, User user, Wanted wanted, Reading reading) {
        ObjectNode present = user.profile().document();
        present.retain(type.schema().attributes().stream().map(ProfileAttribute::name).toList());
        return type.schema().complete(wanted.profiles().apply(present), SUBJECT, reading);
    }

    private TypeAndSchema type(Request request, Wanted wanted, User user, Reading reading) {
        TypeAndSchema type =
                TypeAndSchema.named(
                        wanted.body(),
                        parts.schemas().of(request.org()),
                        request.org(),
                        user.typeId(),
                        reading);
        if (!wanted.whole() && !Objects.equals(type.typeId(), user.typeId())) {
            reading.wrong(
                    Path.root("type").field("type"),
                    "The user type can only be changed by a full replace of the user");
        }
        return type;
    }

    private @Nullable String realm(
            Request request, UserBody body, User user, ObjectNode profile, Reading reading) {
        return UserRealms.named(
                body,
                user.realmId(),
                profile,
                parts.realms().of(request.org()),
                request.org(),
                reading);
    }

    /** Users change their own profile, as far as the schema lets them, and nothing else here. */
    private void requireOwnProfile(Request request, UserBody body, User user) {
        if (!UserWrites.isSelf(request.caller(), user)
                || body.credentials() != null
                || body.typeId() != null
                || body.realmId() != null) {
            throw ApiException.forbidden();
        }
        @Nullable ObjectNode changes = body.profile();
        if (changes != null) {
            ProfileSchema schema =
                    TypeAndSchema.of(
                                    parts.schemas().of(request.org()), request.org(), user.typeId())
                            .schema();
            requireWritable(schema, changes, user.profile().document());
        }
    }

    private static void requireWritable(
            ProfileSchema schema, ObjectNode changes, ObjectNode present) {
        List<String> refused =
                schema.attributes().stream()
                        .filter(attribute -> attribute.self() != SelfAccess.READ_WRITE)
                        .map(ProfileAttribute::name)
                        .filter(name -> changes.has(name) && !same(changes, present, name))
                        .toList();
        if (!refused.isEmpty()) {
            throw ApiException.of("E0000077", String.join(", ", refused));
        }
    }

    private static boolean same(ObjectNode changes, ObjectNode present, String name) {
        JsonNode wanted = changes.path(name);
        JsonNode is = present.path(name);
        return wanted.isNull() ? is.isNull() || is.isMissingNode() : wanted.equals(is);
    }

    private User changed(
            UserWrites.Change change,
            Wanted wanted,
            NewCredentials credentials,
            NewCredentials.Hashed hashed) {
        User before = change.before();
        if (before.status() == UserStatus.DEPROVISIONED && !wanted.body().isMove()) {
            throw ApiException.of("E0000038");
        }
        UserTag.require(change.request().header("If-Match"), before);
        Reading reading = new Reading();
        TypeAndSchema type = type(change.request(), wanted, before, reading);
        ObjectNode profile = profile(type, before, wanted, reading);
        @Nullable String realm = realm(change.request(), wanted.body(), before, profile, reading);
        requireStaged(before, credentials, reading);
        reading.finish();
        boolean moves = !Objects.equals(type.typeId(), before.typeId());
        if (credentials.isEmpty()
                && !moves
                && Objects.equals(realm, before.realmId())
                && ProfileSchema.changed(before.profile().document(), profile).isEmpty()) {
            return before;
        }
        if (moves) {
            parts.uniqueValues().release(change.tx(), UniqueValues.USER, before.id());
        }
        parts.uniqueValues()
                .claim(change.tx(), UniqueValues.USER, before.id(), type.schema(), profile);
        User after = before.updated(type.typeId(), realm, Profile.of(profile), change.now());
        if (!credentials.isEmpty()) {
            after = after.with(credentials, change.now());
        }
        rewrites.write(
                change.tx(),
                change.request().org(),
                before,
                after,
                hashed.applied(change.secrets()),
                credentials.setsPassword());
        return after;
    }

    /** A hash or a hook can only be given to a user who has never been activated. */
    static void requireStaged(User user, NewCredentials credentials, Reading reading) {
        if (credentials.isImport() && user.status() != UserStatus.STAGED) {
            reading.wrong(
                    Path.root("password").field("password"),
                    "A hashed password or a password hook can only be set for a STAGED user");
        }
        if (user.provider().isForeign() && !credentials.isEmpty()) {
            reading.wrong(
                    Path.root("credentials").field("credentials"),
                    "Not supported by the provider " + user.provider().type());
        }
    }
}
