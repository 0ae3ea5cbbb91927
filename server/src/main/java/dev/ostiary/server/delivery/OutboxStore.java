package dev.ostiary.server.delivery;

import dev.ostiary.platform.context.Language;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.query.CaseFold;
import dev.ostiary.platform.query.Direction;
import dev.ostiary.platform.query.Keyset;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.query.PagingErrors;
import dev.ostiary.platform.query.SortKey;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.NewRow;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The table of mails. Thread-safe.
 *
 * <p>A mail is sent by whoever claims it. The claim is a short transaction of its own: it locks a
 * row that nobody else is locking, counts the attempt and puts the next one off until well after
 * this one must have ended. So nothing is held while SMTP talks, no two nodes send the same mail,
 * and a mail whose node died is tried again when the time has passed. What cannot be told apart is
 * a node that died between the server's last OK and our note of it: then the mail goes out once
 * more, with the same Message-ID.
 */
public final class OutboxStore implements MessageOutbox {

    private static final String COLUMNS =
            "org_id, id, channel, created, recipient, template, content, status, attempts,"
                    + " last_error";

    private static final Keyset NEWEST_FIRST =
            Keyset.byId(SortKey.id("id", Direction.DESC), PagingErrors.PAGING);

    private final Database database;
    private final Sealed sealed;
    private final Ids ids;
    private final InstantSource clock;
    private final OrgLanguage languages;
    private final Messages messages = Messages.load();
    private final List<Arrivals> waiting = new CopyOnWriteArrayList<>();

    /** The outbox in this database, whose messages are written in these languages of orgs. */
    public OutboxStore(
            Database database, Sealed sealed, Ids ids, InstantSource clock, OrgLanguage languages) {
        this.database = database;
        this.sealed = sealed;
        this.ids = ids;
        this.clock = clock;
        this.languages = languages;
    }

    /** A mail that is ours to send, and the org that it belongs to. */
    record Claim(long org, OutboxMail mail) {}

    @Override
    public void put(Tx tx, Org org, Mail mail) {
        Language language = mail.language().orElseGet(() -> languages.of(tx, org));
        put(
                tx,
                org,
                Channel.MAIL,
                mail.to(),
                mail.template().wire(),
                new MailContent(language, named(org, mail.in(language)), Optional.empty()));
    }

    @Override
    public void put(Tx tx, Org org, PhoneMessage message) {
        Language language = message.language().orElseGet(() -> languages.of(tx, org));
        put(
                tx,
                org,
                message.channel(),
                message.to(),
                message.occasion(),
                new MailContent(language, named(org, message.variables()), Optional.empty()));
    }

    private static Map<String, String> named(Org org, Map<String, String> variables) {
        Map<String, String> more = new HashMap<>(variables);
        more.put("orgName", org.name());
        return Map.copyOf(more);
    }

