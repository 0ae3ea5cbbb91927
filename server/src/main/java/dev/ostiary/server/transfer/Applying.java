package dev.ostiary.server.transfer;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.ForeignKeyViolation;
import dev.ostiary.platform.store.StoreException;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.platform.store.UniqueViolation;
import dev.ostiary.server.transfer.BulkImport.Counts;
import dev.ostiary.server.transfer.BulkImport.Status;
import dev.ostiary.server.transfer.ImportLine.UserLine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Applies chunks. What takes the processor (reading, judging, hashing) happens before the
 * transaction, so that the next chunk can be judged while the database writes this one; what takes
 * the database happens in one transaction, behind the import's row, which says whether it is this
 * chunk's turn. Thread-safe.
 *
 * <p>A chunk that makes nothing but new users is written while the one before it still is, on
 * another connection: it takes the import's row when its own rows are there, waits at it until the
 * one before has committed, and commits only if that has come as far as this chunk begins. Whatever
 * it could not know of the chunk before it (a login, a unique value, a group that it makes) shows
 * as a violation or as a problem; then nothing of it stays, and it is applied in its turn like any
 * other.
 */
final class Applying {

    /** Somebody else may make the same users beside the import: then it looks again. */
    private static final int ATTEMPTS = 4;

    /**
     * So long one that is written waits for those before it to come to the row. They may be waiting
     * in the database for what it has written itself, of which the database knows nothing.
     */
    private static final Duration WRITTEN = Duration.ofSeconds(1);

    /** So long one waits that holds nothing yet. */
    private static final Duration UNWRITTEN = Duration.ofSeconds(20);

    private final Database database;
    private final InstantSource time;
    private final Destination directory;
    private final BulkImportStore store;
    private final Turns turns = new Turns();

    Applying(Database database, InstantSource time, Destination directory, BulkImportStore store) {
        this.database = database;
        this.time = time;
        this.directory = directory;
        this.store = store;
    }

    /** How far the import has come, and what was wrong with lines of a dry run. */
    record Result(BulkImport job, List<ImportProblem> problems) {}

    /**
     * Applies as much of a chunk as is done at a time, or nothing where it is not its turn.
     *
     * @param seen the import a moment ago
     * @throws dev.ostiary.platform.problem.ApiException where a line is bad and this is no dry run;
     *     then nothing has changed
     */
    Result apply(Org org, BulkImport seen, Chunk chunk, Map<String, String> typeIds) {
        if (chunk.from() < seen.position()) {
            return new Result(seen, List.of());
        }
        try (Turns.Turn turn = turns.enter(seen.id(), chunk.from())) {
            return apply(org, seen, chunk, typeIds, turn);
        }
    }

    private Result apply(
            Org org, BulkImport seen, Chunk chunk, Map<String, String> typeIds, Turns.Turn turn) {
        Instant now = time.instant().truncatedTo(ChronoUnit.MILLIS);
        LineJudge.Verdict verdict =
                new LineJudge(
                                org,
                                seen.options(),
                                typeIds,
                                directory.users(),
                                directory.groups(),
                                now)
                        .judge(chunk);
        if (chunk.from() > seen.position() && mayGoAhead(seen, verdict)) {
            Optional<Result> early = ahead(org, seen, chunk, verdict, now, turn);
            if (early.isPresent()) {
                return early.get();
            }
        }
        turn.await(UNWRITTEN);
        return inTurn(org, seen, chunk, verdict, now, turn);
    }

    /** Whether nobody who is there already is held, or changed, by what the lines say. */
    private static boolean mayGoAhead(BulkImport seen, LineJudge.Verdict verdict) {
        return !seen.options().dryRun()
                && seen.options().existing() != BulkImport.Existing.UPDATE
                && verdict.bad().isEmpty()
                && verdict.good().stream().allMatch(UserLine.class::isInstance);
    }

