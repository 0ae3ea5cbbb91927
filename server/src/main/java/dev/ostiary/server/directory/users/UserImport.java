package dev.ostiary.server.directory.users;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.query.SearchDocument;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.realms.RealmCandidate;
import dev.ostiary.server.directory.realms.RealmSet;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import dev.ostiary.server.directory.schemas.SchemaSet;
import dev.ostiary.server.directory.schemas.TextValues;
import dev.ostiary.server.directory.schemas.UniqueValues;
import dev.ostiary.server.directory.schemas.UniqueValues.Claim;
import dev.ostiary.server.directory.users.CredentialsBody.ProviderBody;
import dev.ostiary.server.directory.users.CredentialsBody.QuestionBody;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Users of bulk imports: judged one by one as {@code createUser} judges them, written many at a
 * time, each with its one event. No mail is sent. Thread-safe.
 */
public final class UserImport {

    private static final String SUBJECT = "newUser";

    private final UserParts parts;
    private final Ids ids;
    private final InstantSource time;
    private final UserBatchStore batches = new UserBatchStore();

    /** Imports over these neighbours. */
    public UserImport(UserParts parts, Ids ids, InstantSource time) {
        this.parts = parts;
        this.ids = ids;
        this.time = time;
    }

    /**
     * A user of a line who may be new in the org, with everything that takes the processor done: to
     * write it is the database's work alone. Immutable.
     */
    public static final class Newcomer {
        private final ImportedUser imported;
        private final Hashed hashed;
        private final User user;
        private final Secrets secrets;
        private final SearchDocument searched;

        private Newcomer(Org org, ImportedUser imported, Hashed hashed, String id, Instant now) {
            this.imported = imported;
            this.hashed = hashed;
            this.user = imported.begin(id, now);
            this.secrets = imported.secrets(hashed.hashed, now);
            this.searched = UserStore.searchDocument(org, user, imported.document());
        }

        /** Public id. */
        public String id() {
            return user.id();
        }

        /** What the line says. */
        public ImportedUser imported() {
            return imported;
        }

        /** Its credentials. */
        public Hashed hashed() {
            return hashed;
        }

        User user() {
            return user;
        }

        Secrets secrets() {
            return secrets;
        }

        SearchDocument searched() {
            return searched;
        }
    }

    /** A user as others refer to it. */
    public record Known(String id, Target target) {}

    /** The schemas of an org, to judge a whole file by. */
    public SchemaSet schemas(Org org) {
        return parts.schemas().of(org);
    }

    /**
     * The user that a line describes; what is wrong is told to the reading, and the result is then
     * of no use.
     *
     * @param texts whether all values of the profile are texts
     */
    public ImportedUser read(
            ObjectNode line, Org org, SchemaSet schemas, boolean texts, Reading reading) {
        UserBody body = UserBody.read(line, reading);
        TypeAndSchema type = TypeAndSchema.named(body, schemas, org, null, reading);
        ObjectNode profile =
                NewUser.profile(
                        texts ? typed(body, type.schema()) : body, type.schema(), line, reading);
        @Nullable String realmId =
                UserRealms.ofNew(
                        body,
                        parts.realms().of(org),
                        new RealmCandidate(org, schemas, profile, time.instant()),
                        reading);
        @Nullable CredentialsBody given = answered(body.credentials());
        List<String> groups = groups(body.groupIds(), line.path("groups"), reading);
        NewCredentials credentials =
                NewCredentials.of(
                        given, profile, parts.credentialRules().ofNew(org, groups), reading);
        Provider provider = provider(given, credentials, reading);
        UserStatus status = status(line, credentials.setsPassword(), reading);
        if (!reading.clean()) {
            return new ImportedUser(
                    Json.object(),
                    "",
                    NewCredentials.NONE,
                    provider,
                    null,
                    null,
                    false,
                    status,
                    List.of(),
                    List.of());
        }
        @Nullable String login = Profile.text(profile, ProfileSchema.LOGIN_ATTRIBUTE);
        return new ImportedUser(
                profile,
                LoginKey.of(login == null ? "" : login).text(),
                credentials,
                provider,
                type.typeId(),
                realmId,
                body.realmId() != null,
                status,
                groups,
                UniqueValues.claims(type.schema(), profile));
    }

    private static UserBody typed(UserBody body, ProfileSchema schema) {
        @Nullable ObjectNode profile = body.profile();
        return new UserBody(
                profile == null ? null : TextValues.typed(schema, profile),
                body.credentials(),
                body.groupIds(),
                body.typeId(),
                body.realmId());
    }

