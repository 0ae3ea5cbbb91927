package dev.ostiary.server.directory.schemas;

import dev.ostiary.platform.org.Org;
import dev.ostiary.server.expression.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of an org. Immutable and thread-safe.
 *
 * <p>A user type and its schema are known by each other's {@linkplain TypeIds ids}.
 */
public final class SchemaSet {

    private static final SchemaSet UNTOUCHED = new SchemaSet(Map.of());

    /** Those that stand in the database, by id. */
    private final Map<String, ProfileSchema> stored;

    private final Map<String, ProfileAttribute> searchable;

    private SchemaSet(Map<String, ProfileSchema> stored) {
        this.stored = Map.copyOf(stored);
        this.searchable = new LinkedHashMap<>();
        stored.forEach(
                (id, schema) -> {
                    if (!id.equals(StoredSchema.GROUP)) {
                        schema.custom().forEach(each -> searchable.putIfAbsent(each.name(), each));
                    }
                });
    }

    /** The schemas of an org that never changed one. */
    public static SchemaSet untouched() {
        return UNTOUCHED;
    }

    static SchemaSet of(List<StoredSchema> stored) {
        Map<String, ProfileSchema> read = new LinkedHashMap<>();
        stored.forEach(schema -> read.put(schema.id(), schema.schema()));
        return new SchemaSet(read);
    }

    /** Id of the schema of the type that every org begins with. */
    static String defaultId(Org org) {
        return TypeIds.schemaOf(TypeIds.ofDefault(org));
    }

    /** The schema of a user type; null stands for the default one. */
    public Optional<ProfileSchema> ofType(Org org, @Nullable String typeId) {
        if (typeId == null || typeId.equals(TypeIds.ofDefault(org))) {
            return Optional.of(ofDefaultType(org));
        }
        return TypeIds.isType(typeId)
                ? Optional.ofNullable(stored.get(TypeIds.schemaOf(typeId)))
                : Optional.empty();
    }

    /** The schema of the type that every org begins with. */
    public ProfileSchema ofDefaultType(Org org) {
        return stored.getOrDefault(defaultId(org), ProfileSchema.USER);
    }

    /** The schema of groups. */
    public ProfileSchema ofGroups() {
        return stored.getOrDefault(StoredSchema.GROUP, ProfileSchema.GROUP);
    }

    /** An attribute that some user type has beside the base ones, for searches over all of them. */
    public Optional<ProfileAttribute> customOfUsers(String name) {
        return Optional.ofNullable(searchable.get(name));
    }

    /**
     * The attributes that a user may have, of whichever type, as expressions see them. What types
     * disagree about is known only when a value is there.
     */
    public Map<String, Type> expressionTypes(Org org) {
        Map<String, Type> types = new LinkedHashMap<>(ofDefaultType(org).expressionTypes());
        stored.forEach(
                (id, schema) -> {
                    if (!id.equals(StoredSchema.GROUP)) {
                        schema.expressionTypes()
                                .forEach((name, type) -> types.merge(name, type, Type::either));
                    }
                });
        return types;
    }

    int size() {
        return stored.values().stream().mapToInt(schema -> schema.attributes().size()).sum();
    }
}
