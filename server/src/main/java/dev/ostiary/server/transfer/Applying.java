package dev.ostiary.server.transfer;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.ForeignKeyViolation;
import dev.ostiary.platform.store.StoreException;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.platform.store.UniqueViolation;
import dev.ostiary.server.transfer.BulkImport.Counts;
import dev.ostiary.server.transfer.BulkImport.Status;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Applies chunks. What takes the processor (reading, judging, hashing) happens before the
 * transaction, so that the next chunk can be judged while the database writes this one; what takes
 * the database happens in one transaction, behind the import's row, which says whether it is this
 * chunk's turn. Thread-safe.
 */
final class Applying {

    /** Somebody else may make the same users beside the import: then it looks again. */
    private static final int ATTEMPTS = 4;

    private final Database database;
    private final InstantSource time;
    private final Destination directory;
    private final BulkImportStore store;

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
        for (int attempt = 1; ; attempt++) {
            try {
                return database.write(
                        org.number(), tx -> apply(tx, org, seen.id(), chunk, verdict, now));
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
            Tx tx, Org org, String importId, Chunk chunk, LineJudge.Verdict verdict, Instant now) {
        BulkImport job = store.lock(tx, importId);
        if (job.position() != chunk.from() || job.status() == Status.FINISHED) {
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
        BulkImport after =
                job.at(
                        chunk.from() + verdict.taken(),
                        chunk.digest(job.digest(), verdict.taken()),
                        counts,
                        now);
        store.update(tx, after);
        return new Result(after, problems);
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
