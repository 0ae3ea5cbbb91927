package dev.ostiary.server.delivery;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.json.Way;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A mail in the outbox, as {@code /ostiary/v1/outbox} shows it: secrets included, so for super
 * administrators only.
 *
 * @param id public id
 * @param channel by which way it leaves
 * @param created when it was put in
 * @param to mail address, or phone number
 * @param template wire name of the template
 * @param subject one line; empty for phones
 * @param text plain form
 * @param html HTML form; not shown
 * @param variables what filled the template, links and tokens among them
 * @param status where it stands
 * @param attempts how often sending was tried
 * @param lastError why the last attempt failed
 */
record OutboxMail(
        String id,
        Channel channel,
        Instant created,
        String to,
        String template,
        String subject,
        String text,
        String html,
        Map<String, String> variables,
        Status status,
        int attempts,
        @Nullable String lastError) {

    /** Where a mail stands. */
    enum Status {
        /** Waits to be sent, maybe again. */
        QUEUED,
        /** The next hop has taken it. */
        SENT,
        /** Never will be. */
        FAILED
    }

    static final Shape<OutboxMail> SHAPE = shape();

    static final Schema SCHEMA = SHAPE.schema(Way.OUT).named("OutboxMail");

    private static Shape<OutboxMail> shape() {
        Shape.Builder<OutboxMail> shape = Shape.of("outboxMail");
        shape.field("id", Type.TEXT, OutboxMail::id).readOnly().always();
        shape.field("channel", Type.TEXT, mail -> mail.channel().name()).readOnly().always();
        shape.field("created", Type.INSTANT, OutboxMail::created).readOnly().always();
        shape.field("to", Type.TEXT, OutboxMail::to).readOnly().always();
        shape.field("template", Type.TEXT, OutboxMail::template).readOnly().always();
        shape.field("subject", Type.TEXT, OutboxMail::subject).readOnly().always();
        shape.field("text", Type.TEXT, OutboxMail::text).readOnly().always();
        shape.field("variables", Type.DOCUMENT, OutboxMail::document).readOnly().always();
        shape.field("status", Type.TEXT, mail -> mail.status().name()).readOnly().always();
        shape.field("attempts", Type.INTEGER, OutboxMail::attempts).readOnly().always();
        shape.field("lastError", Type.TEXT, OutboxMail::lastError).readOnly().orNull();
        return shape.build(
                values -> {
                    throw new UnsupportedOperationException("the outbox is read only");
                });
    }

    private ObjectNode document() {
        ObjectNode document = Json.object();
        variables.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(variable -> document.put(variable.getKey(), variable.getValue()));
        return document;
    }

    /** Says nothing of the content. */
    @Override
    public String toString() {
        return "OutboxMail[" + id + " " + status + "]";
    }
}
