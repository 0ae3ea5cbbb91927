package dev.ostiary.server.openapi;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.resource.Family;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** The family whose one operation shows the {@link OpenApi} document to anyone who asks. */
public final class ApiDescription implements Family {

    private final Supplier<OpenApi> document;

    /**
     * @param document is asked when the first request comes, after everything is bound
     */
    public ApiDescription(Supplier<OpenApi> document) {
        this.document = document;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of(
                                "getOstiaryOpenApi",
                                request ->
                                        Reply.text(
                                                200,
                                                Reply.JSON,
                                                Json.text(document.get().tree())
                                                        .getBytes(StandardCharsets.UTF_8)))
                        .answers(Schema.DOCUMENT));
    }
}
