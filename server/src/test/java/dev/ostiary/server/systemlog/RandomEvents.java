package dev.ostiary.server.systemlog;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.store.LogEntry;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Events of few values, so that comparisons often hit, with every kind of absence among them. */
final class RandomEvents {

    static final List<String> WORDS =
            List.of(
                    "alpha",
                    "Alpha",
                    "alphabet",
                    "beta-gamma",
                    "Zoë Straße",
                    "100%_\\",
                    "𝄞 clef",
                    "00uKelvin",
                    "user@example.com",
                    "/api/v1/users?limit=2");

    private final Random random;

    RandomEvents(long seed) {
        random = new Random(seed);
    }

    /** What stands in the columns and the body of one event. */
    record Generated(ObjectNode body) implements LogEntry {
        @Override
        public String eventType() {
            return body.get("eventType").stringValue();
        }

        @Override
        public String actorId() {
            return body.get("actor").get("id").stringValue();
        }

        @Override
        public List<@Nullable String> targetIds() {
            return LogGround.targetIds(body);
        }

        @Override
        public String body(UUID uuid, Instant published) {
            return Json.text(body);
        }
    }

    Generated next(int number) {
        ObjectNode body = Json.object();
        body.put("number", "n" + number);
        body.put("eventType", word());
        body.put("severity", random.nextBoolean() ? "INFO" : "WARN");
        value(body, "displayMessage");
        ObjectNode actor = body.putObject("actor");
        actor.put("id", word());
        value(actor, "displayName");
        if (random.nextInt(3) > 0) {
            ObjectNode client = body.putObject("client");
            value(client, "ipAddress");
            value(client, "device");
        } else {
            body.putNull("client");
        }
        ObjectNode authentication = body.putObject("authenticationContext");
        if (random.nextBoolean()) {
            authentication.put("authenticationStep", random.nextInt(3));
        } else {
            authentication.putNull("authenticationStep");
        }
        ObjectNode debugData = body.putObject("debugContext").putObject("debugData");
        value(debugData, "requestUri");
        mixed(debugData);
        ArrayNode targets = body.putArray("target");
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            ObjectNode target = targets.addObject();
            value(target, "id");
            target.put("type", word());
            value(target, "displayName");
        }
        return new Generated(body);
    }

    private void mixed(ObjectNode data) {
        switch (random.nextInt(5)) {
            case 0 -> data.put("mixed", word());
            case 1 -> data.put("mixed", random.nextInt(4));
            case 2 -> data.put("mixed", random.nextBoolean());
            case 3 -> data.putArray("mixed").add(word()).add(random.nextInt(4));
            default -> data.putObject("mixed");
        }
    }

    private void value(ObjectNode object, String name) {
        switch (random.nextInt(6)) {
            case 0 -> object.putNull(name);
            case 1 -> object.put(name, "");
            case 2 -> object.remove(name);
            default -> object.put(name, word());
        }
    }

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }
}
