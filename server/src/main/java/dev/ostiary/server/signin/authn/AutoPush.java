package dev.ostiary.server.signin.authn;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.server.signin.factors.Enrolment;
import dev.ostiary.server.signin.factors.FactorKind;
import dev.ostiary.server.signin.flow.Outcome;
import dev.ostiary.server.signin.flow.Showing;
import dev.ostiary.server.signin.flow.State;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether somebody wants a device to be asked without a word ("Okta Verify Push details pertaining
 * to auto-push"). The server keeps it in a cookie and does nothing by itself: the page that signs
 * in asks the device, or does not. The cookie names the factor, so that it says nothing of others
 * who use the browser.
 */
final class AutoPush {

    private static final String PARAMETER = "autoPush";
    private static final String NAME = "autoPush=";
    private static final Duration KEPT = Duration.ofDays(365);

    private AutoPush() {}

    /** What is wanted of each device that a state shows. */
    static Map<String, Boolean> of(Request request, Showing showing) {
        List<Enrolment> shown =
                switch (showing) {
                    case Showing.Choices choices -> choices.factors();
                    case Showing.Challenge asked -> List.of(asked.factor());
                    case Showing.AnyKey none -> List.of();
                    case Showing.Nothing none -> List.of();
                    case Showing.Offers none -> List.of();
                    case Showing.Activation none -> List.of();
                };
        Map<String, Boolean> wanted = new LinkedHashMap<>();
        shown.stream()
                .filter(each -> each.kind() == FactorKind.PUSH)
                .forEach(each -> wanted.put(each.id(), isWanted(request, each.id())));
        return wanted;
    }

    private static boolean isWanted(Request request, String factorId) {
        for (String pair : request.header("Cookie").orElse("").split(";", 100)) {
            if (pair.strip().equals(NAME + factorId)) {
                return true;
            }
        }
        return false;
    }

    /** The answer to a verification, which keeps what was said with one that succeeded. */
    static Reply kept(Request request, String factorId, Outcome outcome, Reply reply) {
        Optional<String> said = request.query().first(PARAMETER);
        if (said.isEmpty() || !isProven(outcome) || !FactorKind.PUSH.names(factorId)) {
            return reply;
        }
        boolean wanted = request.query().flag(PARAMETER, false);
        if (!wanted && !isWanted(request, factorId)) {
            return reply;
        }
        return reply.with(
                "Set-Cookie",
                NAME
                        + (wanted ? factorId : "")
                        + "; Path=/; Secure; HttpOnly; SameSite=None; Max-Age="
                        + (wanted ? KEPT.toSeconds() : 0));
    }

    private static boolean isProven(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Success success -> true;
            case Outcome.Unlocked unlocked -> true;
            case Outcome.Waiting waiting ->
                    !(waiting.transaction().state() instanceof State.MfaChallenge);
            case Outcome.LockedOut none -> false;
            case Outcome.Denied none -> false;
            case Outcome.Cancelled none -> false;
        };
    }
}
