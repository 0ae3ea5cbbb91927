package dev.ostiary.server.identitysources;

import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppEvents;
import dev.ostiary.server.apps.assignments.SourceUser;
import dev.ostiary.server.apps.assignments.SourceUserStore;
import dev.ostiary.server.apps.profiles.MappedProfiles;
import dev.ostiary.server.directory.memberships.MembershipWatch;
import dev.ostiary.server.directory.schemas.AppUserSchemas;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import dev.ostiary.server.directory.schemas.SchemaSet;
import dev.ostiary.server.directory.schemas.TextValues;
import dev.ostiary.server.directory.schemas.UniqueValues.Claim;
import dev.ostiary.server.directory.users.ImportedUser;
import dev.ostiary.server.directory.users.SourcedUsers;
import dev.ostiary.server.directory.users.SourcedUsers.Present;
import dev.ostiary.server.directory.users.UserImport;
import dev.ostiary.server.directory.users.UserImport.Newcomer;
import dev.ostiary.server.identitysources.Load.Described;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes users as a source describes them, one or many with the same handful of statements.
 *
 * <p>A user is found by the source's id. One whom the source names for the first time is the user
 * of the org who has the login that the mapping makes, or else a new one: that is how imports
 * match. What the source says is judged by the schema of its app, mapped, and judged again by the
 * schema of the org's users. Thread-safe.
 */
final class UserFeed {

    private static final String LOGIN = "login";
    static final String TAKEN =
            "An object with this field already exists in the current organization";

    private final SourcedUsers users;
    private final MappedProfiles mappings;
    private final AppUserSchemas schemas;
    private final AppEvents appEvents;
    private final MembershipWatch watch;
    private final SourceUserStore store = new SourceUserStore();

    UserFeed(
            SourcedUsers users,
            MappedProfiles mappings,
            AppUserSchemas schemas,
            AppEvents appEvents,
            MembershipWatch watch) {
        this.users = users;
        this.mappings = mappings;
        this.schemas = schemas;
        this.appEvents = appEvents;
        this.watch = watch;
    }

    /** What users of a source may have. */
    ProfileSchema schema(Reader reader, App source) {
        return schemas.whole(reader, source.id(), true);
    }

    /**
     * Writes users; no two of them have one id of the source.
     *
     * @param whole whether what is not said is to be gone, rather than to stay
     * @return what became of each, in their order
     */
    List<Verdict> put(
            Tx tx, Org org, Wording wording, List<Described> wanted, boolean whole, Instant now) {
        Pass pass = new Pass(tx, org, wording, now);
        wanted.forEach(each -> pass.read(each, whole));
        pass.find();
        List<Verdict> verdicts = wanted.stream().map(pass::judge).toList();
        pass.write();
        return verdicts;
    }

    /** One run over some users. Lives as long as its transaction; not thread-safe. */
    private final class Pass {
        private final Tx tx;
        private final Org org;
        private final Wording wording;
        private final Instant now;
        private final ProfileSchema schema;
        private final MappedProfiles.FromApp mapping;
        private final SchemaSet ofUsers;
        private final Map<String, SourceUser> known = new HashMap<>();
        private final Map<String, Described> wanted = new LinkedHashMap<>();
        private final Set<String> wholes = new HashSet<>();
        private final Map<String, Candidate> candidates = new HashMap<>();
        private final Map<String, List<String>> wrong = new HashMap<>();
        private final Map<String, String> byLogin = new HashMap<>();
        private final Map<String, SourceUser> linked = new HashMap<>();
        private final Map<String, Present> present = new HashMap<>();
        private final Set<String> logins = new HashSet<>();
        private final Set<Claim> claimed = new HashSet<>();
        private final SourceClaims inSource;
        private final List<Newcomer> newcomers = new ArrayList<>();
        private final List<SourceUser> rows = new ArrayList<>();

        /**
         * What a source says, so far sound.
         *
         * @param document all of it, as the schema of the app has it
         * @param following what of the user follows it
         * @param loginKey the login that the user is to have
         */
        private record Candidate(ObjectNode document, ObjectNode following, String loginKey) {}

