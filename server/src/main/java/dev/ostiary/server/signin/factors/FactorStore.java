package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The table {@code user_factor}. Thread-safe. */
final class FactorStore {

    /** Beside what the wire shows, the profile's document holds this. */
    private static final String VENDOR = "vendorName";

    private static final String COLUMNS =
            """
            id, user_id, kind, status, created, last_updated, profile, destination, secret,
            answer_hash, credential, counter, failures, failing_since, code_hash, code_sent,
            code_expires, challenge""";

    private static final String OF_USER =
            "SELECT " + COLUMNS + " FROM user_factor WHERE org_id = ? AND user_id = ? ";

    /** A user's factors, the oldest first; phones that are only for recovery among them. */
    List<Factor> of(Reader reader, String userId) {
        return reader.list(
                Sql.of(OF_USER + "ORDER BY created, id", reader.org(), userId), this::factor);
    }

    /** As {@link #of}; nobody else changes them before the transaction ends. */
    List<Factor> lockAll(Tx tx, String userId) {
        return tx.list(
                Sql.of(OF_USER + "ORDER BY created, id FOR UPDATE", tx.org(), userId),
                this::factor);
    }

    Optional<Factor> find(Reader reader, String userId, String id) {
        return one(reader, userId, id, "");
    }

    /** As {@link #find}; nobody else changes it before the transaction ends. */
    Optional<Factor> lock(Tx tx, String userId, String id) {
        return one(tx, userId, id, "FOR UPDATE");
    }

    private Optional<Factor> one(Reader reader, String userId, String id, String lock) {
        return Ids.isId(id)
                ? reader.one(
                        Sql.of(OF_USER + "AND id = ? " + lock, reader.org(), userId, id),
                        this::factor)
                : Optional.empty();
    }

    /** When a code last went to a number or an address. */
    Optional<Instant> lastSent(Reader reader, FactorKind kind, String destination) {
        return reader
                .list(
                        Sql.of(
                                """
                                SELECT code_sent FROM user_factor
                                WHERE org_id = ? AND destination = ? AND kind = ?
                                  AND code_sent IS NOT NULL
                                ORDER BY code_sent DESC LIMIT 1""",
                                reader.org(),
                                destination,
                                kind),
                        row -> row.instant("code_sent"))
                .stream()
                .findFirst();
    }

    /** Whose a number, an address, a key or a device is, among the factors of a kind. */
    Optional<Factor> holding(Reader reader, FactorKind kind, String destination) {
        return reader
                .list(
                        Sql.of(
                                "SELECT "
                                        + COLUMNS
                                        + " FROM user_factor WHERE org_id = ? AND destination = ?"
                                        + " AND kind = ? LIMIT 1",
                                reader.org(),
                                destination,
                                kind),
                        this::factor)
                .stream()
                .findFirst();
    }

    /** Writes it, whether or not it was there. */
    void save(Tx tx, Factor factor) {
        Enrolment enrolment = factor.enrolment();
        Factor.@Nullable Code code = factor.code();
        tx.run(
                Sql.of(
                        """
                        INSERT INTO user_factor (org_id, id, user_id, kind, status, created,
                            last_updated, profile, destination, secret, answer_hash, credential,
                            counter, failures, failing_since, code_hash, code_sent, code_expires,
                            challenge)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::bytea, ?, ?::bytea, ?, ?,
                            ?::timestamptz, ?::bytea, ?::timestamptz, ?::timestamptz, ?)
                        ON CONFLICT (org_id, id) DO UPDATE SET status = EXCLUDED.status,
                            last_updated = EXCLUDED.last_updated, profile = EXCLUDED.profile,
                            destination = EXCLUDED.destination, secret = EXCLUDED.secret,
                            answer_hash = EXCLUDED.answer_hash,
                            credential = EXCLUDED.credential, counter = EXCLUDED.counter,
                            failures = EXCLUDED.failures,
                            failing_since = EXCLUDED.failing_since,
                            code_hash = EXCLUDED.code_hash, code_sent = EXCLUDED.code_sent,
                            code_expires = EXCLUDED.code_expires,
                            challenge = EXCLUDED.challenge""",
                        tx.org(),
                        enrolment.id(),
                        enrolment.userId(),
                        enrolment.kind(),
                        enrolment.status(),
                        enrolment.created(),
                        enrolment.lastUpdated(),
                        document(enrolment),
                        factor.destination(),
                        factor.secret(),
                        factor.answerHash(),
                        factor.credential(),
                        factor.counter(),
                        factor.tries().failures(),
                        factor.tries().since(),
                        code == null ? null : code.hash(),
                        code == null ? null : code.sent(),
                        code == null ? null : code.expires(),
                        code == null ? null : code.challenge()));
    }

    void delete(Tx tx, String id) {
        tx.run(Sql.of("DELETE FROM user_factor WHERE org_id = ? AND id = ?", tx.org(), id));
    }

    /** A user has none any more. */
    void deleteAll(Tx tx, Org org, String userId) {
        tx.run(
                Sql.of(
                        "DELETE FROM user_factor WHERE org_id = ? AND user_id = ?",
                        org.number(),
                        userId));
    }

    private static dev.ostiary.platform.store.Json document(Enrolment enrolment) {
        ObjectNode document = Json.object();
        enrolment.profile().forEach(document::put);
        document.put(VENDOR, enrolment.vendorName());
        return new dev.ostiary.platform.store.Json(Json.text(document));
    }

    private Factor factor(Row row) {
        Map<String, String> profile = new LinkedHashMap<>();
        Json.object(row.json("profile"))
                .forEachEntry((name, value) -> profile.put(name, value.stringValue()));
        String vendor = String.valueOf(profile.remove(VENDOR));
        Enrolment enrolment =
                new Enrolment(
                        row.text("id"),
                        row.text("user_id"),
                        FactorKind.valueOf(row.text("kind")),
                        vendor,
                        FactorStatus.valueOf(row.text("status")),
                        row.instant("created"),
                        row.instant("last_updated"),
                        profile);
        @Nullable Instant sent = row.instantOrNull("code_sent");
        return new Factor(
                enrolment,
                row.textOrNull("destination"),
                row.bytesOrNull("secret"),
                row.textOrNull("answer_hash"),
                row.bytesOrNull("credential"),
                row.number("counter"),
                new Factor.Tries(row.integer("failures"), row.instantOrNull("failing_since")),
                sent == null
                        ? null
                        : new Factor.Code(
                                row.bytesOrNull("code_hash"),
                                row.textOrNull("challenge"),
                                sent,
                                row.instant("code_expires")));
    }
}
