package dev.ostiary.server;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.resource.Family;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Whether the server lives and can serve, for whoever watches it from where its clients are. */
final class Health implements Family {

    private static final Schema STATUS = Schema.object("Health").always("status", Schema.TEXT);

    private final BooleanSupplier ready;

    Health(BooleanSupplier ready) {
        this.ready = ready;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("getHealthLive", request -> status(200, "live")).answers(STATUS),
                Binding.of(
                                "getHealthReady",
                                request ->
                                        ready.getAsBoolean()
                                                ? status(200, "ready")
                                                : status(503, "not ready"))
                        .answers(STATUS)
                        .alsoAt(503));
    }

    private static Reply status(int status, String word) {
        return Reply.text(
                status,
                Reply.JSON,
                ("{\"status\":\"" + word + "\"}").getBytes(StandardCharsets.UTF_8));
    }
}
