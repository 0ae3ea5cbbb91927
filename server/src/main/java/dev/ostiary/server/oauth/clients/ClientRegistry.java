package dev.ostiary.server.oauth.clients;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Where clients are registered. Implementations are thread-safe and read fresh state. */
public interface ClientRegistry {

    /** The client with this id, whatever its status. */
    Optional<OAuthClient> find(Reader reader, String clientId);

    /** The client that an app is, whatever its status; nothing for an app that is none. */
    Optional<OAuthClient> ofApp(Reader reader, Org org, String appId);

    /**
     * The client with this id, whatever its status, and what proves it: read after the call began,
     * together with all who ask at the same moment.
     */
    Optional<KnownClient> known(Org org, String clientId);

    /** Its active secrets, for signatures made with them. */
    List<String> secrets(Reader reader, OAuthClient client);

    /**
     * A subselect of what the app of a row {@code k} ({@code org_id}, {@code app_id}, {@code
     * user_id}) is to the row's user, who is not deactivated and whose groups are {@code g.ids}:
     * the {@code user_name} that somebody has given the user there, and whether it is {@code
     * usable}. No row where there is no such app.
     */
    Sql toUserInGroups();

    /** Whether a user may use it. */
    boolean isAssigned(Reader reader, Org org, OAuthClient client, String userId);

    /** What a user is in the app; nothing for one who may not use it. */
    Optional<AppUser> appUser(Reader reader, Org org, OAuthClient client, String userId);

    /**
     * The same, read after the call began, together with all who ask at the same moment. Not to be
     * called in a transaction.
     */
    Optional<AppUser> appUser(Org org, OAuthClient client, String userId);

    /**
     * What a user is called in the app if nobody has said so: as the app makes names of profiles.
     * Asks nothing of a client that is {@linkplain #known known}.
     */
    Optional<String> userName(Org org, OAuthClient client, ObjectNode profile);

    /** Where a client may act for a user at other apps (Cross App Access). */
    enum OtherApps {
        /** No other app is open to it. */
        NONE,
        /** Others are, but none that is the user's. */
        NOT_OF_USER,
        /** One is. */
        OPEN
    }

    /** Whether active connections let a client act for a user at another app. */
    OtherApps others(Reader reader, Org org, OAuthClient client, String userId);

    /**
     * What its ID tokens say beside what scopes and servers bring. Asks nothing of a client that is
     * {@linkplain #known known}.
     */
    List<AppClaim> claims(Org org, OAuthClient client);

    /** The scopes of the org's own API that an administrator has granted to it. */
    Set<String> grantedScopes(Reader reader, OAuthClient client);
}
