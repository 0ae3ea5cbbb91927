package dev.ostiary.server.directory.schemas;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.SearchDocument;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The values of unique attributes (Schemas, "Unique attributes"): one row each, whose key is the
 * value, so that of two who want the same at once one waits for the other and is refused. Users of
 * all types share one namespace an attribute, as far as their type calls it unique. Values are
 * compared without case. Thread-safe.
 */
public final class UniqueValues {

    /** The namespace of users. */
    public static final String USER = "user";

    /** The namespace of groups. */
    public static final String GROUP = "group";

    /** Of values only a digest is kept: they may be long. */
    private static final String DIGEST = "sha256(convert_to(?::jsonb ->> 0, 'UTF8'))";

    /**
     * Gives an object the values that its profile has, and takes back those that it had.
     *
     * @throws ApiException {@code E0000001} with a cause for every value that another object has
     */
    public void claim(
            Tx tx, String namespace, String objectId, ProfileSchema schema, ObjectNode profile) {
        if (!schema.hasUnique()) {
            return;
        }
        release(tx, namespace, objectId);
        List<String> taken = new ArrayList<>();
        for (ProfileAttribute attribute : schema.custom()) {
            JsonNode value = profile.path(attribute.name());
            if (attribute.unique()
                    && !value.isNull()
                    && !value.isMissingNode()
                    && !claim(tx, namespace, objectId, attribute.name(), value)) {
                taken.add(attribute.name());
            }
        }
        if (!taken.isEmpty()) {
            throw ApiException.validation(
                    taken.getFirst(),
                    taken.stream()
                            .map(
                                    name ->
                                            name
                                                    + ": An object with this field already exists"
                                                    + " in the current organization")
                            .toList());
        }
    }

    /**
     * A value that an object wants for itself, folded as it is compared.
     *
     * @param value a JSON array of the value alone
     */
    public record Claim(String attribute, String value) {}

    /** What an object of this profile claims. */
    public static List<Claim> claims(ProfileSchema schema, ObjectNode profile) {
        if (!schema.hasUnique()) {
            return List.of();
        }
        return schema.custom().stream()
                .filter(ProfileAttribute::unique)
                .filter(each -> profile.hasNonNull(each.name()))
                .map(each -> new Claim(each.name(), folded(profile.path(each.name()))))
                .toList();
    }

    /** Those of the claims that some object has, and the object's id. */
    public Map<Claim, String> taken(Reader reader, String namespace, Collection<Claim> claims) {
        if (claims.isEmpty()) {
            return Map.of();
        }
        Map<Claim, String> taken = new HashMap<>();
        reader.list(
                        Sql.of(
                                """
                                SELECT c.attribute, c.value, u.object_id FROM unnest(?::text[], ?::text[])
                                    AS c(attribute, value)
                                JOIN unique_value u ON u.attribute = c.attribute
                                    AND u.value = sha256(convert_to(c.value::jsonb ->> 0, 'UTF8'))
                                WHERE u.org_id = ? AND u.namespace = ?""",
                                claims.stream().map(Claim::attribute).toList(),
                                claims.stream().map(Claim::value).toList(),
                                reader.org(),
                                namespace),
                        row ->
                                Map.entry(
                                        new Claim(row.text("attribute"), row.text("value")),
                                        row.text("object_id")))
                .forEach(entry -> taken.put(entry.getKey(), entry.getValue()));
        return taken;
    }

    /** Gives objects what they claim, later; whoever was faster makes it a unique violation. */
    public void claimAll(Tx tx, String namespace, Map<String, List<Claim>> byObject) {
        List<String> objects = new ArrayList<>();
        List<Claim> claims = new ArrayList<>();
        byObject.forEach(
                (object, wanted) ->
                        wanted.forEach(
                                claim -> {
                                    objects.add(object);
                                    claims.add(claim);
                                }));
        if (!claims.isEmpty()) {
            tx.write(
                    Sql.of(
                            """
                            INSERT INTO unique_value (org_id, namespace, attribute, value, object_id)
                            SELECT ?::bigint, ?::text, c.attribute,
                                sha256(convert_to(c.value::jsonb ->> 0, 'UTF8')), c.object_id
                            FROM unnest(?::text[], ?::text[], ?::text[])
                                AS c(attribute, value, object_id)""",
                            tx.org(),
                            namespace,
                            claims.stream().map(Claim::attribute).toList(),
                            claims.stream().map(Claim::value).toList(),
                            objects));
        }
    }

    private static String folded(JsonNode value) {
        ObjectNode holder = Json.object();
        holder.putArray("v").add(value);
        return Json.text(Json.object(SearchDocument.of(holder).doc()).path("v"));
    }

