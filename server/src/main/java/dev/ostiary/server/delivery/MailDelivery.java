package dev.ostiary.server.delivery;

import dev.ostiary.platform.store.StoreException;
import dev.ostiary.server.delivery.MailSender.Letter;
import dev.ostiary.server.delivery.MailSender.Outcome;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * Sends what the outbox holds for one way out, mails or messages to phones, one at a time, and
 * clears out what is old. Every node may run one of each; they share the work.
 *
 * <p>A mail is tried ten times within a day and a half, then failed; one that waited for three days
 * (because the server was away, or none was configured) is failed too: its links are dead, and
 * nobody wants it any more. While no server is configured nothing is sent and mails just stand in
 * the outbox. Everything is deleted after thirty days.
 */
public final class MailDelivery implements AutoCloseable {

    private static final Logger LOG = System.getLogger(MailDelivery.class.getName());

    private static final Duration POLL = Duration.ofSeconds(5);
    private static final Duration CLAIM = Duration.ofMinutes(10);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(8);
    private static final Duration TOO_OLD = Duration.ofDays(3);
    private static final Duration KEPT = Duration.ofDays(30);
    private static final Duration CLEARING = Duration.ofHours(1);
    private static final Duration LAST_MAIL = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 10;
    private static final int BATCH = 1000;

    private final OutboxStore store;
    private final Set<Channel> channels;
    private final Optional<MailSender> sender;
    private final InstantSource clock;
    private final OutboxStore.Arrivals arrivals;
    private final Thread thread;
    private volatile boolean closed;
    private Instant nextClearing = Instant.MIN;

    /**
     * Not started yet; mails alone.
     *
     * @param sender the way out; empty where no mail server is configured
     */
    public MailDelivery(OutboxStore store, Optional<MailSender> sender, InstantSource clock) {
        this(store, Set.of(Channel.MAIL), sender, clock);
    }

    /**
     * Not started yet.
     *
     * @param channels what is sent this way
     * @param sender the way out; empty where none is configured
     */
    public MailDelivery(
            OutboxStore store,
            Set<Channel> channels,
            Optional<MailSender> sender,
            InstantSource clock) {
        this.store = store;
        this.channels = Set.copyOf(channels);
        this.sender = sender;
        this.clock = clock;
        this.arrivals = store.arrivals();
        this.thread = Thread.ofVirtual().name("mail-delivery").unstarted(this::run);
    }

    /** Begins to work in the background. Once only. */
    public void start() {
        thread.start();
    }

    /** Stops; a mail under way is finished first. */
    @Override
    public void close() {
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        closed = true;
        arrivals.wake();
        try {
            thread.join(LAST_MAIL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try {
                clearOld();
                deliverDue();
            } catch (StoreException e) {
                LOG.log(
                        Level.WARNING,
                        "the outbox cannot be read, trying again: {0}",
                        e.toString());
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "delivering mail failed, trying again", e);
            }
            try {
                arrivals.await(POLL);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /**
     * Tries every mail that is due, until the server turns out to be away. Returns how many were
     * tried.
     */
    int deliverDue() {
        if (sender.isEmpty()) {
            return 0;
        }
        int tried = 0;
        boolean reachable = true;
        while (reachable && !closed) {
            Instant now = clock.instant();
            Optional<OutboxStore.Claim> claim = store.claim(channels, now, now.plus(CLAIM));
            if (claim.isEmpty()) {
                return tried;
            }
            reachable = deliver(sender.get(), claim.get(), now);
            tried++;
        }
        return tried;
    }

    private boolean deliver(MailSender through, OutboxStore.Claim claim, Instant now) {
        OutboxMail mail = claim.mail();
        if (mail.attempts() > ATTEMPTS || mail.created().isBefore(now.minus(TOO_OLD))) {
            String why = mail.lastError() == null ? "waited too long" : mail.lastError();
            store.finish(claim, OutboxMail.Status.FAILED, why);
            return true;
        }
        Outcome outcome =
                through.send(
                        new Letter(
                                mail.id(),
                                mail.channel(),
                                mail.to(),
                                mail.subject(),
                                mail.text(),
                                mail.html()));
        note(claim, outcome);
        return !(outcome instanceof Outcome.Unreachable);
    }

    private void note(OutboxStore.Claim claim, Outcome outcome) {
        switch (outcome) {
            case Outcome.Sent() -> store.finish(claim, OutboxMail.Status.SENT, null);
            case Outcome.Refused(String reason) -> fail(claim, reason);
            case Outcome.Later(String reason) -> {
                if (claim.mail().attempts() >= ATTEMPTS) {
                    fail(claim, reason);
                } else {
                    Instant next = clock.instant().plus(pause(claim.mail().attempts()));
                    store.putBack(claim, next, reason, true);
                }
            }
            case Outcome.Unreachable(String reason) -> {
                LOG.log(Level.WARNING, "the way out for messages is closed: {0}", reason);
                store.putBack(claim, clock.instant().plus(FIRST_PAUSE), reason, false);
            }
        }
    }

    private void fail(OutboxStore.Claim claim, String reason) {
        LOG.log(Level.WARNING, "message {0} was refused: {1}", claim.mail().id(), reason);
        store.finish(claim, OutboxMail.Status.FAILED, reason);
    }

    /** 30 seconds, 2 minutes, 8 minutes, and so on, 8 hours at most. */
    private static Duration pause(int attempt) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << (2 * (attempt - 1)));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /** Deletes mails past their time, once an hour. Returns how many. */
    int clearOld() {
        Instant now = clock.instant();
        if (now.isBefore(nextClearing)) {
            return 0;
        }
        nextClearing = now.plus(CLEARING);
        int all = 0;
        int some;
        do {
            some = store.deleteOlder(now.minus(KEPT), BATCH);
            all += some;
        } while (some == BATCH);
        return all;
    }
}
