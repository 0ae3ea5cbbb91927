package dev.ostiary.server.signin.authn;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.server.signin.flow.Redemptions;
import dev.ostiary.server.signin.flow.Redemptions.Entered;
import java.util.List;

/**
 * Where the link {@code next} of a step-up authentication leads that is done: the browser gets the
 * session's cookie, and goes on to the app. Where it goes was kept when the sign-in began, and no
 * part of the request says it. Thread-safe.
 *
 * @param redemptions spends state tokens
 */
public record StepUpRedirect(Redemptions redemptions) implements Family {

    private static final String PATH = "/login/step-up/redirect";

    private static final String STATE_TOKEN = "stateToken";

    /** The address for a state token, of which nothing has to be escaped. */
    static String url(Request request, String stateToken) {
        return request.url(PATH) + "?" + STATE_TOKEN + "=" + stateToken;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(Binding.of("getStepUpRedirect", this::redirect).answersPage());
    }

    private Reply redirect(Request request) {
        Entered entered = redemptions.enter(request, request.query().text(STATE_TOKEN).orElse(""));
        return Reply.empty(302)
                .with("Location", entered.way())
                .with("Set-Cookie", entered.cookie())
                .with("Referrer-Policy", "no-referrer");
    }
}
