package dev.ostiary.server.apps.profiles;

import dev.ostiary.platform.json.Json;
import dev.ostiary.server.apps.profiles.ProfileMapping.PushStatus;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import dev.ostiary.server.expression.Expression;
import dev.ostiary.server.expression.Facts;
import dev.ostiary.server.expression.InvalidExpression;
import dev.ostiary.server.expression.Scope;
import dev.ostiary.server.expression.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The expressions of a mapping, compiled, by the attributes that they make. Immutable.
 *
 * @param followed those that count whenever the source changes
 * @param made those that count when the target is made
 */
record Expressions(Map<String, Expression> followed, Map<String, Expression> made) {

    static final Expressions NONE = new Expressions(Map.of(), Map.of());

    /**
     * Those of a mapping that mean something.
     *
     * @param scope what they may speak of
     * @param target what they may make
     */
    static Expressions of(ProfileMapping mapping, Scope scope, ProfileSchema target) {
        Map<String, Expression> followed = new LinkedHashMap<>();
        Map<String, Expression> made = new LinkedHashMap<>();
        for (var each : mapping.document().properties()) {
            boolean push =
                    each.getValue().path("pushStatus").asString().equals(PushStatus.PUSH.name());
            if (target.find(each.getKey()).isPresent()) {
                compiled(each.getValue(), scope)
                        .ifPresent(
                                expression ->
                                        (push ? followed : made).put(each.getKey(), expression));
            }
        }
        return new Expressions(followed, made);
    }

    private static Optional<Expression> compiled(JsonNode property, Scope scope) {
        try {
            return Optional.of(Expression.compile(property.path("expression").asString(), scope));
        } catch (InvalidExpression gone) {
            return Optional.empty();
        }
    }

    ObjectNode following(Facts facts) {
        return values(followed, facts);
    }

    ObjectNode once(Facts facts) {
        return values(made, facts);
    }

    private static ObjectNode values(Map<String, Expression> expressions, Facts facts) {
        ObjectNode values = Json.object();
        expressions.forEach(
                (name, expression) ->
                        expression
                                .value(facts)
                                .flatMap(Expressions::json)
                                .ifPresent(value -> values.set(name, value)));
        return values;
    }

    private static Optional<JsonNode> json(Value value) {
        ObjectNode holder = Json.object();
        return switch (value) {
            case Value.Text(String text) -> Optional.of(holder.put("v", text).get("v"));
            case Value.Whole(int number) -> Optional.of(holder.put("v", number).get("v"));
            case Value.Number(double number) -> Optional.of(holder.put("v", number).get("v"));
            case Value.Flag(boolean set) -> Optional.of(holder.put("v", set).get("v"));
            case Value.Country(String alpha2) -> Optional.of(holder.put("v", alpha2).get("v"));
            case Value.Items(List<Value> items) -> {
                ArrayNode array = holder.putArray("v");
                items.forEach(item -> json(item).ifPresent(array::add));
                yield Optional.of(array);
            }
            case Value.Nothing nothing -> Optional.empty();
            case Value.Moment moment ->
                    Optional.of(holder.put("v", moment.time().toString()).get("v"));
            case Value.Criteria criteria -> Optional.empty();
            case Value.Thing thing -> Optional.empty();
        };
    }
}