    private Optional<Result> ahead(
            Org org,
            BulkImport seen,
            Chunk chunk,
            LineJudge.Verdict verdict,
            Instant now,
            Turns.Turn turn) {
        try {
            return Optional.of(
                    database.write(
                            org.number(), tx -> ahead(tx, org, seen, chunk, verdict, now, turn)));
        } catch (TooEarly | UniqueViolation | ForeignKeyViolation e) {
            return Optional.empty();
        }
    }

    private Result ahead(
            Tx tx,
            Org org,
            BulkImport seen,
            Chunk chunk,
            LineJudge.Verdict verdict,
            Instant now,
            Turns.Turn turn) {
        ImportPlan plan = new ImportPlan(tx, org, seen, directory, store, verdict.good(), now);
        if (!plan.problems().isEmpty()) {
            throw new TooEarly();
        }
        Counts counts = plan.write(tx);
        tx.flush();
        if (!turn.await(WRITTEN)) {
            throw new TooEarly();
        }
        BulkImport job = store.lock(tx, seen.id());
        turn.close();
        if (!isTurnOf(chunk, job)) {
            throw new TooEarly();
        }
        return new Result(advance(tx, job, chunk, verdict, counts, now), List.of());
    }

    /** Undoes a chunk that cannot be applied before the one in front of it. */
    private static final class TooEarly extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooEarly() {
            super("a chunk before this one is not applied yet", null, false, false);
        }
    }

    private static boolean isTurnOf(Chunk chunk, BulkImport job) {
        return job.position() == chunk.from() && job.status() == Status.OPEN;
    }

    private Result inTurn(
            Org org,
            BulkImport seen,
            Chunk chunk,
            LineJudge.Verdict verdict,
            Instant now,
            Turns.Turn turn) {
        for (int attempt = 1; ; attempt++) {
            try {
                return database.write(
                        org.number(), tx -> apply(tx, org, seen.id(), chunk, verdict, now, turn));
            } catch (UniqueViolation | ForeignKeyViolation e) {
                giveUpAfter(attempt, e);
            }
        }
    }

    private static void giveUpAfter(int attempt, StoreException e) {
        if (attempt == ATTEMPTS) {
            throw e;
        }
    }

    private Result apply(
            Tx tx,
            Org org,
            String importId,
            Chunk chunk,
            LineJudge.Verdict verdict,
            Instant now,
            Turns.Turn turn) {
        BulkImport job = store.lock(tx, importId);
        turn.close();
        if (!isTurnOf(chunk, job)) {
            return new Result(job, List.of());
        }
        ImportPlan plan = new ImportPlan(tx, org, job, directory, store, verdict.good(), now);
        List<ImportProblem> problems = new ArrayList<>(verdict.bad());
        problems.addAll(plan.problems());
        problems.sort(Comparator.comparingLong(ImportProblem::line));
        boolean dry = job.options().dryRun();
        if (!dry && !problems.isEmpty()) {
            throw ImportProblem.refusal(problems);
        }
        Counts counts = dry ? rehearsed(tx, plan, problems.size()) : plan.write(tx);
        return new Result(advance(tx, job, chunk, verdict, counts, now), problems);
    }

    private BulkImport advance(
            Tx tx,
            BulkImport job,
            Chunk chunk,
            LineJudge.Verdict verdict,
            Counts counts,
            Instant now) {
        BulkImport after =
                job.at(
                        chunk.from() + verdict.taken(),
                        chunk.digest(job.digest(), verdict.taken()),
                        counts,
                        now);
        store.update(tx, after);
        return after;
    }

    private Counts rehearsed(Tx tx, ImportPlan plan, int bad) {
        plan.rehearse(tx, store);
        Counts counts = plan.counts(plan.memberships());
        return new Counts(
                counts.users(),
                counts.groups(),
                counts.memberships(),
                counts.updated(),
                counts.skipped(),
                bad);
    }
}
