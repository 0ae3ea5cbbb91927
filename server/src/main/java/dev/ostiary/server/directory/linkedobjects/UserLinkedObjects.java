package dev.ostiary.server.directory.linkedobjects;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.Page.LinkPolicy;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.ForeignKeyViolation;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.directory.users.UserEvents;
import java.util.List;
import java.util.Optional;

/**
 * The tag UserLinkedObject: which users are in which relation. A user without an admin role may ask
 * for its own. Thread-safe.
 */
public final class UserLinkedObjects implements Family {

    private static final String TYPE = "LinkedObject";
    private static final String RELATION = "relationshipName";
    private static final String PRIMARY_RELATION = "primaryRelationshipName";
    private static final String USER = "userIdOrLogin";
    private static final String PRIMARY_USER = "primaryUserId";

    private final Database database;
    private final UserEvents events;
    private final UserDirectory users;
    private final LinkedObjectStore objects = new LinkedObjectStore();
    private final LinkStore links = new LinkStore();

    public UserLinkedObjects(Database database, EventCatalogue events, UserDirectory users) {
        this.database = database;
        this.events = new UserEvents(events);
        this.users = users;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("assignLinkedObjectValueForPrimary", this::assign),
                Binding.of("listLinkedObjectsForUser", this::list)
                        .answersMany(Schema.object().always("_links", Links.SCHEMA))
                        .forSelf(),
                Binding.of("deleteLinkedObjectForUser", this::delete));
    }

    /** Takes a user who is being deleted out of every relation. */
    public void removeAll(Tx tx, Org org, String userId) {
        links.removeUser(tx, userId);
    }

    private Reply assign(Request request) {
        try {
            database.write(request.org().number(), tx -> assign(tx, request));
        } catch (ForeignKeyViolation e) {
            throw refusal(e, request);
        }
        return Reply.noContent();
    }

    private boolean assign(Tx tx, Request request) {
        User associated = users.require(tx, request.caller(), request.variable(USER));
        LinkedObject object = kept(tx, request, PRIMARY_RELATION);
        User primary = users.require(tx, request.caller(), request.variable(PRIMARY_USER));
        boolean changed = links.put(tx, object, associated.id(), primary.id());
        if (changed) {
            tx.emit(
                    events.profileChanged(associated, List.of(object.primary().name()))
                            .target(UserEvents.target(primary)));
        }
        return changed;
    }

    /** Between the reading of the users and the writing of the link, somebody deleted one. */
    private static RuntimeException refusal(ForeignKeyViolation violation, Request request) {
        return switch (violation.constraint()) {
            case LinkStore.NO_ASSOCIATED ->
                    ApiException.notFound(request.variable(USER), UserDirectory.TYPE);
            case LinkStore.NO_PRIMARY ->
                    ApiException.notFound(request.variable(PRIMARY_USER), UserDirectory.TYPE);
            default -> violation;
        };
    }

    private Reply list(Request request) {
        List<String> ids = database.read(request.org().number(), reader -> linked(reader, request));
        return Reply.list(
                        ids,
                        (id, out) -> {
                            out.writeStartObject();
                            new Links().to("self", request.url("/api/v1/users/" + id)).write(out);
                            out.writeEndObject();
                        })
                .with(request.links(new Page<>(ids, Optional.empty()), 1, LinkPolicy.SELF));
    }

    /** The primary's name finds one user at most, the associated one's any number. */
    private List<String> linked(Reader reader, Request request) {
        User user = users.requireVisible(reader, request.caller(), request.variable(USER));
        String name = request.variable(RELATION);
        LinkedObject object =
                objects.byName(reader, name).orElseThrow(() -> unknown(request, RELATION));
        return name.equals(object.primary().name())
                ? links.primary(reader, object, user.id()).stream().toList()
                : links.associated(reader, object, user.id());
    }

    /** Without a link there is nothing to do, and that is a success (Linked Objects API). */
    private Reply delete(Request request) {
        database.write(request.org().number(), tx -> delete(tx, request));
        return Reply.noContent();
    }

    private boolean delete(Tx tx, Request request) {
        User associated = users.require(tx, request.caller(), request.variable(USER));
        LinkedObject object = kept(tx, request, RELATION);
        boolean changed = links.remove(tx, object, associated.id());
        if (changed) {
            tx.emit(events.profileChanged(associated, List.of(object.primary().name())));
        }
        return changed;
    }

    /** The relation of this primary name; links are changed from that side only. */
    private LinkedObject kept(Tx tx, Request request, String variable) {
        String name = request.variable(variable);
        return objects.keep(tx, name)
                .filter(object -> object.primary().name().equals(name))
                .orElseThrow(() -> unknown(request, variable));
    }

    private static ApiException unknown(Request request, String variable) {
        return ApiException.notFound(request.variable(variable), TYPE);
    }
}
