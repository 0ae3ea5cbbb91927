package dev.ostiary.server.oauth.authorize;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Query;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.grants.Endpoints;
import dev.ostiary.server.oauth.grants.TokenFamilies;
import dev.ostiary.server.oauth.issued.DeviceSecret;
import dev.ostiary.server.oauth.issued.DeviceSecretStore;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.tokens.Issuer;
import dev.ostiary.server.oauth.tokens.TokenReader;
import dev.ostiary.server.oauth.tokens.TokenReader.Read;
import dev.ostiary.server.signin.pages.Partings;
import dev.ostiary.server.signin.pages.Partings.Told;
import dev.ostiary.server.signin.pages.ShownPages;
import dev.ostiary.server.signin.pages.view.Notice;
import dev.ostiary.server.signin.pages.view.TellingAppsScreen.Next;
import dev.ostiary.server.signin.sessions.BrowserSessions;
import dev.ostiary.server.signin.sessions.BrowserSessions.Current;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The way out (OpenID Connect API, {@code /logout}; OpenID Connect RP-Initiated Logout 1.0): a
 * client sends the browser with an ID token, which says whose session it means, expired or not.
 * Anything that is wrong is told to the person, and nobody is redirected. Thread-safe.
 */
public final class Logout implements Family {

    private static final String ID_TOKEN = "ID.";

    private static final Schema FORM =
            Schema.object()
                    .always("id_token_hint", Schema.TEXT)
                    .maybe("post_logout_redirect_uri", Schema.TEXT)
                    .maybe("state", Schema.TEXT)
                    .maybe("device_secret", Schema.TEXT);

    private final Database database;
    private final Endpoints endpoints;
    private final ClientRegistry registry;
    private final TokenReader reader;
    private final BrowserSessions sessions;
    private final DeviceSecretStore deviceSecrets = new DeviceSecretStore();
    private final Partings partings;
    private final ShownPages pages;
    private final Responses responses;
    private final InstantSource time;
    private final OAuthErrors errors;

    /** The way out of these sessions, for these clients. */
    public Logout(
            Database database,
            ClientRegistry registry,
            TokenFamilies tokens,
            TokenReader reader,
            BrowserSessions sessions,
            ShownPages pages,
            Partings partings,
            InstantSource time) {
        this.database = database;
        this.endpoints = tokens.endpoints();
        this.registry = registry;
        this.reader = reader;
        this.sessions = sessions;
        this.partings = partings;
        this.pages = pages;
        this.responses = new Responses(pages);
        this.time = time;
        this.errors = tokens.errors();
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("logout", request -> leave(request, endpoints.ofOrg(request)))
                        .answersPage(),
                Binding.of("logoutWithPost", request -> leave(request, endpoints.ofOrg(request)))
                        .takesForm()
                        .takes(FORM)
                        .answersPage(),
                Binding.of("logoutCustomAS", request -> leave(request, endpoints.custom(request)))
                        .answersPage(),
                Binding.of(
                                "logoutCustomASWithPost",
                                request -> leave(request, endpoints.custom(request)))
                        .takesForm()
                        .takes(FORM)
                        .answersPage());
    }

    private Reply leave(Request request, Issuer issuer) {
        Parameters said =
                request.hasBody()
                        ? Parameters.of(
                                Query.parse(new String(request.body(), StandardCharsets.UTF_8)))
                        : Parameters.of(request.query());
        try {
            if (said.isAmbiguous()) {
                throw errors.of("duplicate_oauth_params");
            }
            Read token = token(issuer, said);
            String location = location(issuer, said, token);
            endDevice(request, issuer, said, token);
            Optional<Ended> ended = end(request, token);
            List<Notice> others = ended.map(Ended::others).orElse(List.of());
            Reply away =
                    others.isEmpty()
                            ? Responses.redirect(location)
                            : pages.leave(request, others, new Next.Going(location));
            return ended.map(each -> away.with("Set-Cookie", each.cookie())).orElse(away);
        } catch (OAuthException refused) {
            return responses.told(request, refused);
        }
    }

    private Read token(Issuer issuer, Parameters said) {
        return said.text("id_token_hint")
                .flatMap(text -> reader.read(issuer, text, time.instant()))
                .filter(token -> token.jti().startsWith(ID_TOKEN))
                .orElseThrow(() -> errors.of("id_token_invalid"));
    }

    /** Where the client that the token was for may have its browsers sent. */
    private String location(Issuer issuer, Parameters said, Read token) {
        Optional<String> wanted = said.text("post_logout_redirect_uri");
        if (wanted.isEmpty()) {
            return ShownPages.signedOut();
        }
        String uri =
                wanted.filter(each -> isRegistered(issuer, token, each))
                        .orElseThrow(() -> errors.of("illegal_post_logout_redirect_uri"));
        return said.text("state")
                .map(
                        state ->
                                uri
                                        + (uri.indexOf('?') < 0 ? "?" : "&")
                                        + "state="
                                        + URLEncoder.encode(state, StandardCharsets.UTF_8))
                .orElse(uri);
    }

    private boolean isRegistered(Issuer issuer, Read token, String uri) {
        return database.read(
                        issuer.org().number(),
                        rows -> token.text("aud").flatMap(id -> registry.find(rows, id)))
                .filter(client -> client.postLogoutRedirectUris().contains(uri))
                .isPresent();
    }

    /** The secret of the user's device, if it is brought (guide "Configure Native SSO"). */
    private void endDevice(Request request, Issuer issuer, Parameters said, Read token) {
        said.text("device_secret")
                .ifPresent(
                        text ->
                                database.write(
                                        request.org().number(),
                                        tx ->
                                                deviceSecrets
                                                        .find(tx, text, time.instant())
                                                        .filter(each -> isOf(each, issuer, token))
                                                        .filter(
                                                                each ->
                                                                        deviceSecrets.end(
                                                                                tx, each.sid()))));
    }

    private static boolean isOf(DeviceSecret secret, Issuer issuer, Read token) {
        return secret.authorization().server().equals(issuer.id())
                && token.text("sub").filter(secret.authorization().userId()::equals).isPresent();
    }

    /**
     * A session that has ended.
     *
     * @param cookie takes the browser's back
     * @param others how other apps are told
     */
    private record Ended(String cookie, List<Notice> others) {}

    /** Ends the session, if there is one; nobody's is ended by another one's token. */
    private Optional<Ended> end(Request request, Read token) {
        Optional<Current> current =
                database.read(request.org().number(), rows -> sessions.of(rows, request));
        if (current.isEmpty()) {
            return Optional.empty();
        }
        if (token.text("sub").filter(current.get().userId()::equals).isEmpty()) {
            throw errors.of("id_token_does_not_match_session");
        }
        String session = current.get().sessionId();
        Told others = partings.of(request, session, token.text("aud").orElse(""));
        return Optional.of(
                database.write(
                        request.org().number(),
                        tx ->
                                new Ended(
                                        sessions.end(
                                                tx,
                                                request.org(),
                                                session,
                                                others.openId().size(),
                                                others.saml().size()),
                                        others.all())));
    }
}
