package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.server.oauth.dpop.Possession;
import dev.ostiary.server.oauth.dpop.Possession.Shown;
import dev.ostiary.server.oauth.grants.LiveTokens.Living;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.servers.TokenClaim.ClaimType;
import dev.ostiary.server.oauth.tokens.Issuer;
import dev.ostiary.server.oauth.tokens.TokenReader;
import dev.ostiary.server.oauth.tokens.TokenReader.Read;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells whoever has a user's access token what its scopes tell of the user, all of it (OpenID
 * Connect Core 1.0, 5.3; OpenID Connect API, {@code /userinfo}). Refusals say why in their header,
 * too (RFC 6750, 3). A token that is bound to a key comes with a proof (RFC 9449, 7). Thread-safe.
 */
public final class UserInfo implements Family {

    private static final String OPENID = "openid";
    private static final String FORM_FIELD = "access_token";
    private static final String BEARER = "Bearer";
    private static final String BOUND = "DPoP";

    private static final Schema ANSWER =
            Schema.object("UserInfo").always("sub", Schema.TEXT).andOthers();

    private static final Schema FORM = Schema.object().maybe(FORM_FIELD, Schema.TEXT);

    private final Endpoints endpoints;
    private final LiveTokens live;
    private final Presences presences;
    private final TokenReader tokens;
    private final Possession possession;
    private final TokenMint mint;
    private final InstantSource time;
    private final OAuthErrors errors;

    UserInfo(
            Endpoints endpoints,
            LiveTokens live,
            Presences presences,
            TokenReader tokens,
            Possession possession,
            TokenMint mint,
            InstantSource time,
            OAuthErrors errors) {
        this.endpoints = endpoints;
        this.live = live;
        this.presences = presences;
        this.tokens = tokens;
        this.possession = possession;
        this.mint = mint;
        this.time = time;
        this.errors = errors;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("userinfo", request -> tell(request, endpoints.ofOrg(request)))
                        .answers(ANSWER),
                Binding.of("userinfoWithPost", request -> tell(request, endpoints.ofOrg(request)))
                        .takesForm()
                        .mayTake(FORM)
                        .answers(ANSWER),
                Binding.of("userinfoCustomAS", request -> tell(request, endpoints.custom(request)))
                        .answers(ANSWER),
                Binding.of(
                                "userinfoCustomASWithPost",
                                request -> tell(request, endpoints.custom(request)))
                        .takesForm()
                        .mayTake(FORM)
                        .answers(ANSWER));
    }

    private Reply tell(Request request, Issuer issuer) {
        try {
            ObjectNode told = told(issuer, shown(request), time.instant());
            return Reply.ok(out -> Json.raw(out, Json.text(told)));
        } catch (OAuthException refused) {
            return endpoints
                    .refused(request, issuer, refused)
                    .with("WWW-Authenticate", challenge(request, refused));
        }
    }

    private static String challenge(Request request, OAuthException refused) {
        return (scheme(request).equals(BOUND) ? BOUND : BEARER)
                + " error=\""
                + refused.error()
                + "\", error_description=\""
                + refused.description()
                + "\"";
    }

    /** Under which a token is shown in the header; empty without one. */
    private static String scheme(Request request) {
        String header = request.header("Authorization").orElse("");
        for (String scheme : List.of(BEARER, BOUND)) {
            if (header.regionMatches(true, 0, scheme + " ", 0, scheme.length() + 1)) {
                return scheme;
            }
        }
        return "";
    }

    /**
     * The token, in the header or in the body (RFC 6750, 2); never in the query, which others log.
     */
    private Shown shown(Request request) {
        String scheme = scheme(request);
        Optional<String> header =
                request.header("Authorization")
                        .filter(text -> !scheme.isEmpty())
                        .map(text -> text.substring(scheme.length()).strip());
        if (request.query().first(FORM_FIELD).isPresent()) {
            throw errors.of("access_token_in_query");
        }
        Optional<String> body =
                request.hasBody() ? Form.read(request, errors).text(FORM_FIELD) : Optional.empty();
        if (header.isPresent() && body.isPresent()) {
            throw errors.of("access_token_duplicate");
        }
        return new Shown(
                scheme.equals(BOUND),
                header.or(() -> body).orElseThrow(() -> errors.of("access_token_missing")),
                request.values("DPoP"),
                request.operation().verb().name(),
                request.path());
    }

    private ObjectNode told(Issuer issuer, Shown shown, Instant now) {
        Read token =
                tokens.read(issuer, shown.token(), now)
                        .filter(Read::isAccessToken)
                        .filter(read -> read.text("uid").isPresent())
                        .orElseThrow(this::invalid);
        possession.require(issuer.org().number(), thumbprint(token), shown, now);
        Living living = live.find(issuer.org(), token, now).orElseThrow(this::invalid);
        Recipient recipient = new Recipient(issuer, living.client(), now);
        Presence here = living.user().orElseThrow(this::invalid);
        Subject user =
                presences.inApp(
                        recipient, here, here.subject(now, List.of()), Set.of(ClaimType.IDENTITY));
        List<String> scopes =
                token.claims().path("scp").valueStream().map(JsonNode::asString).toList();
        if (!scopes.contains(OPENID)) {
            throw errors.of("access_token_insufficient_scopes");
        }
        ObjectNode told = Json.object().put("sub", user.id());
        mint.about(told, recipient, user, scopes, false);
        return told;
    }

    private static Optional<String> thumbprint(Read token) {
        return Optional.ofNullable(token.claims().at("/cnf/jkt").stringValue(null));
    }

    private OAuthException invalid() {
        return errors.of("access_token_invalid");
    }
}
