package dev.ostiary.server.signin.authn;

import dev.ostiary.platform.json.Schema;
import dev.ostiary.server.directory.users.password.PasswordPolicy;
import dev.ostiary.server.signin.flow.Rules;
import dev.ostiary.server.signin.flow.State;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** What of the policies a state shows, where it has to be known to go on. */
final class EmbeddedPolicy {

    static final Schema SCHEMA =
            Schema.object()
                    .maybe("expiration", Schema.object().always("passwordExpireDays", Schema.LONG))
                    .maybe("complexity", Schema.DOCUMENT)
                    .maybe("age", Schema.DOCUMENT)
                    .maybe("recoveryQuestion", Schema.DOCUMENT)
                    .maybe("allowRememberDevice", Schema.BOOLEAN)
                    .maybe("rememberDeviceLifetimeInMinutes", Schema.INTEGER)
                    .maybe("rememberDeviceByDefault", Schema.BOOLEAN)
                    .maybe(
                            "factorsPolicyInfo",
                            Schema.map(Schema.object().always("autoPushEnabled", Schema.BOOLEAN)));

    private EmbeddedPolicy() {}

    /** "Password policy object": published where a password is to be chosen. */
    static void write(
            JsonGenerator out,
            State state,
            Rules rules,
            Map<String, Boolean> autoPush,
            long daysLeft,
            boolean asks) {
        PasswordPolicy policy = rules.password();
        switch (state) {
            case State.PasswordWarn warn -> policy(out, policy, Optional.of(daysLeft), false);
            case State.PasswordExpired expired -> policy(out, policy, Optional.empty(), false);
            case State.PasswordReset reset -> policy(out, policy, Optional.of(daysLeft), asks);
            case State.Recovery none -> {}
            case State.MfaRequired required -> remember(out, rules, autoPush);
            case State.MfaChallenge challenge -> remember(out, rules, autoPush);
            case State.MfaEnroll none -> {}
            case State.MfaEnrollActivate none -> {}
            case State.Success none -> {}
        }
    }

    /** "Remember device policy object". */
    private static void remember(JsonGenerator out, Rules rules, Map<String, Boolean> autoPush) {
        boolean before = rules.remembered() != Rules.Remembered.NOT;
        out.writeObjectPropertyStart("policy");
        out.writeBooleanProperty("allowRememberDevice", rules.mayRemember());
        out.writeNumberProperty(
                "rememberDeviceLifetimeInMinutes", rules.rememberedFor().toMinutes());
        out.writeBooleanProperty("rememberDeviceByDefault", rules.remembersByDefault() || before);
        out.writeObjectPropertyStart("factorsPolicyInfo");
        autoPush.forEach(
                (factor, wanted) -> {
                    out.writeObjectPropertyStart(factor);
                    out.writeBooleanProperty("autoPushEnabled", wanted);
                    out.writeEndObject();
                });
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void policy(
            JsonGenerator out, PasswordPolicy policy, Optional<Long> days, boolean asks) {
        out.writeObjectPropertyStart("policy");
        if (days.isPresent()) {
            out.writeObjectPropertyStart("expiration");
            out.writeNumberProperty("passwordExpireDays", days.get());
            out.writeEndObject();
        }
        PasswordPolicy.Complexity complexity = policy.complexity();
        out.writeObjectPropertyStart("complexity");
        out.writeNumberProperty("minLength", complexity.minLength());
        out.writeNumberProperty("minLowerCase", complexity.minLowerCase());
        out.writeNumberProperty("minUpperCase", complexity.minUpperCase());
        out.writeNumberProperty("minNumber", complexity.minNumber());
        out.writeNumberProperty("minSymbol", complexity.minSymbol());
        out.writeBooleanProperty("excludeUsername", complexity.excludeUsername());
        out.writeEndObject();
        out.writeObjectPropertyStart("age");
        out.writeNumberProperty("minAgeMinutes", policy.minAgeMinutes());
        out.writeNumberProperty("historyCount", policy.historyCount());
        out.writeEndObject();
        if (asks) {
            out.writeObjectPropertyStart("recoveryQuestion");
            out.writeNumberProperty("minLength", policy.recoveryAnswerMinLength());
            out.writeEndObject();
        }
        out.writeEndObject();
    }
}
