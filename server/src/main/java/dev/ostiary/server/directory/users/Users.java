package dev.ostiary.server.directory.users;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.BatchedLookup;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.ForeignKeyViolation;
import dev.ostiary.platform.store.UniqueViolation;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import dev.ostiary.server.directory.searchindexes.SearchIndexes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The tag User: makes, finds, changes and deletes users. Thread-safe. */
public final class Users implements Family {

    private static final Schema BODY = UserBody.schema(ProfileSchema.USER);

    private final Database database;
    private final Ids ids;
    private final OrgClock clock;
    private final UserParts parts;
    private final UserDirectory directory;
    private final UserLists lists;
    private final UserChanges changes;
    private final UserWrites writes;
    private final UserBirths births;
    private final Farewells farewells;
    private final UserStore store = new UserStore();
    private final BatchedLookup<String, User> byId;

    /** Users over these neighbours, searched by the indexes that every org has. */
    public Users(Database database, Ids ids, InstantSource time, UserParts parts) {
        this(database, ids, time, parts, SearchIndexes.NONE);
    }

    /** Users over these neighbours. */
    public Users(
            Database database,
            Ids ids,
            InstantSource time,
            UserParts parts,
            SearchIndexes searchIndexes) {
        this.database = database;
        this.ids = ids;
        this.clock = new OrgClock(time);
        this.parts = parts;
        this.directory = new UserDirectory(store);
        this.lists = new UserLists(database, parts.schemas(), clock, searchIndexes);
        this.writes = new UserWrites(database, clock, parts);
        this.changes = new UserChanges(database, clock, parts, writes);
        this.births = new UserBirths(parts);
        this.farewells = new Farewells(parts);
        this.byId = new BatchedLookup<>(this::load);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listUsers", lists::list).answersMany(UserJson.LISTED),
                Binding.of("createUser", this::create).takes(BODY).answers(UserJson.SCHEMA),
                Binding.of("getUser", this::get).answers(UserJson.SCHEMA).forSelf(),
                Binding.of("updateUser", changes::update)
                        .takes(BODY)
                        .answers(UserJson.SCHEMA)
                        .forSelf(),
                Binding.of("replaceUser", changes::replace).takes(BODY).answers(UserJson.SCHEMA),
                Binding.of("deleteUser", this::delete),
                Binding.of("listUserBlocks", this::blocks).answers(UserBlocks.SCHEMA));
    }

    private Reply create(Request request) {
        Org org = request.org();
        Instant now = clock.now(org);
        NewUser wanted =
                NewUser.read(
                        request.object(),
                        request.query(),
                        org,
                        new NewUser.Setting(
                                parts.credentialRules(),
                                parts.schemas().of(org),
                                parts.realms().of(org),
                                now));
        NewCredentials.Hashed hashed = wanted.credentials().hashed(parts.hasher());
        Instant born = clock.now(org);
        User user = wanted.begin(ids.next("00u", org.tail(), born), born);
        Secrets secrets = hashed.applied(Secrets.NONE);
        try {
            database.write(
                    org.number(),
                    tx -> {
                        births.insert(tx, org, user, secrets, wanted.groupIds(), request.baseUrl());
                        return user;
                    });
        } catch (UniqueViolation taken) {
            throw UserWrites.refusal(taken);
        } catch (ForeignKeyViolation gone) {
            throw UserRealms.refusal(gone, user.realmId());
        }
        return single(request, user);
    }

    private Reply get(Request request) {
        User user = visible(request);
        boolean withBlocks = expands(request, "blocks");
        UserJson json =
                UserJson.single(request.baseUrl(), request.org())
                        .without(UserOmissions.of(request.header("Content-Type")))
                        .hiding(parts.hidden(request, user));
        Optional<UserBlocks> blocks =
                withBlocks ? Optional.of(UserBlocks.of(user)) : Optional.empty();
        return Reply.ok(out -> json.write(out, user, blocks)).with("ETag", UserTag.of(user));
    }

    /**
     * Users without an admin role see themselves, and learn of nobody else whether there is one.
     */
    private User visible(Request request) {
        Optional<User> user = found(request);
        if (!request.caller().permissions().superAdmin()) {
            return user.filter(found -> UserWrites.isSelf(request.caller(), found))
                    .orElseThrow(ApiException::forbidden);
        }
        return user.orElseThrow(
                () -> ApiException.notFound(request.variable("id"), UserDirectory.TYPE));
    }

    /** By id together with all who ask at the same moment; by any other reference alone. */
    private Optional<User> found(Request request) {
        String reference = request.variable("id");
        long org = request.org().number();
        Optional<User> user = Ids.isId(reference) ? byId.get(org, reference) : Optional.empty();
        return user.isPresent()
                ? user
                : database.read(org, reader -> directory.find(reader, request.caller(), reference));
    }

    private Map<String, User> load(long org, Set<String> ids) {
        return database.lookUp(org, reader -> store.byIds(reader, ids)).stream()
                .collect(Collectors.toMap(User::id, user -> user));
    }

    private static boolean expands(Request request, String what) {
        return request.query()
                .text("expand")
                .map(list -> List.of(list.split(",")).contains(what))
                .orElse(false);
    }

    private Reply delete(Request request) {
        writes.changeOrDelete(request, "id", farewells::delete);
        return Reply.noContent();
    }

    private Reply blocks(Request request) {
        User user =
                database.read(
                        request.org().number(),
                        reader ->
                                directory.require(
                                        reader, request.caller(), request.variable("id")));
        return Reply.ok(out -> UserBlocks.of(user).write(out));
    }

    private static Reply single(Request request, User user) {
        UserJson json =
                UserJson.single(request.baseUrl(), request.org())
                        .without(UserOmissions.of(request.header("Content-Type")));
        return Reply.ok(out -> json.write(out, user));
    }
}
