package dev.ostiary.server.policy;

import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.policy.engine.Whereabouts;
import dev.ostiary.server.security.zones.OrgZones;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sees to it that policies and rules name what there is when they are written. What goes later is
 * passed over: nobody is in a group, or comes by a provider, that is not there. Thread-safe.
 */
final class Targets {

    private final PolicyStore store;
    private final UserDirectory users;
    private final OrgZones zones;
    private final Nameable others;

    Targets(PolicyStore store, UserDirectory users, OrgZones zones, Nameable others) {
        this.store = store;
        this.users = users;
        this.zones = zones;
        this.others = others;
    }

    /**
     * Looks up what a policy names that it did not name before.
     *
     * @param before the policy until now; empty for a new one
     * @throws dev.ostiary.platform.problem.ApiException {@code E0000001} for every id that is
     *     nobody's
     */
    void require(Reader reader, Org org, Optional<Policy> before, Policy after) {
        Reading reading = new Reading();
        Path at = Path.root("policy");
        judge(
                reader,
                org,
                Named.BY_CONDITIONS,
                new Change(before.flatMap(Policy::conditions), after.conditions()),
                at.field("conditions"),
                reading);
        judge(
                reader,
                org,
                Named.BY_SETTINGS,
                new Change(before.flatMap(Policy::settings), after.settings()),
                at.field("settings"),
                reading);
        reading.finish();
    }

    /** The same of a rule. */
    void require(Reader reader, Org org, Optional<PolicyRule> before, PolicyRule after) {
        Reading reading = new Reading();
        Path at = Path.root("policyRule");
        judge(
                reader,
                org,
                Named.BY_CONDITIONS,
                new Change(before.flatMap(PolicyRule::conditions), after.conditions()),
                at.field("conditions"),
                reading);
        judge(
                reader,
                org,
                Named.BY_ACTIONS,
                new Change(before.map(PolicyRule::actions), Optional.of(after.actions())),
                at.field("actions"),
                reading);
        reading.finish();
    }

    /** What is written in place of what. */
    private record Change(Optional<ObjectNode> before, Optional<ObjectNode> after) {

        /** The ids that were not there before. */
        private List<String> news(Named place) {
            Set<String> known = before.map(place::ids).map(Set::copyOf).orElse(Set.of());
            return after.map(place::ids).orElse(List.of()).stream()
                    .filter(id -> !known.contains(id))
                    .toList();
        }
    }

    private void judge(
            Reader reader,
            Org org,
            List<Named> places,
            Change change,
            Path document,
            Reading reading) {
        if (change.after().isEmpty() || change.after().equals(change.before())) {
            return;
        }
        for (Named place : places) {
            List<String> unknown = unknown(reader, org, place.kind(), change.news(place));
            if (!unknown.isEmpty()) {
                Path at = place.fields().stream().reduce(document, Path::field, (one, two) -> two);
                unknown.forEach(id -> reading.wrong(at, "The id '" + id + "' does not exist"));
            }
        }
    }

    private List<String> unknown(Reader reader, Org org, Named.Kind kind, List<String> ids) {
        if (ids.isEmpty()) {
            return ids;
        }
        return switch (kind) {
            case GROUP -> store.unknownGroups(reader, ids);
            case USER -> unknownUsers(reader, ids);
            case ZONE ->
                    ids.stream()
                            .filter(id -> !id.equals(Whereabouts.ALL_ZONES))
                            .filter(id -> !zones.has(reader, org, id))
                            .toList();
            case APP -> unknown(reader, org, others.apps(), ids);
            case AUTHENTICATOR -> unknown(reader, org, others.authenticators(), ids);
            case BEHAVIOUR -> unknown(reader, org, others.behaviours(), ids);
            // there is no operation that makes one
            case DEVICE_ASSURANCE -> ids;
            case HOOK -> unknown(reader, org, others.inlineHooks(), ids);
            case IDENTITY_PROVIDER -> unknown(reader, org, others.identityProviders(), ids);
            case UI_SCHEMA -> unknown(reader, org, others.uiSchemas(), ids);
            case USER_TYPE -> unknown(reader, org, others.userTypes(), ids);
        };
    }

    private static List<String> unknown(
            Reader reader, Org org, Nameable.Known known, List<String> ids) {
        return ids.stream().filter(id -> !known.has(reader, org, id)).toList();
    }

    private List<String> unknownUsers(Reader reader, List<String> ids) {
        Set<String> known =
                users.byIds(reader, ids).stream().map(User::id).collect(Collectors.toSet());
        return ids.stream().filter(id -> !known.contains(id)).toList();
    }
}
