package dev.ostiary.server.directory.realms;

import dev.ostiary.platform.org.Org;
import dev.ostiary.server.directory.schemas.SchemaSet;
import dev.ostiary.server.expression.Expression;
import dev.ostiary.server.expression.InvalidExpression;
import dev.ostiary.server.expression.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What writers of users have to know of an org's realms and assignments. Thread-safe.
 *
 * <p>An assignment whose expression means nothing any more, since an attribute is gone, takes
 * nobody.
 */
public final class RealmSet {

    private static final RealmSet UNTOUCHED = new RealmSet(List.of(), List.of());

    /** The realms that have a row, by their ids. */
    private final Map<String, Realm> stored;

    /** The assignments that count, in their order, but for the catch-all. */
    private final List<RealmAssignment> active;

    private volatile @Nullable Meaning last;

    /** An assignment that decides, and what it asks beside the source and the domains. */
    private record Deciding(RealmAssignment assignment, Optional<Expression> condition) {}

    /** What the assignments mean by some schemas. */
    private record Meaning(SchemaSet schemas, List<Deciding> deciding) {}

    RealmSet(List<Realm> realms, List<RealmAssignment> assignments) {
        stored =
                realms.stream()
                        .collect(Collectors.toUnmodifiableMap(Realm::id, Function.identity()));
        active = assignments.stream().filter(RealmAssignment::active).toList();
    }

    /** Those of an org that nobody has touched. */
    static RealmSet untouched() {
        return UNTOUCHED;
    }

    /** The realm of an id. */
    public Optional<Realm> find(Org org, String id) {
        Realm realm = stored.get(id);
        return realm == null && id.equals(Realm.defaultId(org))
                ? Optional.of(Realm.born(org))
                : Optional.ofNullable(realm);
    }

    /** The realm that an org begins with. */
    public Realm ofDefault(Org org) {
        return find(org, Realm.defaultId(org)).orElseThrow();
    }

    /**
     * The realm that a user is in.
     *
     * @param storedId null for the default one
     */
    public Optional<Realm> holding(Org org, @Nullable String storedId) {
        return storedId == null ? Optional.of(ofDefault(org)) : find(org, storedId);
    }

    /** The realm of a name, letter by letter. */
    public Optional<Realm> named(Org org, String name) {
        return Stream.concat(stored.values().stream(), Stream.of(ofDefault(org)))
                .filter(realm -> realm.profile().name().equals(name))
                .findFirst();
    }

    /** The name of a realm that is not the default one; empty for that one. */
    public Optional<String> name(Org org, @Nullable String storedId) {
        return storedId == null
                ? Optional.empty()
                : find(org, storedId).map(realm -> realm.profile().name());
    }

    /** The realm that the first assignment which a new user meets leads to. */
    public Realm assigned(RealmCandidate user) {
        return find(user.org(), decisive(user).rule().realmId())
                .orElseGet(() -> ofDefault(user.org()));
    }

    /**
     * Where a run moves a user: where the first assignment that the user meets leads, if that is
     * the one that is run, or all are.
     */
    Optional<Realm> target(String assignmentId, RealmCandidate user) {
        RealmAssignment decisive = decisive(user);
        return assignmentId.equals(RealmOperation.ALL) || assignmentId.equals(decisive.id())
                ? find(user.org(), decisive.rule().realmId()).filter(user::fits)
                : Optional.empty();
    }

    /** Whoever meets no other assignment meets the catch-all. */
    private RealmAssignment decisive(RealmCandidate user) {
        return deciding(user).stream()
                .filter(one -> takes(one, user))
                .map(Deciding::assignment)
                .findFirst()
                .orElseGet(() -> RealmAssignment.catchAll(user.org()));
    }

    /** An assignment cannot take whom its realm does not admit. */
    private boolean takes(Deciding one, RealmCandidate user) {
        RealmRule rule = one.assignment().rule();
        return ProfileSources.exists(user.org(), rule.profileSourceId())
                && find(user.org(), rule.realmId()).filter(user::fits).isPresent()
                && one.condition().map(it -> it.holds(user.facts())).orElse(true);
    }

    private List<Deciding> deciding(RealmCandidate user) {
        if (active.isEmpty()) {
            return List.of();
        }
        Meaning meaning = last;
        if (meaning == null || meaning.schemas() != user.schemas()) {
            Scope scope = RealmRules.scope(user.org(), user.schemas());
            meaning = new Meaning(user.schemas(), understood(scope));
            last = meaning;
        }
        return meaning.deciding();
    }

    private List<Deciding> understood(Scope scope) {
        return active.stream().flatMap(one -> understood(one, scope).stream()).toList();
    }

    private static Optional<Deciding> understood(RealmAssignment assignment, Scope scope) {
        @Nullable String text = assignment.rule().expression();
        if (text == null) {
            return Optional.of(new Deciding(assignment, Optional.empty()));
        }
        try {
            Expression condition = Expression.condition(text, scope);
            return Optional.of(new Deciding(assignment, Optional.of(condition)));
        } catch (InvalidExpression meaningless) {
            return Optional.empty();
        }
    }

    int size() {
        return stored.size() + 20 * active.size();
    }
}
