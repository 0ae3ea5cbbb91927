package dev.ostiary.server.directory.users;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.directory.users.password.HashedPassword;
import dev.ostiary.server.directory.users.password.PasswordExport;
import dev.ostiary.server.directory.users.password.PasswordHash;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Users as lines that {@link UserImport} reads, in the order of their ids. Thread-safe.
 *
 * <p>What is secret stays here unless it is asked for: hashes of passwords can be guessed at by
 * whoever has them. Answers to recovery questions, earlier passwords and tokens stay always.
 */
public final class UserExport {

    private final UserStore store = new UserStore();

    /** A user with what may be told of its secrets. The text says nothing. */
    public static final class Exported {
        private final User user;
        private final Secrets secrets;

        private Exported(User user, Secrets secrets) {
            this.user = user;
            this.secrets = secrets;
        }

        /** Public id. */
        public String id() {
            return user.id();
        }

        /** Id of the user type; null for the default one. */
        public @Nullable String typeId() {
            return user.typeId();
        }

        /** Id of the realm; null for the default one. */
        public @Nullable String realmId() {
            return user.realmId();
        }
    }

    /** The next users after an id. */
    public List<Exported> after(Reader reader, String id, int most, boolean passwords) {
        return store.after(reader, id, most).stream()
                .map(
                        locked ->
                                new Exported(
                                        locked.user(), passwords ? locked.secrets() : Secrets.NONE))
                .toList();
    }

    /** Writes one as a line's object. */
    public void write(
            JsonGenerator out,
            Exported exported,
            @Nullable String typeName,
            @Nullable String realmName) {
        User user = exported.user;
        out.writeStartObject();
        out.writeStringProperty("kind", "user");
        out.writeStringProperty("status", user.status().name());
        named(out, "type", typeName);
        named(out, "realm", realmName);
        out.writeName("profile");
        Json.raw(out, user.profile().json());
        out.writeObjectPropertyStart("credentials");
        password(out, exported.secrets);
        out.writeObjectPropertyStart("provider");
        out.writeStringProperty("type", user.provider().type().name());
        out.writeStringProperty("name", user.provider().name());
        out.writeEndObject();
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void named(JsonGenerator out, String property, @Nullable String name) {
        if (name != null) {
            out.writeObjectPropertyStart(property);
            out.writeStringProperty("name", name);
            out.writeEndObject();
        }
    }

    private static void password(JsonGenerator out, Secrets secrets) {
        @Nullable String stored = secrets.passwordHash();
        if (stored == null && !secrets.passwordHook()) {
            return;
        }
        out.writeObjectPropertyStart("password");
        if (stored != null) {
            HashedPassword hash = PasswordExport.of(PasswordHash.parse(stored));
            out.writeName("hash");
            CredentialsBody.writeHash(out, hash);
        } else {
            ObjectNode hook = Json.object().put("type", "default");
            out.writeName("hook");
            Json.raw(out, Json.text(hook));
        }
        out.writeEndObject();
    }
}