    /** Users as the API shows them have questions without answers, which help nobody. */
    private static @Nullable CredentialsBody answered(@Nullable CredentialsBody given) {
        @Nullable QuestionBody question = given == null ? null : given.recoveryQuestion();
        return given == null || question == null ? given : given.without(question.question());
    }

    private static Provider provider(
            @Nullable CredentialsBody given, NewCredentials credentials, Reading reading) {
        @Nullable ProviderBody wanted = given == null ? null : given.provider();
        if (wanted == null || wanted.type() == null) {
            return credentials.isImport() ? Provider.IMPORT : Provider.OKTA;
        }
        return NewUser.provider(wanted, credentials, reading);
    }

    private static UserStatus status(ObjectNode line, boolean hasPassword, Reading reading) {
        JsonNode given = line.path("status");
        UserStatus standard = hasPassword ? UserStatus.ACTIVE : UserStatus.STAGED;
        if (given.isMissingNode() || given.isNull()) {
            return standard;
        }
        Optional<UserStatus> named =
                Arrays.stream(UserStatus.values())
                        .filter(status -> status.name().equals(given.asString("")))
                        .findFirst();
        if (named.isEmpty()) {
            reading.wrong(Path.root("status").field("status"), "The value is not a known status");
        }
        return named.orElse(standard);
    }

    private static List<String> groups(
            @Nullable List<String> groupIds, JsonNode named, Reading reading) {
        List<String> groups = new ArrayList<>(groupIds == null ? List.of() : groupIds);
        Path at = Path.root("groups").field("groups");
        if (named.isString()) {
            Arrays.stream(named.stringValue().split(";"))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .forEach(groups::add);
        } else if (named.isArray() && named.valueStream().allMatch(JsonNode::isString)) {
            named.forEach(name -> groups.add(name.stringValue()));
        } else if (!named.isMissingNode() && !named.isNull()) {
            reading.wrong(at, "must be an array of strings");
        }
        return groups.stream().distinct().toList();
    }

    /** The realms of an org. */
    public RealmSet realms(Org org) {
        return parts.realms().of(org);
    }

    /** What two logins share that mean the same user. */
    public static String loginKey(String login) {
        return LoginKey.of(login).text();
    }

    /** The users of these logins that there are, by login key. */
    public Map<String, Known> byLogin(Reader reader, Collection<String> loginKeys) {
        return batches.byLogin(reader, loginKeys);
    }

    /** The users of these ids that there are, by id. */
    public Map<String, Known> byId(Reader reader, Collection<String> userIds) {
        return batches.byId(reader, userIds);
    }

    /** Those of the values that users have, and who has them. */
    public Map<Claim, String> taken(Reader reader, Collection<Claim> claims) {
        return parts.uniqueValues().taken(reader, UniqueValues.USER, claims);
    }

    /** What is stored of credentials. */
    public static final class Hashed {
        private final NewCredentials.Hashed hashed;

        private Hashed(NewCredentials.Hashed hashed) {
            this.hashed = hashed;
        }

        Secrets appliedTo(Secrets before) {
            return hashed.applied(before);
        }
    }

    /**
     * The user as it will be written, if it is new. Hashes what is yet to be: to be called outside
     * of any transaction, since it may be slow.
     *
     * @param wanted whether anybody is going to be written at all
     */
    public Newcomer newcomer(Org org, ImportedUser user, boolean wanted, Instant now) {
        NewCredentials credentials = wanted ? user.credentials() : NewCredentials.NONE;
        Hashed hashed = new Hashed(credentials.hashed(parts.hasher()));
        return new Newcomer(org, user, hashed, ids.next("00u", org.tail(), now), now);
    }

    /**
     * Writes new users, made at one moment, each with its event. Who was faster with a login or a
     * unique value makes it a unique violation.
     *
     * @param importId which import brings them
     * @return the users as events name them, by id
     */
    public Map<String, Target> insert(
            Tx tx, Org org, List<Newcomer> newcomers, String importId, Instant now) {
        Map<String, List<Claim>> claims = new LinkedHashMap<>();
        Map<String, Target> targets = new HashMap<>();
        for (Newcomer each : newcomers) {
            claims.put(each.id(), each.imported().claims());
            Event event =
                    parts.events()
                            .of("user.lifecycle.create", each.user(), each.imported().document());
            tx.emit(event.debug("importId", importId));
            targets.put(each.id(), event.targets().getFirst());
        }
        if (!newcomers.isEmpty()) {
            parts.uniqueValues().claimAll(tx, UniqueValues.USER, claims);
            batches.insert(tx, org, newcomers, now);
        }
        return targets;
    }
}