    private void put(
            Tx tx, Org org, Channel channel, String to, String template, MailContent content) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String id = ids.next("oml", org.tail(), now);
        tx.insert(
                NewRow.of(
                        "INSERT INTO outbox_mail (org_id, id, channel, created, recipient,"
                                + " recipient_folded, template, content, status, next_attempt)",
                        "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        org.number(),
                        id,
                        channel,
                        now,
                        to,
                        CaseFold.fold(to),
                        template,
                        content.sealed(sealed, org.number(), id),
                        OutboxMail.Status.QUEUED,
                        now));
        tx.afterCommit(this::wake);
    }

    /** Lets somebody who sends wait for what comes. */
    Arrivals arrivals() {
        Arrivals arrivals = new Arrivals();
        waiting.add(arrivals);
        return arrivals;
    }

    private void wake() {
        waiting.forEach(Arrivals::wake);
    }

    /** What has come since somebody looked. */
    static final class Arrivals {

        private final Semaphore some = new Semaphore(0);

        private Arrivals() {}

        /** Waits until this node has put something in, or the time has passed. */
        void await(Duration atMost) throws InterruptedException {
            if (some.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                some.drainPermits();
            }
        }

        /** Ends a wait. */
        void wake() {
            some.release();
        }
    }

    /** A page of an org's mails, newest first. */
    Page<OutboxMail> page(long org, Optional<String> to, PageRequest request) {
        return NEWEST_FIRST.page(
                request,
                (beyond, order, atMost) ->
                        database.read(
                                org,
                                reader ->
                                        reader.list(
                                                Sql.of("SELECT " + COLUMNS + " FROM outbox_mail")
                                                        .then("WHERE org_id = ?", org)
                                                        .then(addressed(to))
                                                        .then("AND")
                                                        .then(beyond)
                                                        .then("ORDER BY")
                                                        .then(order)
                                                        .then("LIMIT ?", atMost),
                                                this::mail)),
                mail -> List.of(Optional.of(mail.id())));
    }

    private static Sql addressed(Optional<String> to) {
        return to.map(address -> Sql.of("AND recipient_folded = ?", CaseFold.fold(address)))
                .orElse(Sql.nothing());
    }

    /** One mail of an org. */
    Optional<OutboxMail> find(long org, String id) {
        return database.read(
                org,
                reader ->
                        reader.one(
                                Sql.of(
                                        "SELECT "
                                                + COLUMNS
                                                + " FROM outbox_mail WHERE org_id = ? AND id = ?",
                                        org,
                                        id),
                                this::mail));
    }

    /**
     * Claims what has been due for the longest time on some channels, of any org.
     *
     * @param until when it may be claimed again, if nothing is heard of it
     */
    Optional<Claim> claim(Set<Channel> channels, Instant now, Instant until) {
        Sql due =
                Sql.of(
                        "SELECT org_id, id FROM outbox_mail WHERE status = 'QUEUED' AND"
                                + " channel = ANY(?) AND next_attempt <= ?"
                                + " ORDER BY next_attempt LIMIT 1 FOR UPDATE SKIP LOCKED",
                        channels.stream().map(Channel::name).sorted().toList(),
                        now);
        return database.acrossOrgs(
                tx ->
                        tx.one(
                                Sql.of("WITH due AS")
                                        .then(due.grouped())
                                        .then(
                                                "UPDATE outbox_mail m SET attempts = attempts + 1,"
                                                        + " next_attempt = ? FROM due WHERE"
                                                        + " m.org_id = due.org_id AND m.id ="
                                                        + " due.id RETURNING m.*",
                                                until),
                                row -> new Claim(row.number("org_id"), mail(row))));
    }

    /** Notes the end of a claim; does nothing if the mail was claimed anew meanwhile. */
    void finish(Claim claim, OutboxMail.Status status, @Nullable String error) {
        update(claim, Sql.of("status = ?, last_error = ?", status, error));
    }

    /**
     * Puts a claimed mail back.
     *
     * @param counted whether the attempt counts
     */
    void putBack(Claim claim, Instant next, String error, boolean counted) {
        int attempts = claim.mail().attempts() - (counted ? 0 : 1);
        update(
                claim,
                Sql.of("next_attempt = ?, last_error = ?, attempts = ?", next, error, attempts));
    }

    private void update(Claim claim, Sql changes) {
        database.write(
                claim.org(),
                tx ->
                        tx.run(
                                Sql.of("UPDATE outbox_mail SET")
                                        .then(changes)
                                        .then(
                                                "WHERE org_id = ? AND id = ? AND attempts = ?",
                                                claim.org(),
                                                claim.mail().id(),
                                                claim.mail().attempts())));
    }

    /** Deletes at most so many mails that are older; returns how many. */
    int deleteOlder(Instant than, int atMost) {
        return database.acrossOrgs(
                tx ->
                        tx.run(
                                Sql.of(
                                        "DELETE FROM outbox_mail WHERE (org_id, id) IN (SELECT"
                                                + " org_id, id FROM outbox_mail WHERE created < ?"
                                                + " ORDER BY created LIMIT ?)",
                                        than,
                                        atMost)));
    }

    private OutboxMail mail(Row row) {
        String id = row.text("id");
        MailContent content =
                MailContent.opened(sealed, row.number("org_id"), id, row.bytes("content"));
        Channel channel = Channel.valueOf(row.text("channel"));
        String template = row.text("template");
        MailText words = content.words().orElseGet(() -> messages.of(channel, template, content));
        return new OutboxMail(
                id,
                channel,
                row.instant("created"),
                row.text("recipient"),
                template,
                words.subject(),
                words.text(),
                words.html(),
                content.variables(),
                OutboxMail.Status.valueOf(row.text("status")),
                row.integer("attempts"),
                row.textOrNull("last_error"));
    }
}
