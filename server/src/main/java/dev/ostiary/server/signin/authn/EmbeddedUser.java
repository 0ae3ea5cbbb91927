package dev.ostiary.server.signin.authn;

import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.server.directory.users.User;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/** Who signs in, as a state shows it ("User object"). */
final class EmbeddedUser {

    private static final Schema PROFILE =
            Schema.object()
                    .always("login", Schema.TEXT)
                    .maybe("firstName", Schema.TEXT)
                    .maybe("lastName", Schema.TEXT)
                    .maybe("locale", Schema.TEXT)
                    .maybe("timeZone", Schema.TEXT);

    static final Schema SCHEMA =
            Schema.object()
                    .always("id", Schema.TEXT)
                    .maybe("passwordChanged", Schema.MOMENT)
                    .always("profile", PROFILE)
                    .maybe("recovery_question", Schema.object().always("question", Schema.TEXT));

    private EmbeddedUser() {}

    /**
     * Writes it.
     *
     * @param withQuestion whether the recovery question is to be answered
     */
    static void write(JsonGenerator out, User user, boolean withQuestion) {
        ObjectNode profile = user.profile().document();
        out.writeObjectPropertyStart("user");
        out.writeStringProperty("id", user.id());
        Instant changed = user.passwordChanged();
        if (changed != null) {
            out.writeStringProperty("passwordChanged", Dates.text(changed));
        }
        out.writeObjectPropertyStart("profile");
        out.writeStringProperty("login", user.login());
        for (String name : List.of("firstName", "lastName", "locale")) {
            TransactionJson.text(
                    out,
                    name,
                    Optional.ofNullable(profile.get(name)).map(node -> node.asString("")));
        }
        TransactionJson.text(
                out,
                "timeZone",
                Optional.ofNullable(profile.get("timezone")).map(node -> node.asString("")));
        out.writeEndObject();
        String question = user.recoveryQuestion();
        if (withQuestion && question != null) {
            out.writeObjectPropertyStart("recovery_question");
            out.writeStringProperty("question", question);
            out.writeEndObject();
        }
        out.writeEndObject();
    }
}
