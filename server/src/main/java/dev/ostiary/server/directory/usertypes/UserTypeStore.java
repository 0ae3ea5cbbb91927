package dev.ostiary.server.directory.usertypes;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Documents;
import dev.ostiary.platform.store.Documents.Document;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The documents of kind {@code userType}: those that were made, and the default one once changed.
 */
final class UserTypeStore {

    /** The unique index of names, as the migration wrote it. */
    static final String NAME_IS_TAKEN = "user_type_name";

    private static final Documents DOCUMENTS = new Documents("userType");
    private static final int MOST = 100;

    /** All types, in the order of their ids. */
    List<UserType> all(Reader reader, Org org) {
        List<UserType> types = new ArrayList<>();
        DOCUMENTS.page(reader, "", MOST).forEach(document -> types.add(read(document)));
        if (types.stream().noneMatch(type -> type.isDefault(org))) {
            types.addFirst(UserType.born(org));
        }
        return types;
    }

    Optional<UserType> find(Reader reader, Org org, String id) {
        return DOCUMENTS.get(reader, id).map(UserTypeStore::read).or(() -> born(org, id));
    }

    private static Optional<UserType> born(Org org, String id) {
        return id.equals(UserType.defaultId(org))
                ? Optional.of(UserType.born(org))
                : Optional.empty();
    }

    /** Writes a type; the org's row is held, so that nobody else does. */
    void save(Tx tx, UserType type) {
        DOCUMENTS.save(tx, type.id(), json(type), type.lastUpdated());
    }

    void delete(Tx tx, UserType type) {
        DOCUMENTS.delete(tx, type.id());
    }

    private static dev.ostiary.platform.store.Json json(UserType type) {
        return new dev.ostiary.platform.store.Json(Json.text(type.body()));
    }

    private static UserType read(Document document) {
        return UserType.of(
                document.id(),
                Json.object(document.body()),
                document.created(),
                document.lastUpdated());
    }
}
