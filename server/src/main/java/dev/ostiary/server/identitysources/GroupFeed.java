package dev.ostiary.server.identitysources;

import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.groups.SourcedGroups;
import dev.ostiary.server.directory.groups.SourcedGroups.Sourced;
import dev.ostiary.server.identitysources.Load.Described;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes groups as a source describes them. Thread-safe. */
final class GroupFeed {

    /** The type of a group of a source, in errors and events. */
    static final String TYPE = "UserGroup";

    private final SourcedGroups groups;
    private final SourceGroupStore store = new SourceGroupStore();

    GroupFeed(SourcedGroups groups) {
        this.groups = groups;
    }

    /** Writes groups; no two of them have one id of the source. What is not said stays. */
    Counts putAll(Tx tx, Org org, Wording wording, List<Described> wanted, Instant now) {
        Map<String, String> known =
                store.held(
                        tx,
                        wording.source().id(),
                        wanted.stream().map(Described::externalId).toList());
        Map<String, Sourced> present = new HashMap<>();
        groups.byIds(tx, org, known.values()).forEach(each -> present.put(each.group().id(), each));
        Counts counts = Counts.NONE;
        for (Described each : wanted) {
            @Nullable String id = known.get(each.externalId());
            Verdict verdict = put(tx, org, wording, each, id == null ? null : present.get(id), now);
            counts = counts.plus(verdict.counts());
        }
        return counts;
    }

    /** Writes one group, there already or not. */
    Verdict put(
            Tx tx,
            Org org,
            Wording wording,
            Described wanted,
            @Nullable Sourced before,
            Instant now) {
        String given = wanted.profile().path("displayName").asString("");
        String name = given.isEmpty() && before != null ? before.group().name() : given;
        if (name.isEmpty()) {
            List<String> causes = List.of("displayName: The field cannot be left blank");
            Target named = new Target(wanted.externalId(), TYPE, "unknown", null);
            tx.emit(Wording.failed(wording.groupCreated(named), causes));
            return new Verdict.Refused(causes);
        }
        @Nullable String old = before == null ? null : before.description().orElse(null);
        @Nullable String description = Load.description(wanted.profile(), old).orElse(null);
        if (before == null) {
            Sourced made = groups.create(tx, org, wording.source().id(), name, description, now);
            store.insert(
                    tx,
                    wording.source().id(),
                    new SourceGroupStore.Named(wanted.externalId(), made.group().id()));
            tx.emit(wording.groupCreated(made.group().target()));
            return new Verdict.Done(Counts.CREATED);
        }
        if (!groups.update(tx, org, before.group().id(), name, description, now)) {
            return new Verdict.Done(Counts.UNCHANGED);
        }
        Target target = new Target(before.group().id(), TYPE, "unknown", name);
        tx.emit(
                wording.groupUpdated(
                        target.changed(
                                values(before.group().name(), old), values(name, description))));
        return new Verdict.Done(Counts.UPDATED);
    }

    private static Map<String, String> values(String name, @Nullable String description) {
        return description == null
                ? Map.of("displayName", name)
                : Map.of("displayName", name, "description", description);
    }

    /** Deletes groups; one that the source does not know is passed over. */
    Counts remove(Tx tx, Org org, Wording wording, List<String> externalIds) {
        Map<String, String> known = store.held(tx, wording.source().id(), externalIds);
        Counts counts = Counts.NONE;
        for (Sourced each : groups.byIds(tx, org, known.values())) {
            groups.delete(tx, org, each.group().id());
            tx.emit(wording.groupDeleted(each.group().target()));
            counts = counts.plus(Counts.DELETED);
        }
        return counts;
    }
}
