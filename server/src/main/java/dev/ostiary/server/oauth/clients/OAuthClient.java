package dev.ostiary.server.oauth.clients;

import dev.ostiary.platform.event.Actor;
import dev.ostiary.platform.event.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A client as the endpoints of OAuth see it. Immutable; holds no secret.
 *
 * @param id its {@code client_id}
 * @param appId the app that it is
 * @param label what people call it
 * @param active whether it gets anything
 * @param applicationType {@code web}, {@code native}, {@code browser} or {@code service}
 * @param authMethod how it proves itself
 * @param grantTypes by which it may ask for tokens
 * @param jwks its public keys as JSON (RFC 7517)
 * @param jwksUri where it publishes its keys, if it does
 * @param dpopRequired whether its tokens are bound to a key (RFC 9449)
 * @param rotatesRefreshTokens whether a refresh token is used once only
 * @param refreshLeewaySeconds how long a used one is good for another try
 * @param responseTypes what it may have brought by a browser
 * @param wildcardRedirect whether a star in a redirect URI stands for a piece of the domain
 * @param postLogoutRedirectUris where browsers may go that leave
 * @param consentRequired whether people are asked before it gets anything
 * @param clientUri where people read of it
 * @param logoUri a picture of it
 * @param requestAlgorithm what its request objects have to be signed with, if it has said so
 * @param frontChannel where it is told that a session has ended, if it is
 * @param backchannelAlgorithm what its requests on the backchannel are signed with, if they are
 * @param network from where it may come; nothing for anywhere
 * @param idTokenEncryption how the key of its ID tokens is encrypted (RFC 7518, 4.3), if they are
 */
public record OAuthClient(
        String id,
        String appId,
        String label,
        boolean active,
        String applicationType,
        String authMethod,
        Set<String> grantTypes,
        List<String> redirectUris,
        boolean pkceRequired,
        String jwks,
        Optional<String> jwksUri,
        boolean dpopRequired,
        boolean rotatesRefreshTokens,
        int refreshLeewaySeconds,
        Set<String> responseTypes,
        boolean wildcardRedirect,
        List<String> postLogoutRedirectUris,
        boolean consentRequired,
        Optional<String> clientUri,
        Optional<String> logoUri,
        Optional<String> requestAlgorithm,
        Optional<FrontChannel> frontChannel,
        Optional<String> backchannelAlgorithm,
        Optional<Network> network,
        Optional<String> idTokenEncryption) {

    private static final String TYPE = "PublicClientApp";

    /** The client as the log names who does something. */
    public Actor actor() {
        return new Actor(id, TYPE, id, label);
    }

    /** The client as the log names what something is done with. */
    public Target target() {
        return new Target(id, TYPE, id, label);
    }

    /** The app that it is, as the log names it. */
    public Target app() {
        return new Target(appId, "AppInstance", label, label);
    }

    /**
     * From where a client may come (Apps API, {@code network}).
     *
     * @param include ids of zones, in one of which it has to be; none for any place
     * @param exclude ids of zones in which it must not be
     */
    public record Network(List<String> include, List<String> exclude) {

        public Network {
            include = List.copyOf(include);
            exclude = List.copyOf(exclude);
        }
    }

    /**
     * Where a client is told that a session has ended (OpenID Connect Front-Channel Logout 1.0, 2).
     *
     * @param sessionRequired whether it is told which one
     */
    public record FrontChannel(String uri, boolean sessionRequired) {}

    /** Machines that act for nobody (OpenID Connect API, {@code application_type}). */
    public static final String SERVICE = "service";

    /** The method of those who have nothing to prove themselves with. */
    public static final String NONE = "none";

    public OAuthClient {
        grantTypes = Set.copyOf(grantTypes);
        redirectUris = List.copyOf(redirectUris);
        responseTypes = Set.copyOf(responseTypes);
        postLogoutRedirectUris = List.copyOf(postLogoutRedirectUris);
    }

    /** Whether it has nothing to prove itself with (RFC 6749, 2.1). */
    public boolean isPublic() {
        return authMethod.equals(NONE);
    }

    /** Whether it is a machine. */
    public boolean isService() {
        return applicationType.equals(SERVICE);
    }
}
