package dev.ostiary.server.transfer;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.Page.LinkPolicy;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.platform.store.UniqueViolation;
import dev.ostiary.server.directory.usertypes.UserTypeNames;
import dev.ostiary.server.transfer.BulkImport.Status;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /ostiary/v1/imports}: bulk imports. An import is made, or found again by its name; lines
 * are sent to it from its position on; then it is finished. Thread-safe.
 */
public final class BulkImports implements Family {

    /** One JSON object a line (ndjson.org). */
    static final String NDJSON = "application/x-ndjson";

    private static final Limits LIMITS = Limits.refusing(20, 200);
    private static final String ID = "importId";

    private static final Schema LINE =
            Schema.object("OstiaryImportLine")
                    .andOthers()
                    .maybe("kind", Schema.words("user", "group", "membership").orNull());

    private final Database database;
    private final Ids ids;
    private final InstantSource time;
    private final Destination directory;
    private final Applying applying;
    private final UserTypeNames types = new UserTypeNames();
    private final BulkImportStore store = new BulkImportStore();

    /** Imports into this directory. */
    public BulkImports(Database database, Ids ids, InstantSource time, Destination directory) {
        this.database = database;
        this.ids = ids;
        this.time = time;
        this.directory = directory;
        this.applying = new Applying(database, time, directory, store);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listOstiaryImports", this::list).answersMany(BulkImport.SCHEMA),
                Binding.of("createOstiaryImport", this::create)
                        .takes(NewImport.SHAPE)
                        .answers(BulkImport.SCHEMA),
                Binding.of("getOstiaryImport", this::get).answers(BulkImport.SCHEMA),
                Binding.of("deleteOstiaryImport", this::delete),
                Binding.of("sendOstiaryImportLines", this::lines)
                        .takes(LINE)
                        .alsoTakes(NDJSON)
                        .answers(BulkImport.WITH_PROBLEMS),
                Binding.of("finishOstiaryImport", this::finish).answers(BulkImport.SCHEMA));
    }

    private Reply list(Request request) {
        PageRequest asked = PageRequest.forward(request.parameters(), LIMITS);
        Page<BulkImport> page =
                database.read(request.org().number(), reader -> store.page(reader, asked));
        return Reply.list(page.items(), BulkImport::write)
                .with(request.links(page, asked.limit(), LinkPolicy.SELF));
    }

    /** The one of the name that is open, or a new one. */
    private Reply create(Request request) {
        Org org = request.org();
        NewImport wanted = request.body(NewImport.SHAPE);
        try {
            return create(org, wanted);
        } catch (UniqueViolation e) {
            if (!e.constraint().equals(BulkImportStore.IS_OPEN)) {
                throw e;
            }
            return create(org, wanted);
        }
    }

    private Reply create(Org org, NewImport wanted) {
        boolean dryRun = wanted.options().dryRun();
        Optional<BulkImport> open =
                database.read(org.number(), reader -> store.open(reader, wanted.name(), dryRun));
        if (open.isPresent() && wanted.goesOn(open.get())) {
            return Reply.ok(open.get()::write);
        }
        Instant now = now();
        BulkImport made =
                BulkImport.begin(
                        ids.next("imp", org.tail(), now), wanted.name(), wanted.options(), now);
        database.write(
                org.number(),
                tx -> {
                    open.ifPresent(before -> store.delete(tx, before.id()));
                    store.insert(tx, made);
                    emit(tx, "system.import.start", made);
                    return made;
                });
        return Reply.json(201, made::write);
    }

    private Reply get(Request request) {
        BulkImport found =
                database.read(
                        request.org().number(),
                        reader -> store.require(reader, request.variable(ID)));
        return Reply.ok(found::write);
    }

    private Reply lines(Request request) {
        Org org = request.org();
        BulkImport job =
                database.read(org.number(), reader -> store.require(reader, request.variable(ID)));
        long from = From.of(request.query(), job);
        if (!request.hasBody()) {
            throw ApiException.of("E0000003");
        }
        if (job.status() == Status.FINISHED) {
            throw ApiException.validation(ID, ID + ": The import is finished");
        }
        Map<String, String> typeIds = database.read(org.number(), reader -> types.ids(reader, org));
        Applying.Result result = applying.apply(org, job, Chunk.of(request.body(), from), typeIds);
        return Reply.ok(out -> result.job().write(out, result.problems()));
    }

    private Reply finish(Request request) {
        BulkImport finished =
                database.write(
                        request.org().number(),
                        tx -> finish(tx, store.lock(tx, request.variable(ID))));
        return Reply.ok(finished::write);
    }

    private BulkImport finish(Tx tx, BulkImport job) {
        if (job.status() == Status.FINISHED) {
            return job;
        }
        BulkImport finished = job.finished(now());
        store.update(tx, finished);
        store.forget(tx, job.id());
        emit(tx, "system.import.complete", finished);
        return finished;
    }

    private Reply delete(Request request) {
        database.write(
                request.org().number(),
                tx -> {
                    BulkImport job = store.lock(tx, request.variable(ID));
                    store.delete(tx, job.id());
                    return job;
                });
        return Reply.noContent();
    }

    /** Of a dry run the log is silent: nothing changes. */
    private void emit(Tx tx, String type, BulkImport job) {
        if (!job.options().dryRun()) {
            Event event =
                    directory
                            .events()
                            .event(type)
                            .target(job.id(), "Import", job.name(), job.name());
            tx.emit(
                    event.debug("users", job.counts().users())
                            .debug("groups", job.counts().groups())
                            .debug("memberships", job.counts().memberships()));
        }
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
