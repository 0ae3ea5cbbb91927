package dev.ostiary.server.apps.profiles;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.assignments.AppProfiles;
import dev.ostiary.server.apps.profiles.ProfileMapping.PushStatus;
import dev.ostiary.server.directory.schemas.AppUserSchemas;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.expression.Expression;
import dev.ostiary.server.expression.Facts;
import dev.ostiary.server.expression.Group;
import dev.ostiary.server.expression.InvalidExpression;
import dev.ostiary.server.expression.Scope;
import dev.ostiary.server.expression.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What mappings make of users. An expression that means nothing any more, since an attribute is
 * gone, makes nothing; so does one whose value the app's schema does not take. Thread-safe.
 */
public final class MappedProfiles implements AppProfiles {

    private final OrgSchemas users;
    private final AppUserSchemas apps;
    private final InstantSource time;
    private final MappingStore store = new MappingStore();

    public MappedProfiles(OrgSchemas users, AppUserSchemas apps, InstantSource time) {
        this.users = users;
        this.apps = apps;
        this.time = time;
    }

    @Override
    public ProfileSchema schema(Reader reader, App app) {
        return apps.profiles(reader, app.id());
    }

    @Override
    public Mapping mapping(Reader reader, Org org, App app) {
        Optional<ProfileMapping> mapping = store.intoApp(reader, app.id());
        ObjectNode properties = mapping.map(ProfileMapping::document).orElseGet(Json::object);
        if (properties.isEmpty()) {
            return new Compiled(Map.of(), Map.of(), time.instant());
        }
        Scope scope = MappingRules.intoApp(users.of(org).ofDefaultType(org));
        ProfileSchema schema = schema(reader, app);
        Map<String, Expression> following = new LinkedHashMap<>();
        Map<String, Expression> once = new LinkedHashMap<>();
        properties
                .properties()
                .forEach(
                        each -> {
                            boolean push =
                                    each.getValue()
                                            .path("pushStatus")
                                            .asString()
                                            .equals(PushStatus.PUSH.name());
                            if (schema.find(each.getKey()).isPresent()) {
                                compiled(each.getValue(), scope)
                                        .ifPresent(
                                                expression ->
                                                        (push ? following : once)
                                                                .put(each.getKey(), expression));
                            }
                        });
        return new Compiled(following, once, time.instant());
    }

    private static Optional<Expression> compiled(JsonNode property, Scope scope) {
        try {
            return Optional.of(Expression.compile(property.path("expression").asString(), scope));
        } catch (InvalidExpression gone) {
            return Optional.empty();
        }
    }

    private record Compiled(
            Map<String, Expression> followed, Map<String, Expression> made, Instant now)
            implements Mapping {

        @Override
        public ObjectNode following(User user) {
            return values(followed, user);
        }

        @Override
        public ObjectNode once(User user) {
            return values(made, user);
        }

        private ObjectNode values(Map<String, Expression> expressions, User user) {
            ObjectNode values = Json.object();
            if (!expressions.isEmpty()) {
                Facts facts = new UserFacts(user, now);
                expressions.forEach(
                        (name, expression) ->
                                expression
                                        .value(facts)
                                        .flatMap(Compiled::json)
                                        .ifPresent(value -> values.set(name, value)));
            }
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

    /** A user as mappings see one. */
    private record UserFacts(User user, Instant now) implements Facts {

        @Override
        public Value variable(String name) {
            return Facts.user(user.profile().document(), Map.of());
        }

        /** No mapping of a profile depends on groups: those change without the user. */
        @Override
        public List<Group> groups() {
            return List.of();
        }

        @Override
        public Value internalProperty(String name) {
            return new Value.Text(name.equals("id") ? user.id() : user.status().name());
        }
    }
}
