package dev.ostiary.server.oauth.clients;

import com.nimbusds.jose.jwk.JWK;
import dev.ostiary.platform.org.Org;
import dev.ostiary.server.oauth.problem.OAuthException;
import java.util.List;

/** The public keys of clients, wherever a client has them. Implementations are thread-safe. */
@FunctionalInterface
public interface KeySets {

    /**
     * The keys that may have signed for a client.
     *
     * @throws OAuthException {@code invalid_client} where there are none, or none that can be read
     */
    List<JWK> of(Org org, OAuthClient client);

    /**
     * The same, when none of those that were known has made a signature: a client may have begun to
     * sign with another.
     *
     * @param old what was known
     * @return the same where nothing newer is to be had
     * @throws OAuthException as {@link #of}
     */
    default List<JWK> newer(Org org, OAuthClient client, List<JWK> old) {
        return old;
    }

    /**
     * The keys that somebody publishes at an address.
     *
     * @throws OAuthException where there are none, or none that can be read
     */
    default List<JWK> at(Org org, String uri) {
        return List.of();
    }
}
