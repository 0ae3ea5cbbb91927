package dev.ostiary.server.policy;

import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.org.Org;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.expression.Expression;
import dev.ostiary.server.expression.Facts;
import dev.ostiary.server.expression.Group;
import dev.ostiary.server.expression.InvalidExpression;
import dev.ostiary.server.expression.Scope;
import dev.ostiary.server.expression.Type;
import dev.ostiary.server.expression.Value;
import dev.ostiary.server.policy.engine.Situation;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Expressions as conditions of rules ("Expression Language in Identity Engine"): they name {@code
 * user} and {@code security.risk.level}. Thread-safe.
 */
final class ExpressionRules {

    private static final Type.Thing SECURITY =
            new Type.Thing(
                    "security",
                    Map.of(
                            "risk",
                            new Type.Thing("risk", Map.of("level", Type.Simple.TEXT), false)),
                    false);

    private final OrgSchemas schemas;

    ExpressionRules(OrgSchemas schemas) {
        this.schemas = schemas;
    }

    private Scope scope(Org org) {
        Scope user = Scope.ofIdentityEngine("policy rules", schemas.of(org).expressionTypes(org));
        Map<String, Type> variables = new HashMap<>(user.variables());
        variables.put("security", SECURITY);
        return new Scope(user.place(), variables, user.families());
    }

    /** Judges the expression of some conditions; what is wrong is told to the reading. */
    void judge(Org org, ObjectNode conditions, Path at, Reading reading) {
        String text = conditions.at("/elCondition/condition").asString("");
        if (text.isEmpty()) {
            return;
        }
        try {
            Expression.condition(text, scope(org));
        } catch (InvalidExpression e) {
            reading.wrong(
                    at.field("elCondition").field("condition"), String.valueOf(e.getMessage()));
        }
    }

    /**
     * Judges expressions for a user at a risk. One that means nothing any more, since an attribute
     * is gone, can be neither met nor missed.
     *
     * @param groups the groups that the user is in
     */
    Situation.Expressions of(
            Org org, User user, List<Group> groups, Optional<Situation.Level> risk, Instant now) {
        return text -> {
            try {
                return Optional.of(
                        Expression.condition(text, scope(org))
                                .holds(new Known(user, groups, risk, now)));
            } catch (InvalidExpression e) {
                return Optional.empty();
            }
        };
    }

    private record Known(User user, List<Group> groups, Optional<Situation.Level> risk, Instant now)
            implements Facts {

        @Override
        public Value variable(String name) {
            return name.equals("user")
                    ? Facts.user(
                            user.profile().document(),
                            Map.of(
                                    "id",
                                    new Value.Text(user.id()),
                                    "status",
                                    new Value.Text(user.status().name())))
                    : Value.of(
                            Map.of(
                                    "risk",
                                    Value.of(
                                            Map.of(
                                                    "level",
                                                    risk.<Value>map(it -> new Value.Text(it.name()))
                                                            .orElse(Value.NOTHING)))));
        }

        @Override
        public Value internalProperty(String name) {
            return new Value.Text(name.equals("id") ? user.id() : user.status().name());
        }
    }
}
