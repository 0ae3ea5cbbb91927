package dev.ostiary.server.delivery;

import dev.ostiary.platform.context.Language;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.secret.Purpose;
import dev.ostiary.platform.secret.Sealed;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What must not be read from a copy of the database: what fills a mail's places, encrypted under
 * the master key and bound to org and row. Its words are made of it when somebody looks.
 *
 * @param language in which it is written
 * @param variables what fills the template
 * @param words those of a mail that was kept with them, as mails once were
 */
record MailContent(Language language, Map<String, String> variables, Optional<MailText> words) {

    private static final String FIELD = "outbox_mail.content";

    byte[] sealed(Sealed sealed, long org, String id) {
        ObjectNode json = Json.object();
        json.put("language", language.tag());
        ObjectNode filled = json.putObject("variables");
        variables.forEach(filled::put);
        return sealed.seal(
                new Purpose(org, FIELD, id), Json.text(json).getBytes(StandardCharsets.UTF_8));
    }

    static MailContent opened(Sealed sealed, long org, String id, byte[] content) {
        JsonNode json = Json.parse(sealed.open(new Purpose(org, FIELD, id), content));
        Map<String, String> variables = new LinkedHashMap<>();
        json.get("variables")
                .properties()
                .forEach(entry -> variables.put(entry.getKey(), entry.getValue().stringValue()));
        return new MailContent(
                Language.ofTag(json.path("language").asString("")).orElse(Language.ENGLISH),
                variables,
                json.has("text") ? Optional.of(kept(json)) : Optional.empty());
    }

    private static MailText kept(JsonNode json) {
        return new MailText(
                json.get("subject").stringValue(),
                json.get("text").stringValue(),
                json.get("html").stringValue());
    }
}
