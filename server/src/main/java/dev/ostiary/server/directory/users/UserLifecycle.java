package dev.ostiary.server.directory.users;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.directory.users.Invitations.Invitation;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The tag UserLifecycle: one handler for each row of {@link Step}. Thread-safe. */
public final class UserLifecycle implements Family {

    private static final Schema NOTHING = Schema.object();

    /** What {@link #show} writes, or nothing where a mail tells it. */
    private static final Schema INVITATION =
            Schema.object()
                    .maybe("activationUrl", Schema.TEXT)
                    .maybe("activationToken", Schema.TEXT);

    private final UserParts parts;
    private final UserWrites writes;
    private final Farewells farewells;

    /** Lifecycles over these neighbours. */
    public UserLifecycle(Database database, InstantSource time, UserParts parts) {
        this.parts = parts;
        this.writes = new UserWrites(database, new OrgClock(time), parts);
        this.farewells = new Farewells(parts);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("activateUser", this::activate).answers(INVITATION),
                Binding.of("reactivateUser", this::reactivate).answers(INVITATION),
                Binding.of("deactivateUser", this::deactivate).answers(NOTHING),
                Binding.of("suspendUser", this::suspend).answers(NOTHING),
                Binding.of("unsuspendUser", request -> simple(request, Step.UNSUSPEND))
                        .answers(NOTHING),
                Binding.of("unlockUser", this::unlock).answers(NOTHING),
                Binding.of("resetFactors", this::resetFactors).answers(NOTHING));
    }

    private Reply simple(Request request, Step step) {
        writes.change(request, "id", change -> change.step(step));
        return Reply.okEmptyObject();
    }

    /** Whoever is suspended is signed in nowhere. */
    private Reply suspend(Request request) {
        writes.change(
                request,
                "id",
                change -> {
                    User after = change.step(Step.SUSPEND);
                    parts.belongings().signOut(change.tx(), request.org(), after.id());
                    return after;
                });
        return Reply.okEmptyObject();
    }

    private Reply activate(Request request) {
        return invited(request, Step.ACTIVATE, request.query().flag("sendEmail", true));
    }

    private Reply reactivate(Request request) {
        return invited(request, Step.REACTIVATE, request.query().flag("sendEmail", false));
    }

    /**
     * Without a mail the administrator gets the invitation. Who has a password needs none, but may
     * still sign in with the token (Users, "Activate User").
     */
    private Reply invited(Request request, Step step, boolean mailed) {
        Optional<Invitation> shown =
                writes.change(
                        request,
                        "id",
                        change -> {
                            User user = change.step(step);
                            boolean waits = user.status() != UserStatus.ACTIVE;
                            if (mailed && !waits) {
                                return Optional.empty();
                            }
                            Invitations invitations = parts.invitations();
                            Invitation invitation =
                                    invitations.renew(
                                            change.tx(), user, request.baseUrl(), change.now());
                            if (mailed) {
                                invitations.mail(change.tx(), request.org(), user, invitation);
                                return Optional.empty();
                            }
                            return Optional.of(invitation);
                        });
        return shown.map(UserLifecycle::show).orElseGet(Reply::okEmptyObject);
    }

    private static Reply show(Invitation invitation) {
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    out.writeStringProperty("activationUrl", invitation.url());
                    out.writeStringProperty("activationToken", invitation.token());
                    out.writeEndObject();
                });
    }

    private Reply deactivate(Request request) {
        writes.change(request, "id", farewells::deactivate);
        return Reply.okEmptyObject();
    }

    private Reply unlock(Request request) {
        writes.change(
                request, "id", change -> change.step(Step.UNLOCK, change.secrets().unlocked()));
        return Reply.okEmptyObject();
    }

    /** One event for all, whichever there were (event types, {@code user.mfa.factor.reset_all}). */
    private Reply resetFactors(Request request) {
        writes.change(
                request,
                "id",
                change -> {
                    Step.requireActivated(change.before());
                    parts.belongings()
                            .factors()
                            .remove(change.tx(), request.org(), change.before().id());
                    change.tx()
                            .emit(parts.events().of("user.mfa.factor.reset_all", change.before()));
                    return change.before();
                });
        return Reply.okEmptyObject();
    }
}