        Pass(Tx tx, Org org, Wording wording, Instant now) {
            this.tx = tx;
            this.org = org;
            this.wording = wording;
            this.now = now;
            this.schema = schema(tx, wording.source());
            this.mapping = mappings.fromApp(tx, org, wording.source());
            this.ofUsers = users.schemas(org);
            this.inSource = new SourceClaims(tx, wording.source().id(), schema);
        }

        void read(Described each, boolean whole) {
            wanted.put(each.externalId(), each);
            if (whole) {
                wholes.add(each.externalId());
            }
        }

        /** Who is there already: four statements, however many there are. */
        void find() {
            String source = wording.source().id();
            store.byExternalIds(tx, source, wanted.keySet())
                    .forEach(user -> known.put(user.externalId(), user));
            wanted.values().forEach(this::candidate);
            Set<String> keys = new HashSet<>();
            candidates.values().forEach(each -> keys.add(each.loginKey()));
            byLogin.putAll(users.byLogin(tx, keys));
            Set<String> ids = new HashSet<>(byLogin.values());
            store.byUserIds(tx, source, ids).forEach(user -> linked.put(user.userId(), user));
            known.values().forEach(user -> ids.add(user.userId()));
            present.putAll(users.hold(tx, ids));
            candidates.forEach((id, each) -> inSource.wish(id, each.document()));
            inSource.find();
        }

        private void candidate(Described each) {
            SourceUser before = known.get(each.externalId());
            ObjectNode said =
                    before == null || wholes.contains(each.externalId())
                            ? each.profile()
                            : ProfileSchema.merged(before.document(), each.profile());
            Reading reading = new Reading();
            ObjectNode document =
                    schema.complete(TextValues.typed(schema, said), "profile", reading);
            if (!reading.clean()) {
                wrong.put(each.externalId(), reading.causes());
                return;
            }
            ObjectNode following = mapping.following(document);
            ObjectNode all = mapping.once(document);
            all.setAll(following);
            String login = all.path(LOGIN).asString("");
            candidates.put(
                    each.externalId(),
                    new Candidate(document, following, UserImport.loginKey(login)));
        }

        Verdict judge(Described each) {
            Candidate candidate = candidates.get(each.externalId());
            Verdict verdict =
                    candidate == null
                            ? new Verdict.Refused(wrong.getOrDefault(each.externalId(), List.of()))
                            : judge(each.externalId(), candidate);
            if (verdict instanceof Verdict.Refused(List<String> causes)) {
                Target named = new Target(each.externalId(), Wording.USER, each.externalId(), null);
                SourceUser before = known.get(each.externalId());
                tx.emit(
                        Wording.failed(
                                before == null
                                        ? wording.userCreated(named)
                                        : wording.userUpdated(named),
                                causes));
            }
            return verdict;
        }

        private Verdict judge(String externalId, Candidate candidate) {
            Optional<SourceUser> before = Optional.ofNullable(known.get(externalId));
            Optional<String> holder = Optional.ofNullable(byLogin.get(candidate.loginKey()));
            Optional<String> id = before.map(SourceUser::userId).or(() -> holder);
            List<String> causes = new ArrayList<>();
            if (!logins.add(candidate.loginKey())
                    || (before.isPresent() && holder.isPresent() && !holder.equals(id))) {
                causes.add("login: " + TAKEN);
            }
            if (before.isEmpty() && id.isPresent() && linked.containsKey(id.get())) {
                causes.add("login: The user is another one of the identity source");
            }
            Optional<Present> there = id.map(present::get);
            ObjectNode profile =
                    there.map(Present::profile).orElseGet(candidate.following()::objectNode);
            if (there.isEmpty()) {
                profile.setAll(mapping.once(candidate.document()));
            }
            profile.setAll(candidate.following());
            Reading reading = new Reading();
            ImportedUser user = users.read(org, ofUsers, profile, there, reading);
            causes.addAll(reading.causes());
            if (causes.isEmpty()) {
                causes.addAll(inSource.refusals(externalId, id.orElse("")));
                unique(user, id.orElse(""), causes);
            }
            if (!causes.isEmpty()) {
                return new Verdict.Refused(causes);
            }
            claimed.addAll(user.claims());
            return there.map(each -> there(externalId, candidate, before, each, user))
                    .orElseGet(() -> born(externalId, candidate, user));
        }

