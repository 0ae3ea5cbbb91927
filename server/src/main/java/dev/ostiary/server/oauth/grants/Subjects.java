package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.directory.memberships.Memberships;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.directory.users.UserEvents;
import dev.ostiary.server.directory.users.UserStatus;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.tokens.Issuer;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Users as tokens are made for them: read afresh each time, so that whoever has left, or was put
 * into another group, is so in the next token. Thread-safe.
 */
public final class Subjects {

    /** Who gets nothing, however it proved itself. */
    private static final Set<UserStatus> OUTSIDE =
            EnumSet.of(UserStatus.SUSPENDED, UserStatus.DEPROVISIONED, UserStatus.STAGED);

    private final UserDirectory users = new UserDirectory();
    private final GroupNameStore names = new GroupNameStore();
    private final Memberships memberships;

    /** Users in these groups. */
    public Subjects(Memberships memberships) {
        this.memberships = memberships;
    }

    /**
     * A user who may act.
     *
     * @param authenticated when the user last proved itself
     * @param amr by which methods
     */
    public Optional<Subject> find(
            Reader reader, Org org, String userId, Instant authenticated, List<String> amr) {
        return users.byId(reader, userId)
                .filter(user -> !OUTSIDE.contains(user.status()))
                .map(user -> subject(reader, org, user, authenticated, amr));
    }

    /**
     * A user who may act, as the app knows it that asks: custom servers' claims tell what a user is
     * there.
     */
    public Optional<Subject> find(
            Reader reader,
            ClientRegistry registry,
            Recipient to,
            String userId,
            Instant authenticated,
            List<String> amr) {
        return find(reader, to.org(), userId, authenticated, amr)
                .map(
                        user ->
                                switch (to.issuer()) {
                                    case Issuer.OfOrg own -> user;
                                    case Issuer.Custom custom ->
                                            user.in(
                                                    registry.appUser(
                                                            reader, to.org(), to.client(), userId));
                                });
    }

    /** Whether a user may act. */
    public boolean mayAct(Reader reader, String userId) {
        return users.byId(reader, userId)
                .filter(user -> !OUTSIDE.contains(user.status()))
                .isPresent();
    }

    private Subject subject(
            Reader reader, Org org, User user, Instant authenticated, List<String> amr) {
        return new Subject(
                user.id(),
                user.login(),
                UserEvents.displayName(user),
                user.profile().document(),
                names.of(reader, memberships.groupsOf(reader, org, user.id())),
                user.lastUpdated(),
                authenticated,
                amr,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
