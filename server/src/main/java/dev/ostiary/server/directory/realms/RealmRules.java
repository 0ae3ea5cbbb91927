package dev.ostiary.server.directory.realms;

import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.directory.schemas.SchemaSet;
import dev.ostiary.server.expression.Expression;
import dev.ostiary.server.expression.InvalidExpression;
import dev.ostiary.server.expression.Scope;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Judges what clients say of assignments, beside the assignments that there are. Thread-safe. */
final class RealmRules {

    /** Help, "Requirements and limitations". */
    private static final int MOST_OF_A_SOURCE = 30;

    private final RealmAssignmentStore store;
    private final RealmStore realms = new RealmStore();

    RealmRules(RealmAssignmentStore store) {
        this.store = store;
    }

    /** What expressions of assignments can say in an org. */
    static Scope scope(Org org, SchemaSet schemas) {
        return Scope.ofRealmAssignments(schemas.expressionTypes(org));
    }

    /**
     * The rule of an assignment that is to be made; without a priority it comes behind the others.
     *
     * @throws dev.ostiary.platform.problem.ApiException {@code E0000001} with every cause
     */
    RealmRule judged(Reader reader, Org org, SchemaSet schemas, RealmRule.Body body) {
        List<RealmAssignment> others = store.made(reader);
        return judged(reader, org, schemas, body.at(free(others)), others);
    }

    /** The rule of an assignment that is to be another; without a priority it keeps its own. */
    RealmRule judged(
            Reader reader, Org org, SchemaSet schemas, RealmRule.Body body, RealmAssignment old) {
        List<RealmAssignment> others =
                store.made(reader).stream().filter(other -> !other.id().equals(old.id())).toList();
        return judged(reader, org, schemas, body.at(old.rule().priority()), others);
    }

    /** The number behind the last, or the last one that is free; none is left at the limit. */
    private static int free(List<RealmAssignment> others) {
        int next = others.isEmpty() ? 0 : others.getLast().rule().priority() + 1;
        if (next < RealmRule.LAST_PRIORITY) {
            return next;
        }
        return IntStream.iterate(RealmRule.LAST_PRIORITY - 1, n -> n >= 0, n -> n - 1)
                .filter(n -> isFree(n, others))
                .findFirst()
                .orElse(RealmRule.LAST_PRIORITY);
    }

    private static boolean isFree(int priority, List<RealmAssignment> others) {
        return priority < RealmRule.LAST_PRIORITY
                && others.stream().noneMatch(other -> other.rule().priority() == priority);
    }

    private RealmRule judged(
            Reader reader,
            Org org,
            SchemaSet schemas,
            RealmRule rule,
            List<RealmAssignment> others) {
        Reading reading = new Reading();
        if (realms.find(reader, org, rule.realmId()).isEmpty()) {
            wrong(
                    reading,
                    "actions.assignUserToRealm.realmId",
                    "realmId",
                    "The realm '" + rule.realmId() + "' does not exist");
        }
        source(org, rule.profileSourceId(), others, reading);
        if (!isFree(rule.priority(), others)) {
            wrong(
                    reading,
                    "priority",
                    "priority",
                    "Another realm assignment has the priority " + rule.priority());
        }
        expression(org, schemas, rule.expression(), reading);
        reading.finish();
        return rule;
    }

    private static void expression(
            Org org, SchemaSet schemas, @Nullable String text, Reading reading) {
        if (text == null) {
            return;
        }
        try {
            Expression.condition(text, scope(org, schemas));
        } catch (InvalidExpression e) {
            wrong(
                    reading,
                    "conditions.expression.value",
                    "expression",
                    Objects.requireNonNullElse(e.getMessage(), "The expression is not valid"));
        }
    }

    private static void source(
            Org org, @Nullable String id, List<RealmAssignment> others, Reading reading) {
        String field = "conditions.profileSourceId";
        if (!ProfileSources.exists(org, id)) {
            wrong(reading, field, "profileSourceId", "The profile source does not exist");
        } else if (id != null
                && others.stream()
                                .filter(other -> id.equals(other.rule().profileSourceId()))
                                .count()
                        >= MOST_OF_A_SOURCE) {
            wrong(
                    reading,
                    field,
                    "profileSourceId",
                    "A profile source can have at most " + MOST_OF_A_SOURCE + " assignments");
        }
    }

    private static void wrong(Reading reading, String field, String subject, String message) {
        reading.wrong(new Path(field, subject), message);
    }
}
