package dev.ostiary.server.directory.users;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Org;
import dev.ostiary.server.directory.realms.Realm;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * A user as JSON: the one writer, for single users, lists, and neighbours that hold users (a
 * group's members). Immutable and thread-safe.
 *
 * @param baseUrl scheme and host as the client used them
 * @param org the org whose users are written
 * @param omissions what the client asked to leave out
 * @param fields what the client asked for, if it did
 * @param allLinks whether all links are written, or just {@code self} (P32)
 * @param hidden attributes that the reader may not see
 */
public record UserJson(
        String baseUrl,
        Org org,
        UserOmissions omissions,
        Optional<UserFields> fields,
        boolean allLinks,
        Set<String> hidden) {

    /** What {@link #writeCredentials} writes. */
    static final Schema CREDENTIALS =
            Schema.object("UserCredentials")
                    .maybe("password", Schema.object())
                    .maybe("recovery_question", Schema.object().always("question", Schema.TEXT))
                    .always(
                            "provider",
                            Schema.object()
                                    .always("type", Schema.words(Provider.Type.values()))
                                    .always("name", Schema.TEXT));

    /** A user as a whole; a client may ask not to be told the credentials. */
    public static final Schema.Fields SCHEMA =
            Schema.object("User")
                    .always("id", Schema.TEXT)
                    .always("status", Schema.words(UserStatus.values()))
                    .always("created", Schema.MOMENT)
                    .always("activated", Schema.MOMENT.orNull())
                    .always("statusChanged", Schema.MOMENT.orNull())
                    .always("lastLogin", Schema.MOMENT.orNull())
                    .always("lastUpdated", Schema.MOMENT)
                    .always("passwordChanged", Schema.MOMENT.orNull())
                    .always("type", Schema.object().always("id", Schema.TEXT))
                    .always("profile", ProfileSchema.USER.shown())
                    .always("realmId", Schema.TEXT)
                    .maybe("credentials", CREDENTIALS)
                    .maybe("_embedded", Schema.object().always("blocks", UserBlocks.SCHEMA))
                    .always("_links", Links.SCHEMA);

    /** A user in a list whose reader may ask for some properties only. */
    static final Schema LISTED =
            SCHEMA.named("UserInList")
                    .partly("id")
                    .replaced(
                            "profile",
                            ProfileSchema.USER.shown().named("UserProfileInList").partly());

    /** One user with all its links. */
    public static UserJson single(String baseUrl, Org org) {
        return new UserJson(baseUrl, org, UserOmissions.NONE, Optional.empty(), true, Set.of());
    }

    /** A user in a list. */
    public static UserJson inList(String baseUrl, Org org) {
        return new UserJson(baseUrl, org, UserOmissions.NONE, Optional.empty(), false, Set.of());
    }

    UserJson without(UserOmissions omitted) {
        return new UserJson(baseUrl, org, omitted, fields, allLinks, hidden);
    }

    UserJson only(Optional<UserFields> wanted) {
        return new UserJson(baseUrl, org, omissions, wanted, allLinks, hidden);
    }

    /** As its reader may see it: users do not see what the schema hides from them. */
    UserJson hiding(Set<String> attributes) {
        return new UserJson(baseUrl, org, omissions, fields, allLinks, attributes);
    }

    /** Writes the user as one object. */
    public void write(JsonGenerator out, User user) {
        write(out, user, Optional.empty());
    }

    /** As {@link #write(JsonGenerator, User)}, with access blocks embedded. */
    void write(JsonGenerator out, User user, Optional<UserBlocks> blocks) {
        out.writeStartObject();
        out.writeStringProperty("id", user.id());
        text(out, "status", user.status().name());
        date(out, "created", user.created());
        date(out, "activated", user.activated());
        date(out, "statusChanged", user.statusChanged());
        date(out, "lastLogin", user.lastLogin());
        date(out, "lastUpdated", user.lastUpdated());
        date(out, "passwordChanged", user.passwordChanged());
        type(out, user);
        profile(out, user.profile());
        realm(out, user);
        credentials(out, user);
        if (blocks.isPresent()) {
            out.writeObjectPropertyStart("_embedded");
            out.writeName("blocks");
            blocks.get().write(out);
            out.writeEndObject();
        }
        links(out, user);
        out.writeEndObject();
    }

    private boolean wants(String property) {
        return fields.isEmpty() || fields.get().has(property);
    }

    private void text(JsonGenerator out, String name, String value) {
        if (wants(name)) {
            out.writeStringProperty(name, value);
        }
    }

    private void date(JsonGenerator out, String name, @Nullable Instant value) {
        if (!wants(name)) {
            return;
        }
        if (value == null) {
            out.writeNullProperty(name);
        } else {
            out.writeStringProperty(name, Dates.text(value));
        }
    }

    private void type(JsonGenerator out, User user) {
        if (wants("type")) {
            out.writeObjectPropertyStart("type");
            out.writeStringProperty("id", UserType.of(org, user).id());
            out.writeEndObject();
        }
    }

    private void profile(JsonGenerator out, Profile profile) {
        if (wants("profile")) {
            out.writeName("profile");
            Set<String> some = fields.map(UserFields::profile).orElse(Set.of());
            if (some.isEmpty() && hidden.isEmpty()) {
                Json.raw(out, profile.json());
                return;
            }
            ObjectNode document = profile.document();
            if (!some.isEmpty()) {
                document.retain(some);
            }
            document.remove(hidden);
            Json.raw(out, Json.text(document));
        }
    }

    private void realm(JsonGenerator out, User user) {
        @Nullable String realmId = user.realmId();
        text(out, "realmId", realmId == null ? Realm.defaultId(org) : realmId);
    }

    private void credentials(JsonGenerator out, User user) {
        if (omissions.credentials() || !wants("credentials")) {
            return;
        }
        out.writeName("credentials");
        writeCredentials(out, user);
    }

    /** Writes {@code {"password":{},"recovery_question":{…},"provider":{…}}}, nothing secret. */
    public static void writeCredentials(JsonGenerator out, User user) {
        out.writeStartObject();
        if (user.hasPassword()) {
            out.writeObjectPropertyStart("password");
            out.writeEndObject();
        }
        @Nullable String question = user.recoveryQuestion();
        if (question != null) {
            out.writeObjectPropertyStart("recovery_question");
            out.writeStringProperty("question", question);
            out.writeEndObject();
        }
        out.writeObjectPropertyStart("provider");
        out.writeStringProperty("type", user.provider().type().name());
        out.writeStringProperty("name", user.provider().name());
        out.writeEndObject();
        out.writeEndObject();
    }

    private void links(JsonGenerator out, User user) {
        if (!wants("_links")) {
            return;
        }
        Links links =
                allLinks
                        ? UserLinks.all(baseUrl, org, user, !omissions.credentialsLinks())
                        : UserLinks.inList(baseUrl, user);
        links.write(out);
    }
}
