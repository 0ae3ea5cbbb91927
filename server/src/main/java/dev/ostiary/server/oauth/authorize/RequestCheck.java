package dev.ostiary.server.oauth.authorize;

import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.clients.KnownClient;
import dev.ostiary.server.oauth.clients.OAuthClient;
import dev.ostiary.server.oauth.grants.Recipient;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.tokens.Issuer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether a request is right, without regard to who is signed in. Each parameter has its own
 * method. Thread-safe.
 */
final class RequestCheck {

    private static final String ENDPOINT = "authorize";
    private static final String S256 = "S256";

    /** RFC 7636, 4.2. */
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,10}");
    private static final int LONGEST_REQUEST = 16_384;
    private static final int LONGEST = 4096;
    private static final int LONGEST_NAME = 200;

    private final ClientRegistry registry;
    private final RequestedScopes scopes;
    private final OAuthErrors errors;

    RequestCheck(Database database, ClientRegistry registry, OAuthErrors errors) {
        this.registry = registry;
        this.scopes = new RequestedScopes(database, registry, errors);
        this.errors = errors;
    }

    /**
     * Whether client and redirect URI belong together.
     *
     * @throws OAuthException for the person in front of the browser: nobody is to be redirected
     */
    Addressed address(Issuer issuer, Parameters parameters, Instant now) {
        if (parameters.json().length() > LONGEST_REQUEST) {
            throw errors.of("invalid_request");
        }
        if (parameters.isAmbiguous("client_id") || parameters.isAmbiguous("redirect_uri")) {
            throw errors.of("duplicate_oauth_params");
        }
        OAuthClient client =
                parameters
                        .text("client_id")
                        .flatMap(id -> registry.known(issuer.org(), id).map(KnownClient::client))
                        .filter(OAuthClient::active)
                        .orElseThrow(() -> errors.of("invalid_client_id"));
        if (client.isService()) {
            throw errors.of("invalid_client_application_type", ENDPOINT);
        }
        String redirectUri =
                parameters
                        .text("redirect_uri")
                        .filter(uri -> uri.length() <= LONGEST)
                        .filter(
                                uri ->
                                        RedirectUris.has(
                                                client.redirectUris(),
                                                client.wildcardRedirect(),
                                                uri))
                        .orElseThrow(() -> errors.of("illegal_redirect_uri"));
        return new Addressed(new Recipient(issuer, client, now), redirectUri, parameters);
    }

    /**
     * Whether the rest is right.
     *
     * @throws OAuthException for the client
     */
    AuthorizationRequest check(Addressed addressed) {
        Parameters said = addressed.parameters();
        if (said.isAmbiguous()) {
            throw errors.of("duplicate_oauth_params");
        }
        refuseWhatIsNotThere(said);
        ResponseType type = type(addressed);
        mode(addressed, type);
        if (said.text("state").filter(text -> text.length() <= LONGEST).isEmpty()) {
            throw errors.of("invalid_state");
        }
        Optional<String> nonce = nonce(said, type);
        Optional<String> challenge = challenge(addressed, type);
        Prompt prompt = prompt(said);
        return new AuthorizationRequest(
                addressed,
                type,
                scopes.of(addressed, type),
                nonce,
                challenge,
                prompt,
                maxAge(said, prompt),
                said.text("login_hint").filter(name -> name.length() <= LONGEST_NAME),
                said.text("sessionToken"),
                new Assurance(
                        said.text("acr_values").stream()
                                .flatMap(text -> Arrays.stream(text.split(" ")))
                                .toList()));
    }

    private void refuseWhatIsNotThere(Parameters said) {
        if (said.text("idp").isPresent()) {
            throw errors.of("unknown_idp");
        }
    }

    private ResponseType type(Addressed addressed) {
        OAuthClient client = addressed.client();
        ResponseType type =
                addressed
                        .parameters()
                        .text("response_type")
                        .flatMap(ResponseType::parse)
                        .filter(each -> client.responseTypes().containsAll(each.words()))
                        .filter(each -> !(each.token() && client.dpopRequired()))
                        .orElseThrow(
                                () ->
                                        errors.of(
                                                "unsupported_response_type",
                                                sorted(client.responseTypes())));
        boolean granted =
                (!type.code() || client.grantTypes().contains("authorization_code"))
                        && (!type.hasTokens() || client.grantTypes().contains("implicit"));
        if (!granted) {
            throw errors.of("unauthorized_client", sorted(client.grantTypes()));
        }
        return type;
    }

    private static String sorted(Set<String> words) {
        return words.stream().sorted().collect(Collectors.joining(", "));
    }

    /**
     * The original's table refuses to post a code to a page; its own client for pages asks for just
     * that, with a challenge. So a challenge makes it right.
     */
    private void mode(Addressed addressed, ResponseType type) {
        Optional<String> said = addressed.parameters().text("response_mode");
        if (said.isEmpty()) {
            return;
        }
        ResponseMode mode =
                said.flatMap(ResponseMode::parse)
                        .filter(each -> Addressed.fits(each, addressed.redirectUri()))
                        .orElseThrow(() -> errors.of("unsupported_response_mode"));
        if (mode == ResponseMode.QUERY && type.hasTokens()) {
            throw errors.of("unsupported_response_mode_query_with_tokens");
        }
        if (mode == ResponseMode.OKTA_POST_MESSAGE
                && type.code()
                && addressed.parameters().text("code_challenge").isEmpty()) {
            throw errors.of("unsupported_response_mode_okta_post_message_with_code");
        }
    }

    /** Whoever gets tokens by the browser has to know its own (OpenID Connect Core, 3.2.2.1). */
    private Optional<String> nonce(Parameters said, ResponseType type) {
        Optional<String> nonce = said.text("nonce").filter(text -> text.length() <= LONGEST);
        if (type.hasTokens() && nonce.isEmpty()) {
            throw errors.of("invalid_nonce");
        }
        return nonce;
    }

    /**
     * S256 alone is documented; a method that is not said means {@code plain} (RFC 7636, 4.3),
     * which proves nothing to who reads the request.
     */
    private Optional<String> challenge(Addressed addressed, ResponseType type) {
        Parameters said = addressed.parameters();
        Optional<String> challenge = said.text("code_challenge");
        Optional<String> method = said.text("code_challenge_method");
        if (challenge.isEmpty()) {
            boolean needed =
                    type.code()
                            && (addressed.client().pkceRequired() || addressed.client().isPublic());
            if (needed || method.isPresent()) {
                throw errors.of("pkce_missing_challenge");
            }
            return Optional.empty();
        }
        if (method.filter(S256::equals).isEmpty()) {
            throw errors.of("pkce_unsupported_code_challenge_method", S256);
        }
        if (!CHALLENGE.matcher(challenge.get()).matches()) {
            throw errors.of("pkce_invalid_challenge");
        }
        return challenge;
    }

    private Prompt prompt(Parameters said) {
        return said.text("prompt")
                .map(
                        text ->
                                Prompt.parse(text)
                                        .orElseThrow(
                                                () ->
                                                        errors.of(
                                                                "invalid_prompt",
                                                                Prompt.SUPPORTED)))
                .orElse(Prompt.USUAL);
    }

    private Optional<Duration> maxAge(Parameters said, Prompt prompt) {
        Optional<String> text = said.text("max_age");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        long seconds =
                text.filter(each -> SECONDS.matcher(each).matches())
                        .map(Long::parseLong)
                        .filter(each -> each <= Integer.MAX_VALUE)
                        .orElseThrow(() -> errors.of("invalid_max_age"));
        if (seconds == 0 && prompt.none()) {
            throw errors.of("invalid_prompt_for_zero_max_age");
        }
        return Optional.of(Duration.ofSeconds(seconds));
    }
}
