package dev.ostiary.server.directory.groups;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.memberships.GroupRef;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import dev.ostiary.server.directory.schemas.TextValues;
import dev.ostiary.server.directory.schemas.UniqueValues;
import dev.ostiary.server.directory.schemas.UniqueValues.Claim;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Groups of bulk imports, judged as {@code addGroup} judges them. Thread-safe. */
public final class GroupImport {

    private final EventCatalogue events;
    private final Ids ids;
    private final UniqueValues uniqueValues = new UniqueValues();
    private final GroupStore store = new GroupStore();

    /** Imports with these events and ids. */
    public GroupImport(EventCatalogue events, Ids ids) {
        this.events = events;
        this.ids = ids;
    }

    /**
     * A group that there is.
     *
     * @param folded its name without case
     * @param open whether its memberships are managed here
     */
    public record Known(GroupRef group, String folded, boolean open) {}

    /**
     * The group that a line describes; what is wrong is told to the reading.
     *
     * @param texts whether all values of the profile are texts
     */
    public Optional<ImportedGroup> read(
            ObjectNode line, ProfileSchema schema, boolean texts, Reading reading) {
        JsonNode given = line.path("profile");
        if (!given.isObject()) {
            return reading.wrong(
                    Path.root("profile").field("profile"), "The field cannot be left blank");
        }
        ObjectNode document = texts ? TextValues.typed(schema, given.asObject()) : given.asObject();
        try {
            GroupProfile profile = GroupProfile.read(document, schema);
            return Optional.of(
                    new ImportedGroup(profile, UniqueValues.claims(schema, profile.document())));
        } catch (ApiException refused) {
            refused.causes().forEach(cause -> reading.sentence("profile", cause));
            return Optional.empty();
        }
    }

    /** The groups of these ids and names that there are; nobody deletes them meanwhile. */
    public List<Known> known(Tx tx, Collection<String> groupIds, Collection<String> foldedNames) {
        return groupIds.isEmpty() && foldedNames.isEmpty()
                ? List.of()
                : store.known(tx, groupIds, foldedNames);
    }

    /** Those of the values that groups have, and which. */
    public Map<Claim, String> taken(Reader reader, Collection<Claim> claims) {
        return uniqueValues.taken(reader, UniqueValues.GROUP, claims);
    }

    /** The group as it will be once it is {@linkplain #insert inserted}. */
    public Known begin(Org org, ImportedGroup imported, Instant now) {
        return new Known(
                new GroupRef(ids.next("00g", org.tail(), now), imported.profile().name()),
                imported.folded(),
                true);
    }

    /**
     * Gives a group that is there the profile of a line, with its event.
     *
     * @return whether it says anything new
     */
    public boolean update(
            Tx tx, Org org, Known known, ImportedGroup imported, String importId, Instant now) {
        Group before = store.require(tx, org, known.group().id(), GroupStore.Lock.PROFILE);
        List<String> changed = before.profile().changed(imported.profile());
        if (changed.isEmpty()) {
            return false;
        }
        Group after = before.with(imported.profile(), now);
        uniqueValues.release(tx, UniqueValues.GROUP, after.id());
        uniqueValues.claimAll(tx, UniqueValues.GROUP, Map.of(after.id(), imported.claims()));
        store.update(tx, org, after);
        tx.emit(
                events.event("group.profile.update")
                        .target(after.ref().target())
                        .debug("changedAttributes", String.join(",", changed))
                        .debug("importId", importId));
        return true;
    }

    /**
     * Writes a new group with its event.
     *
     * @param importId which import brings it
     */
    public void insert(
            Tx tx, Org org, Known known, ImportedGroup imported, String importId, Instant now) {
        Group group = Group.created(known.group().id(), imported.profile(), now);
        store.insert(tx, org, group);
        uniqueValues.claimAll(tx, UniqueValues.GROUP, Map.of(group.id(), imported.claims()));
        tx.emit(
                events.event("group.lifecycle.create")
                        .target(group.ref().target())
                        .debug("importId", importId));
    }
}
