package dev.ostiary.server.apps.profiles;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.profiles.ProfileMapping.PushStatus;
import dev.ostiary.server.directory.schemas.AppUserSchemas;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import dev.ostiary.server.expression.Expression;
import dev.ostiary.server.expression.InvalidExpression;
import dev.ostiary.server.expression.Scope;
import dev.ostiary.server.expression.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a mapping may say: attributes that the target has, and expressions that mean something of
 * the source (Mappings API, "Update Profile Mapping"). Thread-safe.
 */
public final class MappingRules {

    /** The subject of its errors (WIRE, "Errors"). */
    private static final String SUBJECT = "updateMapping";

    private static final int MOST = 1000;

    private final OrgSchemas users;
    private final AppUserSchemas apps;

    public MappingRules(OrgSchemas users, AppUserSchemas apps) {
        this.users = users;
        this.apps = apps;
    }

    /**
     * The mapping with what a client says laid over it; null takes an attribute out. What is wrong
     * is told to the reading.
     */
    ProfileMapping changed(
            Reader reader,
            Org org,
            App app,
            ProfileMapping before,
            ObjectNode body,
            Reading reading) {
        ProfileSchema ofApp =
                before.intoApp()
                        ? apps.profiles(reader, app.id(), app.isIdentitySource())
                        : apps.whole(reader, app.id(), app.isIdentitySource());
        ProfileSchema ofUsers = users.of(org).ofDefaultType(org);
        ProfileSchema target = before.intoApp() ? ofApp : ofUsers;
        Scope scope = before.intoApp() ? intoApp(ofUsers) : fromApp(app, ofApp);
        ObjectNode properties = before.document();
        JsonNode given = body.path("properties");
        if (!given.isObject()) {
            reading.sentence(SUBJECT, "properties: The field cannot be left blank");
        }
        for (var each : given.properties()) {
            String name = each.getKey();
            if (target.find(name).isEmpty()) {
                reading.sentence(SUBJECT, "Invalid target field " + name);
            } else if (each.getValue().isNull()) {
                properties.remove(name);
            } else {
                property(name, each.getValue(), properties.path(name), scope, reading)
                        .ifPresent(sound -> properties.set(name, sound));
            }
        }
        if (properties.size() > MOST) {
            reading.sentence(SUBJECT, "At most " + MOST + " properties are allowed");
        }
        return new ProfileMapping(
                before.id(), before.appId(), before.intoApp(), Json.text(properties));
    }

    private static Optional<ObjectNode> property(
            String name, JsonNode given, JsonNode before, Scope scope, Reading reading) {
        JsonNode expression =
                given.hasNonNull("expression")
                        ? given.get("expression")
                        : before.path("expression");
        JsonNode push =
                given.hasNonNull("pushStatus")
                        ? given.get("pushStatus")
                        : before.path("pushStatus");
        String status = push.isMissingNode() ? PushStatus.DONT_PUSH.name() : push.asString("");
        if (!expression.isString()) {
            reading.sentence(SUBJECT, name + ".expression: The field cannot be left blank");
            return Optional.empty();
        }
        if (Arrays.stream(PushStatus.values()).noneMatch(each -> each.name().equals(status))) {
            reading.sentence(SUBJECT, name + ".pushStatus: must be one of [PUSH, DONT_PUSH]");
            return Optional.empty();
        }
        try {
            if (Expression.compile(expression.stringValue(), scope).asksForGroups()) {
                reading.sentence(
                        SUBJECT,
                        "Invalid property expression, functions of groups are not supported here");
                return Optional.empty();
            }
        } catch (InvalidExpression e) {
            reading.sentence(SUBJECT, "Invalid property expression, " + e.getMessage());
            return Optional.empty();
        }
        return Optional.of(
                Json.object()
                        .put("expression", expression.stringValue())
                        .put("pushStatus", status));
    }

    /** Users are called {@code user}, and {@code source}, as templates of names have it. */
    static Scope intoApp(ProfileSchema ofUsers) {
        Type user = Scope.user(ofUsers.expressionTypes(), Map.of());
        return Scope.ofMappings(Map.of("user", user, "source", user));
    }

    /** Users of an app are called {@code appuser}, and as the app is. */
    static Scope fromApp(App app, ProfileSchema ofApp) {
        Type user = Scope.user(ofApp.expressionTypes(), Map.of());
        return Scope.ofMappings(
                app.name().equals("user") || app.name().equals("appuser")
                        ? Map.of("appuser", user)
                        : Map.of("appuser", user, app.name(), user));
    }
}