    private static boolean claim(
            Tx tx, String namespace, String objectId, String attribute, JsonNode value) {
        return tx.run(
                        Sql.of(
                                "INSERT INTO unique_value (org_id, namespace, attribute, value,"
                                        + " object_id) VALUES (?, ?, ?, "
                                        + DIGEST
                                        + ", ?) ON CONFLICT DO NOTHING",
                                tx.org(),
                                namespace,
                                attribute,
                                folded(value),
                                objectId))
                == 1;
    }

    /** The namespace of users in an app. */
    public static String ofApp(String appId) {
        return "app/" + appId;
    }

    /**
     * Claims a value of an attribute for each of some objects, at once.
     *
     * @param values by the objects' ids, as profiles have them
     * @return false if one of them is taken; then some of the others may be claimed
     */
    public boolean claimEach(
            Tx tx, String namespace, String attribute, Map<String, JsonNode> values) {
        List<String> objects = List.copyOf(values.keySet());
        int claimed =
                tx.run(
                        Sql.of(
                                """
                                INSERT INTO unique_value (org_id, namespace, attribute, value, object_id)
                                SELECT ?::bigint, ?::text, ?::text,
                                    sha256(convert_to(c.value::jsonb ->> 0, 'UTF8')), c.object_id
                                FROM unnest(?::text[], ?::text[]) AS c(value, object_id)
                                ON CONFLICT DO NOTHING""",
                                tx.org(),
                                namespace,
                                attribute,
                                objects.stream()
                                        .map(id -> folded(Objects.requireNonNull(values.get(id))))
                                        .toList(),
                                objects));
        return claimed == objects.size();
    }

    /** Takes back all values of a namespace, or those of one attribute in it. */
    public void forgetAll(Tx tx, String namespace, Optional<String> attribute) {
        Sql all =
                Sql.of(
                        "DELETE FROM unique_value WHERE org_id = ? AND namespace = ?",
                        tx.org(),
                        namespace);
        tx.run(attribute.isPresent() ? all.then("AND attribute = ?", attribute.get()) : all);
    }

    /** Takes back what an object has. */
    public void release(Tx tx, String namespace, String objectId) {
        tx.run(
                Sql.of(
                        "DELETE FROM unique_value"
                                + " WHERE org_id = ? AND namespace = ? AND object_id = ?",
                        tx.org(),
                        namespace,
                        objectId));
    }

    /** Takes back what each of some objects has. */
    public void releaseAll(Tx tx, String namespace, Collection<String> objectIds) {
        if (!objectIds.isEmpty()) {
            tx.run(
                    Sql.of(
                            "DELETE FROM unique_value"
                                    + " WHERE org_id = ? AND namespace = ? AND object_id = ANY(?)",
                            tx.org(),
                            namespace,
                            objectIds));
        }
    }

    /** Takes back all values of an attribute that objects of an id in a query have. */
    public void forget(Tx tx, String namespace, String attribute, Sql objectIds) {
        tx.run(
                Sql.of(
                                "DELETE FROM unique_value WHERE org_id = ? AND namespace = ?"
                                        + " AND attribute = ? AND object_id IN (",
                                tx.org(),
                                namespace,
                                attribute)
                        .then(objectIds)
                        .then(")"));
    }

    /**
     * Claims the values that objects have already.
     *
     * @param values a query of {@code id} and {@code value}, text as search documents hold it
     * @return false, and nothing is claimed, if two have the same, or somebody else has one
     */
    public boolean claimAll(Tx tx, String namespace, String attribute, Sql values) {
        boolean shared =
                tx.one(
                                Sql.of("WITH wanted AS MATERIALIZED (")
                                        .then(values)
                                        .then(
                                                """
                                                ), digests AS MATERIALIZED (
                                                  SELECT sha256(convert_to(value, 'UTF8')) AS value FROM wanted
                                                  WHERE value IS NOT NULL)
                                                SELECT count(*) > count(DISTINCT value) OR EXISTS (
                                                    SELECT 1 FROM unique_value u JOIN digests d ON d.value = u.value
                                                    WHERE u.org_id = ? AND u.namespace = ? AND u.attribute = ?)
                                                  AS shared FROM digests""",
                                                tx.org(),
                                                namespace,
                                                attribute),
                                row -> row.flag("shared"))
                        .orElseThrow();
        if (shared) {
            return false;
        }
        tx.run(
                Sql.of(
                                """
                                INSERT INTO unique_value (org_id, namespace, attribute, value, object_id)
                                SELECT ?::bigint, ?::text, ?::text, sha256(convert_to(w.value, 'UTF8')), w.id FROM (""",
                                tx.org(),
                                namespace,
                                attribute)
                        .then(values)
                        .then(") w WHERE w.value IS NOT NULL"));
        return true;
    }
}
