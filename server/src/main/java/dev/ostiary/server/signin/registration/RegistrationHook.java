package dev.ostiary.server.signin.registration;

import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.server.hooks.inline.InlineAnswer;
import dev.ostiary.server.hooks.inline.InlineCalls;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks the org's own service about somebody who registers (guide "Registration inline hook";
 * schemas {@code RegistrationInlineHookSSRData}, {@code RegistrationResponse}). An error in the
 * answer refuses whatever its commands are; so does no answer, since nobody comes past a service by
 * its being down. Thread-safe.
 */
public final class RegistrationHook {

    private static final int EVENT_ID = 22;
    private static final int MOST_CAUSES = 10;
    private static final int LONGEST = 500;
    private static final String PROFILE = "data.userProfile.";

    private final InlineCalls hooks;
    private final OrgClock clock;
    private final Tokens tokens;

    public RegistrationHook(InlineCalls hooks, OrgClock clock, Tokens tokens) {
        this.hooks = hooks;
        this.clock = clock;
        this.tokens = tokens;
    }

    Judgment ask(Request request, String hookId, ObjectNode profile) {
        return switch (hooks.ask(request.org(), hookId, question(request, hookId, profile))) {
            case InlineAnswer.Said(ObjectNode body) -> read(body, profile);
            case InlineAnswer.Refused none -> new Judgment.Refused(List.of());
            case InlineAnswer.Silent none -> new Judgment.Refused(List.of());
            case InlineAnswer.Garbled none -> new Judgment.Refused(List.of());
            case InlineAnswer.NoHook none -> new Judgment.Refused(List.of());
            case InlineAnswer.Inactive none -> new Judgment.Refused(List.of());
        };
    }

    private ObjectNode question(Request request, String hookId, ObjectNode profile) {
        ObjectNode question = Json.object();
        question.put("eventId", tokens.urlSafe(EVENT_ID));
        question.put("eventTime", Dates.text(clock.now(request.org())));
        question.put("eventType", "com.okta.user.pre-registration");
        question.put("eventTypeVersion", "1.0");
        question.put("contentType", "application/json");
        question.put("cloudEventVersion", "0.1");
        question.put("source", hookId);
        question.put("requestType", "self.service.registration");
        ObjectNode data = question.putObject("data");
        ObjectNode from = data.putObject("context").putObject("request");
        from.put("id", request.id());
        from.put("method", "POST");
        from.putObject("url").put("value", request.localPath());
        from.put("ipAddress", RequestContext.current().client().ipAddress());
        data.set("userProfile", profile);
        data.put("action", "ALLOW");
        return question;
    }

    private static Judgment read(ObjectNode answer, ObjectNode profile) {
        JsonNode error = answer.path("error");
        if (error.isObject()) {
            return new Judgment.Refused(causes(error));
        }
        ObjectNode changed = profile.deepCopy();
        for (JsonNode command : answer.path("commands")) {
            JsonNode value = command.path("value");
            switch (command.path("type").asString("")) {
                case "com.okta.action.update" -> {
                    if (value.path("registration").asString("").equals("DENY")) {
                        return new Judgment.Refused(List.of());
                    }
                }
                case "com.okta.user.profile.update" ->
                        value.properties()
                                .forEach(each -> changed.set(each.getKey(), each.getValue()));
                default -> {
                    // a command for something else
                }
            }
        }
        return new Judgment.Admitted(changed);
    }

    private static List<Judgment.Cause> causes(JsonNode error) {
        List<Judgment.Cause> causes = new ArrayList<>();
        for (JsonNode cause : error.path("errorCauses")) {
            String words = words(cause);
            if (!words.isEmpty() && causes.size() < MOST_CAUSES) {
                String location = cause.path("location").asString("");
                causes.add(
                        new Judgment.Cause(
                                location.startsWith(PROFILE)
                                        ? location.substring(PROFILE.length())
                                        : "",
                                words));
            }
        }
        return causes;
    }

    private static String words(JsonNode cause) {
        String words = cause.path("errorSummary").asString("").strip();
        return words.length() <= LONGEST ? words : words.substring(0, LONGEST);
    }
}
