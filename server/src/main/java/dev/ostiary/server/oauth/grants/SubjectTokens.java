package dev.ostiary.server.oauth.grants;

import com.nimbusds.jwt.SignedJWT;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.tokens.Issuer;
import dev.ostiary.server.oauth.tokens.TokenReader;
import dev.ostiary.server.oauth.tokens.TokenReader.Read;
import java.text.ParseException;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Access tokens of users that are shown in place of the user: signed by the server that is asked,
 * or by one that it trusts (guide "Set up OAuth 2.0 On-Behalf-Of Token Exchange", "Trusted
 * servers"). Thread-safe.
 */
final class SubjectTokens {

    private static final int LONGEST = 65_536;

    private final Endpoints endpoints;
    private final TokenReader tokens;
    private final LiveTokens live;
    private final OAuthErrors errors;

    SubjectTokens(Endpoints endpoints, TokenReader tokens, LiveTokens live, OAuthErrors errors) {
        this.endpoints = endpoints;
        this.tokens = tokens;
        this.live = live;
        this.errors = errors;
    }

    /**
     * A token of a user that is good.
     *
     * @param server that is asked
     * @throws OAuthException {@code invalid_request} or {@code invalid_grant} where it is not
     */
    Read read(TokenRequest request, Issuer.Custom server, String text) {
        Issuer issuer = issuer(request, server, text);
        Read token =
                tokens.read(issuer, text, request.now())
                        .filter(Read::isAccessToken)
                        .filter(read -> read.text("uid").isPresent())
                        .orElseThrow(this::invalid);
        if (!live.isAlive(request.org(), token, request.now())) {
            throw errors.of("token_exchange_subject_token_expired");
        }
        return token;
    }

    /** Whoever it says has signed it; whether that is so is seen by the key. */
    private Issuer issuer(TokenRequest request, Issuer.Custom server, String text) {
        String name = name(text);
        return Stream.concat(
                        Stream.of(server),
                        server.server().trusted().stream()
                                .flatMap(id -> endpoints.find(request.request(), id).stream()))
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> errors.of("associated_server_not_trusted"));
    }

    private String name(String text) {
        if (text.length() > LONGEST) {
            throw invalid();
        }
        try {
            return Objects.requireNonNullElse(
                    SignedJWT.parse(text).getJWTClaimsSet().getIssuer(), "");
        } catch (ParseException e) {
            throw invalid();
        }
    }

    private OAuthException invalid() {
        return errors.of("invalid_subject_token");
    }
}
