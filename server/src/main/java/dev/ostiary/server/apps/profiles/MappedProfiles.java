package dev.ostiary.server.apps.profiles;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.assignments.AppProfiles;
import dev.ostiary.server.directory.schemas.AppUserSchemas;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.expression.Facts;
import dev.ostiary.server.expression.Group;
import dev.ostiary.server.expression.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        return apps.profiles(reader, app.id(), app.isIdentitySource());
    }

    @Override
    public Mapping mapping(Reader reader, Org org, App app) {
        Optional<ProfileMapping> mapping = store.ofApp(reader, app.id(), true);
        if (mapping.filter(found -> !found.document().isEmpty()).isEmpty()) {
            return new IntoApp(Expressions.NONE, time.instant());
        }
        return new IntoApp(
                Expressions.of(
                        mapping.get(),
                        MappingRules.intoApp(users.of(org).ofDefaultType(org)),
                        schema(reader, app)),
                time.instant());
    }

    /** How the mapping of the other way sees an app's users: compiled once for many. */
    public FromApp fromApp(Reader reader, Org org, App app) {
        Optional<ProfileMapping> mapping = store.ofApp(reader, app.id(), false);
        ProfileSchema source = apps.whole(reader, app.id(), app.isIdentitySource());
        return new FromApp(
                mapping.map(
                                found ->
                                        Expressions.of(
                                                found,
                                                MappingRules.fromApp(app, source),
                                                users.of(org).ofDefaultType(org)))
                        .orElse(Expressions.NONE),
                time.instant());
    }

    /** What the mapping into an app makes of users. */
    private record IntoApp(Expressions expressions, Instant now) implements Mapping {

        @Override
        public ObjectNode following(User user) {
            return expressions.following(new UserFacts(user, now));
        }

        @Override
        public ObjectNode once(User user) {
            return expressions.once(new UserFacts(user, now));
        }
    }

    /** What the mapping out of an app makes of its users. Immutable. */
    public static final class FromApp {
        private final Expressions expressions;
        private final Instant now;

        private FromApp(Expressions expressions, Instant now) {
            this.expressions = expressions;
            this.now = now;
        }

        /**
         * The values that follow the app's user; null for those that it does not have any more.
         *
         * @param profile of the user in the app, with its name
         */
        public ObjectNode following(ObjectNode profile) {
            ObjectNode values = Json.object();
            expressions.followed().keySet().forEach(values::putNull);
            values.setAll(expressions.following(new AppUserFacts(profile, now)));
            return values;
        }

        /** The values with which a user begins, beside those. */
        public ObjectNode once(ObjectNode profile) {
            return expressions.once(new AppUserFacts(profile, now));
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

    /** A user of an app as mappings see one. */
    private record AppUserFacts(ObjectNode profile, Instant now) implements Facts {

        @Override
        public Value variable(String name) {
            return Facts.user(profile, Map.of());
        }

        @Override
        public List<Group> groups() {
            return List.of();
        }

        /** An app's user has none: only users of the org have ids and a status. */
        @Override
        public Value internalProperty(String name) {
            return Value.NOTHING;
        }
    }
}
