package dev.ostiary.server.orgs;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The server's own operations on orgs, for the operator and for administrators of the default org.
 */
public final class Orgs implements Family {

    private static final Schema.Fields ORG =
            Schema.object("Org")
                    .always("id", Schema.TEXT)
                    .always("name", Schema.TEXT)
                    .always("port", Schema.INTEGER.orNull())
                    .always("url", Schema.TEXT)
                    .always("created", Schema.MOMENT)
                    .always("_links", Links.SCHEMA);

    /** The answer that makes an org is the only place where its secrets ever stand. */
    private static final Schema CREATED =
            ORG.named("NewOrg")
                    .always("adminLogin", Schema.TEXT)
                    .always("adminPassword", Schema.TEXT)
                    .always("apiToken", Schema.TEXT);

    private final Database database;
    private final OrgCreator creator;
    private final OrgHosts hosts;
    private final OrgStore store;
    private final AddressedOrgs addressed;
    private final OrgNews news;

    public Orgs(
            Database database,
            OrgCreator creator,
            OrgHosts hosts,
            OrgStore store,
            AddressedOrgs addressed,
            EventCatalogue events) {
        this.database = database;
        this.creator = creator;
        this.hosts = hosts;
        this.store = store;
        this.addressed = addressed;
        this.news = new OrgNews(events);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listOstiaryOrgs", this::list).answersMany(ORG),
                Binding.of("createOstiaryOrg", this::create).takes(Order.SHAPE).answers(CREATED),
                Binding.of("getOstiaryOrg", this::get).answers(ORG),
                Binding.of("deleteOstiaryOrg", this::delete));
    }

    private record Order(String name, @Nullable Integer port) {
        private static final Shape<Order> SHAPE = shape();

        private static Shape<Order> shape() {
            Shape.Builder<Order> shape = Shape.of("org");
            Field<Order, String> name =
                    shape.field("name", Type.TEXT, Order::name)
                            .required()
                            .must(
                                    OrgName::isName,
                                    "must be 1 to 63 lower-case letters, digits or hyphens, and"
                                            + " not localhost");
            Field<Order, Integer> port =
                    shape.field("port", Type.INTEGER, Order::port)
                            .must(
                                    number -> number >= 0 && number <= 65535,
                                    "must be a port, or 0 for a free one");
            return shape.build(in -> new Order(in.get(name), in.orNull(port)));
        }
    }

    private Reply list(Request request) {
        addressed.requireDefaultOrg(request);
        List<Org> orgs = database.acrossOrgs(OrgStore::all);
        return Reply.ok(
                out -> {
                    out.writeStartArray();
                    for (Org org : orgs) {
                        out.writeStartObject();
                        write(out, org, request);
                        out.writeEndObject();
                    }
                    out.writeEndArray();
                });
    }

    private Reply get(Request request) {
        Org org = addressed.of(request);
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    write(out, org, request);
                    out.writeEndObject();
                });
    }

    private Reply create(Request request) {
        addressed.requireDefaultOrg(request);
        Order order = request.body(Order.SHAPE);
        Integer port = order.port() == null ? null : Integer.valueOf(hosts.open(order.port()));
        OrgCreator.Created created = create(request, order.name(), port);
        return Reply.json(
                201,
                out -> {
                    out.writeStartObject();
                    write(out, created.org(), request);
                    out.writeStringProperty("adminLogin", created.adminLogin());
                    out.writeStringProperty("adminPassword", created.adminPassword());
                    out.writeStringProperty("apiToken", created.apiToken());
                    out.writeEndObject();
                });
    }

    private OrgCreator.Created create(Request request, String name, @Nullable Integer port) {
        try {
            return creator.create(request, name, port);
        } catch (RuntimeException e) {
            if (port != null) {
                hosts.close(port);
            }
            throw e;
        }
    }

    private Reply delete(Request request) {
        Org org = addressed.of(request);
        if (addressed.isDefault(org)) {
            throw ApiException.validation("orgId", "The default org cannot be deleted.");
        }
        database.acrossOrgs(
                tx -> {
                    OrgStore.delete(tx, org);
                    news.ended(tx, request, org);
                    return org;
                });
        store.forget();
        hosts.removed(org);
        return Reply.noContent();
    }

    private void write(JsonGenerator out, Org org, Request request) {
        out.writeStringProperty("id", org.id());
        out.writeStringProperty("name", org.name());
        Integer port = org.port();
        if (port == null) {
            out.writeNullProperty("port");
        } else {
            out.writeNumberProperty("port", port);
        }
        out.writeStringProperty("url", hosts.url(org));
        out.writeStringProperty("created", Dates.text(org.created()));
        new Links()
                .hinted("self", request.url("/ostiary/v1/orgs/" + org.id()), "GET", "DELETE")
                .write(out);
    }
}
