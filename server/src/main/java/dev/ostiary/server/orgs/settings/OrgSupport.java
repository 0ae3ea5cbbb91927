package dev.ostiary.server.orgs.settings;

import dev.ostiary.platform.access.Caller;
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
import dev.ostiary.platform.json.Way;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.Setting;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.orgs.settings.SupportCase.Access;
import dev.ostiary.server.orgs.settings.SupportCase.SelfAssigned;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.core.JsonGenerator;

/**
 * The tag OrgSettingSupport without Aerial: whether support may act in an org, which on a server of
 * one's own is who runs it. What administrators decide is kept, shown until it ends, and told in
 * the log ({@code user.session.impersonation.*}). Cases are opened and closed by the server's own
 * operations.
 *
 * <p>The three operations that are not about a case are published as moved for good (301) and
 * nothing else. They still do what they say, and answer with the settings, as official clients
 * expect, which follow a redirect without their token; a strict org answers 301. Thread-safe.
 */
public final class OrgSupport implements Family {

    private static final String BASE = "/api/v1/org/privacy/oktaSupport";
    private static final int MOST = 100;
    private static final int LONGEST_SUBJECT = 255;
    private static final int FIRST = 10_000_000;
    private static final int NUMBERS = 90_000_000;

    private static final Schema SETTINGS =
            Schema.object("OrgOktaSupportSettings")
                    .always("support", Schema.words("ENABLED", "DISABLED"))
                    .always("expiration", Schema.MOMENT.orNull())
                    .always("caseNumber", Schema.TEXT.orNull())
                    .always("_links", Links.SCHEMA);

    private static final Schema CASES =
            Schema.object("OktaSupportCases")
                    .always("supportCases", Schema.list(SupportCase.SCHEMA));

    private final Database database;
    private final InstantSource time;
    private final EventCatalogue events;
    private final RandomGenerator random;
    private final OrgLog log;
    private final Setting<SupportAccess> setting;

    public OrgSupport(
            Database database, InstantSource time, EventCatalogue events, RandomGenerator random) {
        this.database = database;
        this.time = time;
        this.events = events;
        this.random = random;
        this.log = new OrgLog(events);
        this.setting = new Setting<>("orgSupport", SupportAccess.SHAPE, SupportAccess.NONE, time);
    }

    /** What a new case is about. */
    private record Opening(String subject, boolean requestsAccess) {

        private static final Shape<Opening> SHAPE = shape();

        private static Shape<Opening> shape() {
            Shape.Builder<Opening> shape = Shape.of("supportCase");
            Field<Opening, String> subject =
                    shape.name("subject", LONGEST_SUBJECT, Opening::subject).required();
            Field<Opening, Boolean> requests =
                    shape.field("requestsAccess", Type.BOOLEAN, Opening::requestsAccess);
            return shape.build(in -> new Opening(in.get(subject), in.find(requests).orElse(false)));
        }
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("getOrgOktaSupportSettings", this::settings).answers(SETTINGS),
                Binding.of("grantOktaSupport", this::grant).answers(SETTINGS),
                Binding.of("extendOktaSupport", this::extend).answers(SETTINGS),
                Binding.of("revokeOktaSupport", this::revoke).answers(SETTINGS),
                Binding.of("listOktaSupportCases", this::cases).answers(CASES),
                Binding.of("updateOktaSupportCase", this::update)
                        .takes(SupportCaseChange.SHAPE.schema(Way.IN))
                        .answers(SupportCase.SCHEMA),
                Binding.of("createOstiarySupportCase", this::open)
                        .takes(Opening.SHAPE)
                        .answers(SupportCase.SCHEMA),
                Binding.of("closeOstiarySupportCase", this::close));
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private SupportAccess of(Request request) {
        return database.read(request.org().number(), setting::value);
    }

