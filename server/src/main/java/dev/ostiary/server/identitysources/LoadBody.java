package dev.ostiary.server.identitysources;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.identitysources.Load.Described;
import dev.ostiary.server.identitysources.Load.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the bodies of bulk requests (schemas {@code Bulk…RequestBody}): every cause at once, and
 * nothing twice in one request, since then nobody could say which of them counts.
 */
final class LoadBody {

    private static final String PROFILES = "profiles";
    private static final String MEMBERSHIPS = "memberships";
    private static final String EXTERNAL_IDS = "externalIds";
    private static final String ENTITY_TYPE = "entityType";

    private final EntityBody entities;
    private final Reading reading = new Reading();
    private final Set<String> seen = new HashSet<>();

    /**
     * @param entities how entities are judged
     */
    private LoadBody(EntityBody entities) {
        this.entities = entities;
    }

    /** What a body looks like. */
    static Schema schema(Kind kind) {
        Schema.Fields object = Schema.object();
        return switch (kind) {
            case USERS ->
                    object.always(ENTITY_TYPE, Schema.words("USERS"))
                            .always(PROFILES, Schema.list(EntityBody.USER));
            case USERS_GONE ->
                    object.always(ENTITY_TYPE, Schema.words("USERS"))
                            .always(
                                    PROFILES,
                                    Schema.list(Schema.object().always("externalId", Schema.TEXT)));
            case GROUPS -> object.always(PROFILES, Schema.list(EntityBody.GROUP));
            case GROUPS_GONE -> object.always(EXTERNAL_IDS, Schema.list(Schema.TEXT));
            case MEMBERS, MEMBERS_GONE ->
                    object.always(
                            MEMBERSHIPS,
                            Schema.list(
                                    Schema.object()
                                            .always("groupExternalId", Schema.TEXT)
                                            .always(
                                                    "memberExternalIds",
                                                    Schema.list(Schema.TEXT))));
        };
    }

    /**
     * The load that a request describes.
     *
     * @throws ApiException {@code E0000001} with every cause
     */
    static Load read(Request request, Kind kind, EntityBody entities) {
        if (request.body().length > Load.MOST_BYTES) {
            throw ApiException.validation(
                    "payload", "The payload must not be larger than " + Load.MOST_BYTES + " bytes");
        }
        LoadBody body = new LoadBody(entities);
        Load load = body.read(request.object(), kind);
        body.reading.finish();
        return load;
    }

    private Load read(ObjectNode body, Kind kind) {
        return switch (kind) {
            case USERS -> {
                entityType(body);
                yield new Load.Users(
                        items(
                                body,
                                PROFILES,
                                (item, at) -> entities.user(item, at, reading),
                                Described::externalId));
            }
            case USERS_GONE -> {
                entityType(body);
                yield new Load.UsersGone(
                        items(
                                body,
                                PROFILES,
                                (item, at) ->
                                        EntityBody.externalId(
                                                item, at, EntityBody.LONGEST_USER_ID, reading),
                                id -> id));
            }
            case GROUPS ->
                    new Load.Groups(
                            items(
                                    body,
                                    PROFILES,
                                    (item, at) -> entities.group(item, at, reading),
                                    Described::externalId));
            case GROUPS_GONE ->
                    new Load.GroupsGone(
                            items(body, EXTERNAL_IDS, (item, at) -> groupId(item, at), id -> id));
            case MEMBERS ->
                    new Load.Members(
                            false,
                            items(body, MEMBERSHIPS, this::members, Load.Of::groupExternalId));
            case MEMBERS_GONE ->
                    new Load.Members(
                            true,
                            items(body, MEMBERSHIPS, this::members, Load.Of::groupExternalId));
        };
    }

    private void entityType(ObjectNode body) {
        JsonNode type = body.path(ENTITY_TYPE);
        if (!type.isString() || !type.stringValue().equals("USERS")) {
            reading.wrong(Path.root(ENTITY_TYPE).field(ENTITY_TYPE), "must be one of [USERS]");
        }
    }

    @FunctionalInterface
    private interface Item<T> {
        Optional<T> read(JsonNode item, Path at);
    }

    private <T> List<T> items(ObjectNode body, String field, Item<T> each, Function<T, String> id) {
        Path at = Path.root(field).field(field);
        JsonNode given = body.path(field);
        if (!given.isArray() || given.isEmpty()) {
            reading.wrong(at, "The field cannot be left blank");
            return List.of();
        }
        if (given.size() > Load.MOST) {
            reading.wrong(at, "must have at most " + Load.MOST + " elements");
            return List.of();
        }
        List<T> items = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            Path here = at.item(i);
            each.read(given.get(i), here)
                    .filter(item -> once(id.apply(item), here))
                    .ifPresent(items::add);
        }
        return items;
    }

    private boolean once(String id, Path at) {
        if (!seen.add(id)) {
            reading.wrong(at, "The external ID '" + id + "' is there twice");
            return false;
        }
        return true;
    }

    private Optional<String> groupId(JsonNode item, Path at) {
        return EntityBody.text(item, at, EntityBody.LONGEST_GROUP_ID, reading);
    }

    private Optional<Load.Of> members(JsonNode item, Path at) {
        Optional<String> group =
                EntityBody.text(
                        item.path("groupExternalId"),
                        at.field("groupExternalId"),
                        EntityBody.LONGEST_GROUP_ID,
                        reading);
        Path here = at.field("memberExternalIds");
        JsonNode given = item.path("memberExternalIds");
        if (!given.isArray() || given.isEmpty()) {
            return reading.wrong(here, "The field cannot be left blank");
        }
        List<String> members =
                IntStream.range(0, given.size())
                        .mapToObj(
                                i ->
                                        EntityBody.text(
                                                given.get(i),
                                                here.item(i),
                                                EntityBody.LONGEST_USER_ID,
                                                reading))
                        .flatMap(Optional::stream)
                        .distinct()
                        .toList();
        return group.map(id -> new Load.Of(id, members));
    }
}
