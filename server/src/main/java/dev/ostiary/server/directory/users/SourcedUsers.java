package dev.ostiary.server.directory.users;

import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.schemas.SchemaSet;
import dev.ostiary.server.directory.schemas.UniqueValues.Claim;
import dev.ostiary.server.directory.users.UserImport.Newcomer;
import dev.ostiary.server.directory.users.UserImportUpdates.Locked;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Users whom an identity source brings, changes and takes leave of: judged and written as those of
 * bulk imports are. Whoever is new begins {@code STAGED}. Thread-safe.
 */
public final class SourcedUsers {

    private final UserParts parts;
    private final UserImport imports;
    private final UserImportUpdates updates;
    private final Farewells farewells;
    private final UserStore store = new UserStore();

    public SourcedUsers(UserParts parts, Ids ids, InstantSource time) {
        this.parts = parts;
        this.imports = new UserImport(parts, ids, time);
        this.updates = new UserImportUpdates(parts);
        this.farewells = new Farewells(parts);
    }

    /** A user who is there, and whom nobody else changes before the transaction ends. */
    public static final class Present {
        private final Locked locked;

        private Present(Locked locked) {
            this.locked = locked;
        }

        public String id() {
            return locked.user().id();
        }

        /** The profile, which is the caller's own. */
        public ObjectNode profile() {
            return locked.user().profile().document().deepCopy();
        }

        public boolean isDeactivated() {
            return locked.user().status() == UserStatus.DEPROVISIONED;
        }

        /** The user as events name it. */
        public Target target() {
            return UserEvents.target(locked.user());
        }
    }

    /** What profiles may hold, to judge many by. */
    public SchemaSet schemas(Org org) {
        return parts.schemas().of(org);
    }

    /** The users of these ids that there are, held; by id. */
    public Map<String, Present> hold(Tx tx, Collection<String> ids) {
        Map<String, Present> held = new HashMap<>();
        updates.lock(tx, ids).forEach((id, locked) -> held.put(id, new Present(locked)));
        return held;
    }

    /** Ids of the users of these {@linkplain UserImport#loginKey login keys} that there are. */
    public Map<String, String> byLogin(Reader reader, Collection<String> loginKeys) {
        Map<String, String> found = new LinkedHashMap<>();
        imports.byLogin(reader, loginKeys).forEach((key, known) -> found.put(key, known.id()));
        return found;
    }

    /** Those of the values that users have, and who has them. */
    public Map<Claim, String> taken(Reader reader, Collection<Claim> claims) {
        return imports.taken(reader, claims);
    }

    /**
     * The user of a profile, new or there already; what is wrong is told to the reading, and the
     * result is then of no use.
     *
     * @param profile all of it; all texts, which the schema gives their types
     */
    public ImportedUser read(
            Org org,
            SchemaSet schemas,
            ObjectNode profile,
            Optional<Present> present,
            Reading reading) {
        ObjectNode line = Json.object();
        line.set("profile", profile);
        line.put("status", UserStatus.STAGED.name());
        present.map(each -> each.locked.user().typeId())
                .ifPresent(type -> line.putObject("type").put("id", type));
        return imports.read(line, org, schemas, true, reading);
    }

    /** The user as it will be once it is {@linkplain #insert inserted}. */
    public Newcomer newcomer(Org org, ImportedUser user, Instant now) {
        return imports.newcomer(org, user, true, now);
    }

    /**
     * Writes new users, made at one moment, each with its event, later. Who was faster with a login
     * or a unique value makes it a unique violation.
     *
     * @param cause what brings them, as their events tell it
     * @return the users as events name them, by id
     */
    public Map<String, Target> insert(
            Tx tx, Org org, List<Newcomer> newcomers, String cause, Instant now) {
        return imports.insert(tx, org, newcomers, cause, now);
    }

    /**
     * Writes what a source says of a user who is there, later; whoever was deactivated is active
     * again.
     *
     * @return whether it says anything new
     */
    public boolean update(Tx tx, Org org, Present present, ImportedUser wanted, Instant now) {
        UserImport.Hashed nothing = imports.newcomer(org, wanted, false, now).hashed();
        return updates.update(tx, org, present.locked, wanted, nothing, true, now);
    }

    /** Deactivates a user, unless that was done before. */
    public void deactivate(Tx tx, Org org, Present present, Instant now) {
        User before = present.locked.user();
        if (present.isDeactivated()) {
            return;
        }
        User after = before.in(Step.DEACTIVATE.next(before), now);
        store.update(tx, org, after, present.locked.secrets().unlocked());
        parts.watch().changed(tx, org, before, after);
        tx.emit(parts.events().of(Step.DEACTIVATE.event(), after));
        farewells.end(tx, org, after.id());
    }
}
