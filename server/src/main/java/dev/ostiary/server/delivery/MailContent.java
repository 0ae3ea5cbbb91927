package dev.ostiary.server.delivery;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.secret.Purpose;
import dev.ostiary.platform.secret.Sealed;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What must not be read from a copy of the database: words and variables of a mail, encrypted under
 * the master key and bound to org and row.
 *
 * @param words what the reader sees
 * @param variables what filled the template
 */
record MailContent(MailText words, Map<String, String> variables) {

    private static final String FIELD = "outbox_mail.content";

    byte[] sealed(Sealed sealed, long org, String id) {
        ObjectNode json = Json.object();
        json.put("subject", words.subject());
        json.put("text", words.text());
        json.put("html", words.html());
        ObjectNode filled = json.putObject("variables");
        variables.forEach(filled::put);
        byte[] bytes = Json.bytes(out -> Json.raw(out, Json.text(json)));
        return sealed.seal(new Purpose(org, FIELD, id), bytes);
    }

    static MailContent opened(Sealed sealed, long org, String id, byte[] content) {
        JsonNode json = Json.parse(sealed.open(new Purpose(org, FIELD, id), content));
        Map<String, String> variables = new LinkedHashMap<>();
        json.get("variables")
                .properties()
                .forEach(entry -> variables.put(entry.getKey(), entry.getValue().stringValue()));
        return new MailContent(
                new MailText(
                        json.get("subject").stringValue(),
                        json.get("text").stringValue(),
                        json.get("html").stringValue()),
                variables);
    }
}
