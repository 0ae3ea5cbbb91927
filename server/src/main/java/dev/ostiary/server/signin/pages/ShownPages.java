package dev.ostiary.server.signin.pages;

import dev.ostiary.platform.http.Header;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.http.Urls;
import dev.ostiary.server.signin.pages.form.Form;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.view.AppFace;
import dev.ostiary.server.signin.pages.view.ConsentScreen;
import dev.ostiary.server.signin.pages.view.MessageScreen;
import dev.ostiary.server.signin.pages.view.Notice;
import dev.ostiary.server.signin.pages.view.Paths;
import dev.ostiary.server.signin.pages.view.PostingScreen;
import dev.ostiary.server.signin.pages.view.Screen;
import dev.ostiary.server.signin.pages.view.SignInScreen;
import dev.ostiary.server.signin.pages.view.TellingAppsScreen;
import dev.ostiary.server.signin.pages.view.TellingAppsScreen.Next;
import dev.ostiary.server.signin.pages.view.TellingScreen;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Pages that neighbours show to people whom other sites have sent here. Thread-safe. */
public final class ShownPages {

    private final Function<Request, Visit> visits;
    private final AppFaces apps;

    ShownPages(Function<Request, Visit> visits, AppFaces apps) {
        this.visits = visits;
        this.apps = apps;
    }

    /** How an app shows itself. */
    public AppFace face(Request request, String appId, String label) {
        return apps.of(request, appId).orElseGet(() -> AppFace.named(label));
    }

    /** Whether whoever asks is a person in front of a browser (RFC 9110, section 12.5.1). */
    public static boolean areWanted(Request request) {
        return request.header("Accept")
                .map(accept -> accept.strip().toLowerCase(Locale.ROOT).startsWith("text/html"))
                .orElse(false);
    }

    /**
     * The way to the page of the sign-in.
     *
     * @param fromUri where to go afterwards: a path of the own host
     * @param loginHint the name to begin with
     */
    public static String toSignIn(String fromUri, Optional<String> loginHint) {
        return Paths.SIGN_IN
                + "?"
                + SignInScreen.FROM_URI
                + "="
                + encoded(fromUri)
                + loginHint
                        .map(name -> "&" + SignInPages.LOGIN_HINT + "=" + encoded(name))
                        .orElse("");
    }

    /** The way to the page that says that all is over. */
    public static String signedOut() {
        return SignInPages.signedOut();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * Says that a site has sent somebody here who cannot be helped.
     *
     * @param why for whoever builds the site
     */
    public Reply refusal(Request request, int status, String why) {
        return visits.apply(request)
                .page(
                        status,
                        MessageScreen.bad(Phrase.APP_MISTAKEN, Phrase.APP_MISTAKEN_TEXT)
                                .quoting(why)
                                .withoutWays());
    }

    /** A page that a neighbour has made. */
    public Reply show(Request request, int status, Screen screen) {
        return visits.apply(request).page(status, screen);
    }

    /**
     * Hands something to another site by a form.
     *
     * @param address of the web; judged before
     * @param origin of the address
     */
    public Reply post(Request request, String address, String origin, Map<String, String> fields) {
        return under(
                visits.apply(request).page(200, new PostingScreen(address, host(origin), fields)),
                policy("form-action " + origin, "'none'"),
                new Header("Referrer-Policy", "no-referrer"));
    }

    /**
     * Tells apps in frames that a session has ended, and goes on (OpenID Connect Front-Channel
     * Logout 1.0, 3).
     *
     * @param told addresses of the web; judged before
     * @param next where to go afterwards; judged before
     */
    public Reply leave(Request request, List<Notice> told, Next next) {
        return telling(visits.apply(request), told, next);
    }

    /** A service in a frame may answer to this host, so the own origin is among those allowed. */
    static Reply telling(Visit visit, List<Notice> told, Next next) {
        String frames = origins(told.stream().map(Notice::address));
        String forms =
                origins(
                        Stream.concat(
                                told.stream().filter(Notice::isPosted).map(Notice::address),
                                posting(next).stream()));
        Reply page =
                under(
                        visit.page(200, new TellingAppsScreen(told, next)),
                        new Header(
                                "Content-Security-Policy",
                                PageReply.LOADS
                                        + "; frame-src "
                                        + frames
                                        + " 'self'; form-action "
                                        + (forms.isEmpty() ? "'none'" : forms + " 'self'")
                                        + "; base-uri 'none'; frame-ancestors 'none'"),
                        new Header("Referrer-Policy", "no-referrer"));
        return switch (next) {
            case Next.Going(String address) ->
                    page.with("Refresh", TellingAppsScreen.SECONDS + ";url=" + address);
            case Next.Posting posting -> page;
        };
    }

    private static Optional<String> posting(Next next) {
        return switch (next) {
            case Next.Going going -> Optional.empty();
            case Next.Posting posting -> Optional.of(posting.address());
        };
    }

    private static String origins(Stream<String> addresses) {
        return addresses
                .flatMap(each -> Urls.origin(each).stream())
                .distinct()
                .collect(Collectors.joining(" "));
    }

    /** Says that all is over: mostly in a frame of the page that told an app so. */
    public Reply over(Request request) {
        return under(
                visits.apply(request)
                        .page(
                                200,
                                MessageScreen.good(Phrase.SIGNED_OUT, Phrase.SIGNED_OUT)
                                        .withoutWays()),
                policy("form-action 'none'", "'self'"));
    }

    /** Tells something to the page of another site that this one is opened by, or is in. */
    public Reply tell(Request request, String origin, String message) {
        return under(
                visits.apply(request).page(200, new TellingScreen(origin, host(origin), message)),
                policy("form-action 'none'", origin));
    }

    /**
     * Asks whether an app may have something.
     *
     * @param client what the answer may lead to, as a source of CSP: an origin or a scheme
     */
    public Reply consent(Request request, ConsentScreen screen, String client) {
        return under(
                visits.apply(request).page(200, screen),
                policy(PageReply.loads(screen), "form-action 'self' " + client, "'none'"));
    }

    /**
     * A form that one of these pages has sent.
     *
     * @throws dev.ostiary.platform.problem.ApiException {@code E0000006} if it was another one
     */
    public Form form(Request request) {
        return visits.apply(request).form();
    }

    /** A page with other lines than pages have. */
    private static Reply under(Reply page, Header... others) {
        List<Header> lines = new ArrayList<>(page.headers());
        for (Header other : others) {
            lines.removeIf(line -> line.name().equals(other.name()));
            lines.add(other);
        }
        return new Reply(page.status(), List.copyOf(lines), page.contentType(), page.body());
    }

    private static Header policy(String forms, String ancestors) {
        return policy(PageReply.LOADS, forms, ancestors);
    }

    private static Header policy(String loads, String forms, String ancestors) {
        return new Header(
                "Content-Security-Policy",
                loads + "; " + forms + "; base-uri 'none'; frame-ancestors " + ancestors);
    }

    private static String host(String origin) {
        return origin.replaceFirst("^https?://", "");
    }
}
