package dev.ostiary.server.directory.users;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.directory.users.UserTokenStore.Kind;
import java.time.InstantSource;
import java.util.List;
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
    private final InstantSource time;
    private final UserStore store = new UserStore();
    private final UserDirectory directory = new UserDirectory(store);

    UserChanges(Database database, InstantSource time, UserParts parts, UserWrites writes) {
        this.database = database;
        this.time = time;
        this.parts = parts;
        this.writes = writes;
    }

    /** POST: what is not named stays as it is, what is null goes. */
    Reply update(Request request) {
        Reading reading = new Reading();
        UserBody body = UserBody.read(request.object(), reading);
        @Nullable ObjectNode changes = body.profile();
        return apply(
                request,
                body,
                reading,
                profile -> changes == null ? profile : ProfileSchema.merged(profile, changes));
    }

    /** PUT: what is not named goes. A body without a profile leaves the profile alone. */
    Reply replace(Request request) {
        Reading reading = new Reading();
        UserBody body = UserBody.read(request.object(), reading);
        @Nullable ObjectNode whole = body.profile();
        return apply(request, body, reading, profile -> whole == null ? profile : whole);
    }

    /**
     * Judged twice: first as far as it goes without the lock, because hashing a password is slow,
     * then as a whole on the row that nobody else can change.
     */
    private Reply apply(
            Request request, UserBody body, Reading reading, UnaryOperator<ObjectNode> profiles) {
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
        ObjectNode wanted = profile(seen, profiles, reading);
        @Nullable CredentialsBody given = body.credentials();
        NewCredentials credentials =
                NewCredentials.of(
                        given == null ? null : given.without(seen.recoveryQuestion()),
                        wanted,
                        parts.credentialRules(),
                        reading);
        TypeAndRealm.check(body, request.org(), reading);
        reading.finish();
        if (request.query().flag("strict", false)) {
            requireFresh(request, seen, credentials);
        }
        NewCredentials.Hashed hashed = credentials.hashed(parts.hasher());
        User after =
                writes.change(
                        request, "id", change -> changed(change, profiles, credentials, hashed));
        UserJson json =
                UserJson.single(request.baseUrl(), request.org())
                        .without(UserOmissions.of(request.header("Content-Type")));
        return Reply.ok(out -> json.write(out, after));
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
                parts.passwordHistory()
                        .check(password, user.passwordChanged(), secrets, time.instant());
        if (!causes.isEmpty()) {
            throw ApiException.validation("password", causes);
        }
    }

    private static ApiException unknown(Request request, boolean admin) {
        return admin
                ? ApiException.notFound(request.variable("id"), UserDirectory.TYPE)
                : ApiException.forbidden();
    }

    private static ObjectNode profile(
            User user, UnaryOperator<ObjectNode> profiles, Reading reading) {
        return ProfileSchema.BASE.complete(
                profiles.apply(user.profile().document()), SUBJECT, reading);
    }

    /** Users change their own profile, as far as the schema lets them, and nothing else here. */
    private static void requireOwnProfile(Request request, UserBody body, User user) {
        if (!UserWrites.isSelf(request.caller(), user)
                || body.credentials() != null
                || body.typeId() != null
                || body.realmId() != null) {
            throw ApiException.forbidden();
        }
        @Nullable ObjectNode changes = body.profile();
        if (changes != null) {
            requireWritable(changes, user.profile().document());
        }
    }

    private static void requireWritable(ObjectNode changes, ObjectNode present) {
        List<String> refused =
                ProfileSchema.BASE.attributes().stream()
                        .filter(
                                attribute ->
                                        attribute.self() == ProfileAttribute.Permission.READ_ONLY)
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
            UnaryOperator<ObjectNode> profiles,
            NewCredentials credentials,
            NewCredentials.Hashed hashed) {
        User before = change.before();
        if (before.status() == UserStatus.DEPROVISIONED) {
            throw ApiException.of("E0000038");
        }
        UserTag.require(change.request().header("If-Match"), before);
        Reading reading = new Reading();
        ObjectNode profile = profile(before, profiles, reading);
        requireStaged(before, credentials, reading);
        reading.finish();
        if (credentials.isEmpty()
                && ProfileSchema.changed(before.profile().document(), profile).isEmpty()) {
            return before;
        }
        User after = before.updated(Profile.of(profile), change.now());
        if (!credentials.isEmpty()) {
            after = after.with(credentials, change.now());
        }
        change.save(after, hashed.applied(change.secrets()));
        revokeLinks(change, after, credentials);
        emit(change, after, credentials);
        return after;
    }

    /** A hash or a hook can only be given to a user who has never been activated. */
    private static void requireStaged(User user, NewCredentials credentials, Reading reading) {
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

    /**
     * Whoever was given a password needs no link that makes one; and a link that was mailed to
     * another address than the user has now is not the user's to follow.
     */
    private void revokeLinks(UserWrites.Change change, User after, NewCredentials credentials) {
        if (credentials.setsPassword()) {
            parts.tokens().revokeAll(change.tx(), after.id());
        } else if (ProfileSchema.changed(
                        change.before().profile().document(), after.profile().document())
                .contains(ProfileSchema.EMAIL_ATTRIBUTE)) {
            parts.tokens().revoke(change.tx(), Kind.RECOVERY, after.id());
        }
    }

    private void emit(UserWrites.Change change, User after, NewCredentials credentials) {
        UserEvents events = parts.events();
        List<String> attributes =
                ProfileSchema.changed(
                        change.before().profile().document(), after.profile().document());
        if (!attributes.isEmpty()) {
            change.tx().emit(events.profileChanged(after, attributes));
        }
        if (attributes.contains(ProfileSchema.EMAIL_ATTRIBUTE)) {
            change.tx().emit(events.of("user.account.update_primary_email", after));
        }
        if (attributes.contains("secondEmail")) {
            change.tx().emit(events.of("user.account.update_secondary_email", after));
        }
        if (credentials.setsPassword()) {
            change.tx().emit(events.of("user.account.update_password", after));
        }
    }
}
