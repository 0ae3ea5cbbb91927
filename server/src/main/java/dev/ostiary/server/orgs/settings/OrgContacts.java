package dev.ostiary.server.orgs.settings;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.Setting;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tag OrgSettingContact: who is asked about bills, and about technical matters. Until somebody
 * is named it is the org's first super administrator; so it is again when that user is gone.
 */
public final class OrgContacts implements Family {

    /** Who there is. */
    public interface People {
        /** Whether a user of the reader's org has this id. */
        boolean has(Reader reader, String userId);

        /** The id of the org's first super administrator. */
        Optional<String> firstAdministrator(Reader reader);
    }

    private enum Contact {
        BILLING,
        TECHNICAL;

        String path() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Who has been named. */
    private record Named(@Nullable String billing, @Nullable String technical) {

        private static final Named NOBODY = new Named(null, null);
        private static final Shape<Named> SHAPE = shape();

        private static Shape<Named> shape() {
            Shape.Builder<Named> shape = Shape.of("contacts");
            Field<Named, String> billing = shape.field("billing", Type.TEXT, Named::billing);
            Field<Named, String> technical = shape.field("technical", Type.TEXT, Named::technical);
            return shape.build(in -> new Named(in.orNull(billing), in.orNull(technical)));
        }

        @Nullable String of(Contact contact) {
            return switch (contact) {
                case BILLING -> billing;
                case TECHNICAL -> technical;
            };
        }

        Named with(Contact contact, @Nullable String userId) {
            return switch (contact) {
                case BILLING -> new Named(userId, technical);
                case TECHNICAL -> new Named(billing, userId);
            };
        }
    }

    /** Null and an empty text name nobody. */
    private record Body(@Nullable String userId) {

        private static final Shape<Body> SHAPE = shape();

        private static Shape<Body> shape() {
            Shape.Builder<Body> shape = Shape.of("orgContactUser");
            Field<Body, String> user = shape.field("userId", Type.TEXT, Body::userId);
            return shape.build(in -> new Body(in.orNull(user)));
        }

        Optional<String> named() {
            return Optional.ofNullable(userId).filter(id -> !id.isEmpty());
        }
    }

    private static final Schema TYPE =
            Schema.object("OrgContactType")
                    .always("contactType", Schema.words(Contact.values()))
                    .always("_links", Links.SCHEMA);

    private static final Schema USER =
            Schema.object("OrgContactUser")
                    .always("userId", Schema.TEXT)
                    .always("_links", Links.SCHEMA);

    private final Database database;
    private final People people;
    private final OrgLog log;
    private final Setting<Named> setting;

    public OrgContacts(
            Database database, InstantSource time, EventCatalogue events, People people) {
        this.database = database;
        this.people = people;
        this.log = new OrgLog(events);
        this.setting = new Setting<>("orgContacts", Named.SHAPE, Named.NOBODY, time);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listOrgContactTypes", this::list).answersMany(TYPE),
                Binding.of("listOrgContactsBySubdomain", this::listBySubdomain).answersMany(TYPE),
                Binding.of("getOrgContactUser", this::get).answers(USER),
                Binding.of("replaceOrgContactUser", this::replace).takes(Body.SHAPE).answers(USER));
    }

    private Reply list(Request request) {
        return Reply.list(
                List.of(Contact.values()),
                (contact, out) -> {
                    out.writeStartObject();
                    out.writeStringProperty("contactType", contact.name());
                    new Links()
                            .to(
                                    contact.path(),
                                    request.url("/api/v1/org/contacts/" + contact.path()))
                            .write(out);
                    out.writeEndObject();
                });
    }

    /** The same list, where orgs that were made by others are told to look for it. */
    private Reply listBySubdomain(Request request) {
        String asked = request.variable("subdomain");
        if (!asked.equals(request.org().name())) {
            throw ApiException.notFound(asked, "Org");
        }
        return list(request);
    }

    private Reply get(Request request) {
        return answer(request, contact(request));
    }

    private Reply answer(Request request, Contact contact) {
        String user =
                database.read(
                                request.org().number(),
                                reader ->
                                        Optional.ofNullable(setting.value(reader).of(contact))
                                                .filter(id -> people.has(reader, id))
                                                .or(() -> people.firstAdministrator(reader)))
                        .orElseThrow(() -> ApiException.notFound(contact.name(), "User"));
        return answer(request, user);
    }

    private Reply replace(Request request) {
        Org org = request.org();
        Contact contact = contact(request);
        Optional<String> user = request.body(Body.SHAPE).named();
        user.filter(id -> database.read(org.number(), reader -> !people.has(reader, id)))
                .ifPresent(
                        id -> {
                            throw ApiException.notFound(id, "User");
                        });
        setting.change(
                database,
                org,
                old -> old.with(contact, user.orElse(null)),
                (tx, old, now) -> log.changed(tx, org, shown(contact, old), shown(contact, now)));
        return answer(request, contact);
    }

    private static Map<String, String> shown(Contact contact, Named named) {
        String user = named.of(contact);
        return user == null ? Map.of() : Map.of(contact.name(), user);
    }

    /** In any case: links write it small, the documentation large. */
    private static Contact contact(Request request) {
        String asked = request.variable("contactType");
        return Arrays.stream(Contact.values())
                .filter(each -> each.name().equalsIgnoreCase(asked))
                .findFirst()
                .orElseThrow(
                        () ->
                                ApiException.validation(
                                        "contactType",
                                        "contactType: must be one of [BILLING, TECHNICAL]"));
    }

    private static Reply answer(Request request, String user) {
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    out.writeStringProperty("userId", user);
                    new Links().to("user", request.url("/api/v1/users/" + user)).write(out);
                    out.writeEndObject();
                });
    }
}
