package dev.ostiary.server.systemlog;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tag Schema, as far as it is about log streams: which settings each type of stream has. They
 * are the same in every org. Thread-safe.
 */
public final class LogStreamSchemas implements Family {

    private static final String PATH = "/api/v1/meta/schemas/logStream";

    /** The wire's name of the type, in errors. */
    private static final String TYPE = "LogStreamType";

    private static final Schema SCHEMA =
            Schema.object("LogStreamSchema")
                    .always("$schema", Schema.TEXT)
                    .always("id", Schema.TEXT)
                    .always("title", Schema.TEXT)
                    .always("type", Schema.TEXT)
                    .always("properties", Schema.DOCUMENT)
                    .always("required", Schema.list(Schema.TEXT))
                    .always("errorMessage", Schema.DOCUMENT)
                    .always("_links", Links.SCHEMA);

    /** The types, as the wire has them, each with the schema of its settings. */
    @SuppressWarnings("ImmutableEnumChecker") // nobody changes the trees: they are copied
    private enum Kind {
        AWS(
                "aws_eventbridge",
                "AWS EventBridge",
                """
                {"description": "Settings of AWS EventBridge", "type": "object",
                 "properties": {
                    "accountId": {"title": "AWS Account ID", "description": "Twelve digits",
                        "type": "string", "writeOnce": true, "pattern": "^\\\\d{12}$"},
                    "eventSourceName": {"title": "AWS Event Source Name",
                        "description": "The name of the event source, without blanks",
                        "type": "string", "writeOnce": true,
                        "pattern": "^[\\\\.\\\\-_A-Za-z0-9]{1,75}$"},
                    "region": {"title": "AWS Region", "description": "Where events are sent to",
                        "type": "string", "writeOnce": true, "oneOf": [
                        {"title": "US East (Ohio)", "const": "us-east-2"},
                        {"title": "US East (N. Virginia)", "const": "us-east-1"},
                        {"title": "US West (N. California)", "const": "us-west-1"},
                        {"title": "US West (Oregon)", "const": "us-west-2"},
                        {"title": "Canada (Central)", "const": "ca-central-1"},
                        {"title": "Europe (Frankfurt)", "const": "eu-central-1"},
                        {"title": "Europe (Ireland)", "const": "eu-west-1"},
                        {"title": "Europe (London)", "const": "eu-west-2"},
                        {"title": "Europe (Paris)", "const": "eu-west-3"},
                        {"title": "Europe (Milan)", "const": "eu-south-1"},
                        {"title": "Europe (Stockholm)", "const": "eu-north-1"}]}},
                 "required": ["eventSourceName", "accountId", "region"],
                 "errorMessage": {"properties": {
                    "accountId": "Account number must be 12 digits.",
                    "eventSourceName": "Event source name can have up to 75 letters, digits and any of .-_"}}}"""),
        SPLUNK(
                "splunk_cloud_logstreaming",
                "Splunk Cloud",
                """
                {"description": "Settings of Splunk Cloud", "type": "object",
                 "properties": {
                    "host": {"title": "Host",
                        "description": "The domain of the instance, such as acme.splunkcloud.com",
                        "type": "string", "writeOnce": false,
                        "pattern": "^([a-z0-9]+(-[a-z0-9]+)*){1,100}\\\\.splunkcloud(gc|fed)?\\\\.com$"},
                    "token": {"title": "HEC Token",
                        "description": "The token of the HTTP Event Collector",
                        "type": "string", "writeOnce": false,
                        "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"}},
                 "required": ["host", "token"],
                 "errorMessage": {"properties": {
                    "host": "Host should be a domain without http or https, such as acme.splunkcloud.com"}}}""");

        private final String word;
        private final String title;
        private final ObjectNode settings;

        Kind(String word, String title, String settings) {
            this.word = word;
            this.title = title;
            this.settings = Json.object(settings);
        }

        static Optional<Kind> of(String word) {
            return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
        }

        void write(JsonGenerator out, String baseUrl) {
            String self = baseUrl + PATH + "/" + word;
            out.writeStartObject();
            out.writeStringProperty("$schema", "https://json-schema.org/draft/2020-12/schema");
            out.writeStringProperty("id", self);
            out.writeStringProperty("title", title);
            out.writeStringProperty("type", "object");
            out.writeName("properties");
            ObjectNode properties = Json.object();
            properties.set("settings", settings);
            properties.set("name", Json.object(NAME));
            Json.raw(out, Json.text(properties));
            out.writeArrayPropertyStart("required");
            out.writeString("name");
            out.writeString("settings");
            out.writeEndArray();
            out.writeName("errorMessage");
            Json.raw(out, "{\"properties\":{\"name\":\"Name can't exceed 100 characters.\"}}");
            new Links().hinted("self", self, "GET").write(out);
            out.writeEndObject();
        }
    }

    private static final String NAME =
            """
            {"title": "Name", "description": "What people call the stream", "type": "string",
             "writeOnce": false, "pattern": "^.{1,100}$"}""";

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listLogStreamSchemas", this::list).answersMany(SCHEMA),
                Binding.of("getLogStreamSchema", this::get).answers(SCHEMA));
    }

    private Reply list(Request request) {
        return Reply.list(
                List.of(Kind.values()), (kind, out) -> kind.write(out, request.baseUrl()));
    }

    private Reply get(Request request) {
        String word = request.variable("logStreamType");
        Kind kind = Kind.of(word).orElseThrow(() -> ApiException.notFound(word, TYPE));
        return Reply.ok(out -> kind.write(out, request.baseUrl()));
    }
}