    private Reply settings(Request request) {
        Instant now = now();
        SupportAccess access = of(request);
        Optional<SupportAccess.Open> open = access.open(now);
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    out.writeStringProperty("support", open.isPresent() ? "ENABLED" : "DISABLED");
                    text(out, "expiration", open.map(one -> Dates.text(one.until())));
                    text(out, "caseNumber", open.flatMap(SupportAccess.Open::caseNumber));
                    links(request, open, access.general(now).isPresent()).write(out);
                    out.writeEndObject();
                });
    }

    private static void text(JsonGenerator out, String name, Optional<String> value) {
        if (value.isPresent()) {
            out.writeStringProperty(name, value.get());
        } else {
            out.writeNullProperty(name);
        }
    }

    private static Links links(
            Request request, Optional<SupportAccess.Open> open, boolean general) {
        String base = request.url(BASE);
        Links links = new Links();
        if (general) {
            links.hinted("extend", base + "/extend", "POST")
                    .hinted("revoke", base + "/revoke", "POST");
        } else {
            links.hinted("grant", base + "/grant", "POST");
        }
        open.flatMap(SupportAccess.Open::caseNumber)
                .ifPresent(number -> links.hinted("case", base + "/cases/" + number, "PATCH"));
        return links.hinted("cases", base + "/cases", "GET");
    }

    private Reply grant(Request request) {
        Instant now = now();
        setting.change(
                database,
                request.org(),
                old -> old.until(now.plus(SupportAccess.GRANTED)),
                (tx, old, next) ->
                        tx.emit(event("user.session.impersonation.grant", request.org())));
        return moved(request);
    }

    /** What has ended cannot be put off, and stays as it is. */
    private Reply extend(Request request) {
        Instant now = now();
        setting.change(
                database,
                request.org(),
                old ->
                        old.general(now)
                                .map(end -> old.until(end.plus(SupportAccess.EXTENDED)))
                                .orElse(old),
                (tx, old, next) ->
                        tx.emit(event("user.session.impersonation.extend", request.org())));
        return moved(request);
    }

    private Reply revoke(Request request) {
        setting.change(
                database,
                request.org(),
                old -> old.until(null),
                (tx, old, next) ->
                        tx.emit(event("user.session.impersonation.revoke", request.org())));
        return moved(request);
    }

    private Reply moved(Request request) {
        return request.org().settings().strict()
                ? Reply.empty(301).with("Location", request.url(BASE))
                : settings(request);
    }

    private Reply cases(Request request) {
        Instant now = now();
        SupportAccess access = of(request);
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    out.writeArrayPropertyStart("supportCases");
                    access.cases().forEach(one -> one.at(now).write(out));
                    out.writeEndArray();
                    out.writeEndObject();
                });
    }

    private Reply update(Request request) {
        String number = request.variable("caseNumber");
        SupportCaseChange change = request.body(SupportCaseChange.SHAPE);
        Instant now = now();
        SupportAccess changed =
                setting.change(
                                database,
                                request.org(),
                                old -> old.replaced(change.of(known(old, number), now)),
                                (tx, old, next) ->
                                        tell(
                                                tx,
                                                request.org(),
                                                known(old, number),
                                                known(next, number),
                                                now))
                        .value();
        return Reply.ok(known(changed, number).at(now)::write);
    }

    private static SupportCase known(SupportAccess access, String number) {
        return access.find(number)
                .orElseThrow(() -> ApiException.notFound(number, "OktaSupportCase"));
    }

    private void tell(Tx tx, Org org, SupportCase old, SupportCase next, Instant now) {
        if (!old.isOpen(now) && next.isOpen(now)) {
            tx.emit(
                    event("user.session.impersonation.grant", org)
                            .debug("caseNumber", next.number()));
        } else if (old.isOpen(now) && !next.isOpen(now)) {
            tx.emit(
                    event("user.session.impersonation.revoke", org)
                            .debug("caseNumber", next.number()));
        } else if (next.isOpen(now) && !next.equals(old.with(next.access(), old.expiration()))) {
            tx.emit(
                    event("user.session.impersonation.extend", org)
                            .debug("caseNumber", next.number()));
        }
        if (old.selfAssigned() != next.selfAssigned()) {
            log.changed(
                    tx,
                    org,
                    Map.of("selfAssigned", old.selfAssigned().name()),
                    Map.of("selfAssigned", next.selfAssigned().name()));
        }
    }

    private Event event(String type, Org org) {
        return events.event(type).target(new Target(org.id(), "Org", org.name(), org.name()));
    }

    /** Whoever runs the server opens it for itself, which an administrator has to approve. */
    private Reply open(Request request) {
        Opening opening = request.body(Opening.SHAPE);
        boolean selfAssigned = request.caller() instanceof Caller.Operator;
        Org org = request.org();
        String number = Integer.toString(FIRST + random.nextInt(NUMBERS));
        SupportCase made =
                new SupportCase(
                        number,
                        opening.subject(),
                        opening.requestsAccess() ? Access.REQUESTED : Access.NOT_REQUESTED,
                        null,
                        selfAssigned ? SelfAssigned.REQUESTED : SelfAssigned.NOT_REQUIRED);
        setting.change(
                database,
                org,
                old -> opened(old, made),
                (tx, old, next) ->
                        log.changed(tx, org, Map.of(), Map.of("supportCase", made.number())));
        return Reply.json(201, made::write);
    }

    private static SupportAccess opened(SupportAccess old, SupportCase made) {
        if (old.cases().size() >= MOST || old.find(made.number()).isPresent()) {
            throw ApiException.validation(
                    "supportCase", "supportCase: An org has at most " + MOST + " open cases");
        }
        return old.opened(made);
    }

    /** Its access ends with it. */
    private Reply close(Request request) {
        String number = request.variable("caseNumber");
        Org org = request.org();
        Instant now = now();
        setting.change(
                database,
                org,
                old -> old.closed(known(old, number).number()),
                (tx, old, next) -> {
                    if (known(old, number).isOpen(now)) {
                        tx.emit(
                                event("user.session.impersonation.revoke", org)
                                        .debug("caseNumber", number));
                    }
                    log.changed(tx, org, Map.of("supportCase", number), Map.of());
                });
        return Reply.noContent();
    }
}
