package dev.ostiary.server.orgs.settings;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Target;
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
import dev.ostiary.platform.org.Setting;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Consents to be managed by an Aerial account, of the tag OrgSettingSupport: an org gives one,
 * shows it and takes it back. No account adds orgs of one's own server, so none is ever linked and
 * every consent can be taken back. An org that another one has made has its consent from there.
 * Thread-safe.
 */
public final class OrgAerial implements Family {

    private static final String BASE = "/api/v1/org/privacy/aerial";
    private static final Pattern ACCOUNT = Pattern.compile("[0-9A-Za-z]{20,40}");

    private static final Schema CONSENT =
            Schema.object("OrgAerialConsentDetails")
                    .always("accountId", Schema.TEXT)
                    .always("grantedBy", Schema.TEXT)
                    .always("grantedDate", Schema.MOMENT)
                    .always("_links", Links.SCHEMA);

    private static final Schema REVOKED =
            Schema.object("OrgAerialConsentRevoked").always("_links", Links.SCHEMA);

    private final Database database;
    private final InstantSource time;
    private final EventCatalogue events;
    private final Function<Reader, Optional<Long>> parent;
    private final Setting<Optional<AerialConsent>> setting;

    /**
     * @param parent the number of the org that has made the reader's, if one has
     */
    public OrgAerial(
            Database database,
            InstantSource time,
            EventCatalogue events,
            Function<Reader, Optional<Long>> parent) {
        this.database = database;
        this.parent = parent;
        this.time = time;
        this.events = events;
        this.setting = new Setting<>("orgAerial", AerialConsent.KEPT, Optional.empty(), time);
    }

    private record Body(String accountId) {

        private static final Shape<Body> SHAPE = shape();

        private static Shape<Body> shape() {
            Shape.Builder<Body> shape = Shape.of("aerialConsent");
            Field<Body, String> account =
                    shape.field("accountId", Type.TEXT, Body::accountId).required();
            return shape.build(in -> new Body(in.get(account)));
        }
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("getAerialConsent", this::get).answers(CONSENT),
                Binding.of("grantAerialConsent", this::grant)
                        .takes(Body.SHAPE)
                        .answers(CONSENT)
                        .untilThereAre("accounts that manage orgs"),
                Binding.of("revokeAerialConsent", this::revoke).takes(Body.SHAPE).answers(REVOKED));
    }

    private Reply get(Request request) {
        long org = parent(request).orElse(request.org().number());
        AerialConsent consent =
                database.read(org, setting::value)
                        .orElseThrow(() -> ApiException.notFound("grant", "String"));
        return shown(request, consent);
    }

    private Optional<Long> parent(Request request) {
        return database.read(request.org().number(), parent::apply);
    }

    private void requireParent(Request request) {
        if (parent(request).isPresent()) {
            throw ApiException.forbidden();
        }
    }

    private Reply grant(Request request) {
        requireParent(request);
        String account = request.body(Body.SHAPE).accountId();
        if (!ACCOUNT.matcher(account).matches()) {
            throw unknown();
        }
        Org org = request.org();
        AerialConsent given =
                new AerialConsent(
                        account,
                        request.caller().actorId().orElse("unknown"),
                        time.instant().truncatedTo(ChronoUnit.MILLIS));
        setting.change(
                database,
                org,
                old -> {
                    if (old.isPresent()) {
                        throw refused("The org already has a consent grant added to Aerial.");
                    }
                    return Optional.of(given);
                },
                (tx, old, now) -> tx.emit(event("grant", org, account)));
        return shown(request, given);
    }

    private Reply revoke(Request request) {
        requireParent(request);
        String account = request.body(Body.SHAPE).accountId();
        Org org = request.org();
        setting.change(
                database,
                org,
                old -> {
                    if (old.filter(one -> one.accountId().equals(account)).isEmpty()) {
                        throw unknown();
                    }
                    return Optional.empty();
                },
                (tx, old, now) -> tx.emit(event("revoke", org, account)));
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    new Links().hinted("grant", request.url(BASE + "/grant"), "POST").write(out);
                    out.writeEndObject();
                });
    }

    private Event event(String what, Org org, String account) {
        return events.event("account.org.consent." + what)
                .target(new Target(org.id(), "Org", org.name(), org.name()))
                .debug("accountId", account);
    }

    private static ApiException unknown() {
        return refused("Invalid aerial account ID.");
    }

    private static ApiException refused(String why) {
        return ApiException.validation("account", why);
    }

    private static Reply shown(Request request, AerialConsent consent) {
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    out.writeStringProperty("accountId", consent.accountId());
                    out.writeStringProperty("grantedBy", consent.by());
                    out.writeStringProperty("grantedDate", Dates.text(consent.granted()));
                    new Links()
                            .hinted("self", request.url(BASE), "GET")
                            .hinted("revoke", request.url(BASE + "/revoke"), "POST")
                            .write(out);
                    out.writeEndObject();
                });
    }
}
