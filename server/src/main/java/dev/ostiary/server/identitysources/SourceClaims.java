package dev.ostiary.server.identitysources;

import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import dev.ostiary.server.directory.schemas.UniqueValues;
import dev.ostiary.server.directory.schemas.UniqueValues.Claim;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * The unique attributes of a source's own schema, as its users claim them: what the Application
 * Users API asks of one user, asked of many with three statements, or none where no attribute is
 * unique. Values that another user of the source has, or has been given in this very run, are
 * refused; who was faster beside it makes it a unique violation, and nothing has changed. Lives as
 * long as its transaction; not thread-safe.
 */
final class SourceClaims {

    private final Tx tx;
    private final String namespace;
    private final ProfileSchema schema;
    private final UniqueValues values = new UniqueValues();
    private final Map<String, List<Claim>> wishes = new HashMap<>();
    private final Map<Claim, String> taken = new HashMap<>();
    private final Set<Claim> given = new HashSet<>();
    private final Map<String, List<Claim>> byUser = new LinkedHashMap<>();

    SourceClaims(Tx tx, String sourceId, ProfileSchema schema) {
        this.tx = tx;
        this.namespace = UniqueValues.ofApp(sourceId);
        this.schema = schema;
    }

    /** A user of the source is to have these values. */
    void wish(String externalId, ObjectNode document) {
        if (schema.hasUnique()) {
            wishes.put(externalId, UniqueValues.claims(schema, document));
        }
    }

    /** Looks who has what is wished for. */
    void find() {
        Set<Claim> all = wishes.values().stream().flatMap(List::stream).collect(Collectors.toSet());
        taken.putAll(values.taken(tx, namespace, all));
    }

    /**
     * A cause for each value that the user cannot have.
     *
     * @param userId of the org; empty for one who is new
     */
    List<String> refusals(String externalId, String userId) {
        return wishes.getOrDefault(externalId, List.of()).stream()
                .filter(
                        claim ->
                                given.contains(claim)
                                        || !taken.getOrDefault(claim, userId).equals(userId))
                .map(claim -> claim.attribute() + ": " + UserFeed.TAKEN)
                .toList();
    }

    /** The user gets what it wishes; nobody after it does. */
    void give(String externalId, String userId) {
        List<Claim> wished = wishes.getOrDefault(externalId, List.of());
        given.addAll(wished);
        if (schema.hasUnique()) {
            byUser.put(userId, wished);
        }
    }

    /** Writes what was given in the place of what those users had. */
    void write() {
        values.releaseAll(tx, namespace, byUser.keySet());
        values.claimAll(tx, namespace, byUser);
    }
}
