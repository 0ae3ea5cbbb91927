package dev.ostiary.server.oauth.clients;

import com.nimbusds.jose.jwk.JWK;
import dev.ostiary.platform.org.Org;
import dev.ostiary.server.oauth.problem.OAuthException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The public keys of clients, wherever a client has them. Implementations are thread-safe. */
@FunctionalInterface
public interface KeySets {

    /**
     * The keys that may have signed for a client.
     *
     * @param kid that a signature names; null where it names none
     * @return all of them, whether or not one has the name
     * @throws OAuthException {@code invalid_client} where there are none, or none that can be read
     */
    List<JWK> of(Org org, OAuthClient client, @Nullable String kid);
}