        private void unique(ImportedUser user, String id, List<String> causes) {
            Map<Claim, String> taken = users.taken(tx, user.claims());
            for (Claim claim : user.claims()) {
                if (claimed.contains(claim) || !taken.getOrDefault(claim, id).equals(id)) {
                    causes.add(claim.attribute() + ": " + TAKEN);
                }
            }
        }

        private Verdict born(String externalId, Candidate candidate, ImportedUser user) {
            Newcomer newcomer = users.newcomer(org, user, now);
            newcomers.add(newcomer);
            inSource.give(externalId, newcomer.id());
            rows.add(SourceUser.born(externalId, newcomer.id(), candidate.document(), now));
            return new Verdict.Done(Counts.CREATED);
        }

        private Verdict there(
                String externalId,
                Candidate candidate,
                Optional<SourceUser> before,
                Present user,
                ImportedUser wantedUser) {
            boolean changed = users.update(tx, org, user, wantedUser, now);
            Target target = user.target();
            SourceUser after =
                    before.map(old -> old.with(candidate.document(), now))
                            .orElseGet(
                                    () ->
                                            SourceUser.born(
                                                    externalId,
                                                    user.id(),
                                                    candidate.document(),
                                                    now));
            ObjectNode old =
                    before.map(SourceUser::document).orElseGet(after.document()::objectNode);
            List<String> attributes = ProfileSchema.changed(old, after.document());
            if (before.isPresent() && attributes.isEmpty()) {
                return new Verdict.Done(changed ? Counts.UPDATED : Counts.UNCHANGED);
            }
            inSource.give(externalId, user.id());
            rows.add(after);
            if (before.isEmpty()) {
                tx.emit(
                        appEvents
                                .of("application.user_membership.add", wording.source())
                                .target(target));
                tx.emit(wording.userCreated(target));
                return new Verdict.Done(Counts.CREATED);
            }
            tx.emit(
                    wording.userUpdated(
                            target.changed(
                                    values(old, attributes),
                                    values(after.document(), attributes))));
            return new Verdict.Done(Counts.UPDATED);
        }

        private static Map<String, Object> values(ObjectNode document, List<String> attributes) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (String name : attributes) {
                JsonNode value = document.path(name);
                if (!value.isMissingNode() && !value.isNull()) {
                    values.put(name, value.isString() ? value.stringValue() : value.toString());
                }
            }
            return values;
        }

        void write() {
            Map<String, Target> born = users.insert(tx, org, newcomers, wording.cause(), now);
            born.forEach(
                    (id, target) -> {
                        tx.emit(
                                appEvents
                                        .of("application.user_membership.add", wording.source())
                                        .target(target));
                        tx.emit(wording.userCreated(target));
                    });
            store.put(tx, wording.source().id(), rows);
            inSource.write();
            if (!born.isEmpty()) {
                watch.imported(tx, org, born.keySet());
            }
        }
    }

    /**
     * Deactivates users; whoever the source does not know is passed over (guide, "Bulk deactivate
     * data").
     */
    Counts remove(Tx tx, Org org, Wording wording, List<String> externalIds, Instant now) {
        List<SourceUser> gone = store.byExternalIds(tx, wording.source().id(), externalIds);
        Map<String, Present> held = users.hold(tx, gone.stream().map(SourceUser::userId).toList());
        Counts counts = Counts.NONE;
        for (SourceUser each : gone) {
            Present user = held.get(each.userId());
            if (user != null) {
                users.deactivate(tx, org, user, now);
                tx.emit(wording.userDeleted(user.target()));
                counts = counts.plus(Counts.DELETED);
            }
        }
        return counts;
    }
}
