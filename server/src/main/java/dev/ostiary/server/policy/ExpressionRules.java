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
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Expressions as conditions of rules ("Expression Language in Identity Engine"): they name {@code
 * user}, {@code security} and {@code device}. No device is enrolled with this server: so none is
 * registered or managed, and what else there is to say of one is nothing. Thread-safe.
 */
final class ExpressionRules {

    private static final Type.Thing SECURITY =
            new Type.Thing(
                    "security",
                    Map.of(
                            "risk",
                            new Type.Thing("risk", Map.of("level", Type.Simple.TEXT), false),
                            "behaviors",
                            new Type.ArrayOf(Type.Simple.TEXT)),
                    false);

    private static final Type.Thing DEVICE =
            new Type.Thing(
                    "device",
                    Map.of(
                            "id",
                            Type.Simple.TEXT,
                            "profile",
                            new Type.Thing(
                                    "device profile",
                                    Map.of(
                                            "managed", Type.Simple.BOOLEAN,
                                            "registered", Type.Simple.BOOLEAN,
                                            "platform", Type.Simple.TEXT),
                                    true)),
                    false);

    private final OrgSchemas schemas;

    ExpressionRules(OrgSchemas schemas) {
        this.schemas = schemas;
    }

    private Scope scope(Org org) {
        Scope user = Scope.ofIdentityEngine("policy rules", schemas.of(org).expressionTypes(org));
        Map<String, Type> variables = new HashMap<>(user.variables());
        variables.put("security", SECURITY);
        variables.put("device", DEVICE);
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
     * What expressions see beside the user.
     *
     * @param groups the groups that the user is in
     * @param risk how risky it is that the user comes
     * @param behaviours the names of the behaviours that were noticed
     * @param platform the operating system of the user's device
     */
    record Sight(
            List<Group> groups,
            Optional<Situation.Level> risk,
            List<String> behaviours,
            Optional<String> platform,
            Instant now) {}

    /**
     * Judges expressions for a user. One that means nothing any more, since an attribute is gone,
     * can be neither met nor missed.
     */
    Situation.Expressions of(Org org, User user, Sight sight) {
        return text -> {
            try {
                return Optional.of(
                        Expression.condition(text, scope(org)).holds(new Known(user, sight)));
            } catch (InvalidExpression e) {
                return Optional.empty();
            }
        };
    }

    private record Known(User user, Sight sight) implements Facts {

        @Override
        public Value variable(String name) {
            return switch (name) {
                case "security" ->
                        Value.of(
                                Map.of(
                                        "risk",
                                        Value.of(Map.of("level", level())),
                                        "behaviors",
                                        Value.ofTexts(sight.behaviours())));
                case "device" -> Value.of(Map.of("profile", device()));
                default -> Facts.user(user.profile().document(), own());
            };
        }

        private Value level() {
            return sight.risk().<Value>map(it -> new Value.Text(it.name())).orElse(Value.NOTHING);
        }

        private Value device() {
            return Value.of(
                    Map.of(
                            "managed", new Value.Flag(false),
                            "registered", new Value.Flag(false),
                            "platform",
                                    sight.platform()
                                            .<Value>map(Value.Text::new)
                                            .orElse(Value.NOTHING)));
        }

        private Map<String, Value> own() {
            Map<String, Value> own = new HashMap<>();
            own.put("id", new Value.Text(user.id()));
            own.put("status", new Value.Text(user.status().name()));
            moment(own, "created", user.created());
            moment(own, "lastUpdated", user.lastUpdated());
            moment(own, "passwordChanged", user.passwordChanged());
            moment(own, "lastLogin", user.lastLogin());
            return own;
        }

        private static void moment(Map<String, Value> own, String name, @Nullable Instant moment) {
            if (moment != null) {
                own.put(name, new Value.Moment(moment.atZone(ZoneOffset.UTC)));
            }
        }

        @Override
        public List<Group> groups() {
            return sight.groups();
        }

        @Override
        public Instant now() {
            return sight.now();
        }

        @Override
        public Value internalProperty(String name) {
            return new Value.Text(name.equals("id") ? user.id() : user.status().name());
        }
    }
}
