package dev.ostiary.platform.json;

import dev.ostiary.platform.problem.ApiException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one reader and the one writer of JSON. Every input is bounded: bytes, depth, lengths of
 * strings, names and numbers (P6, DESIGN "Limits"). Thread-safe.
 */
public final class Json {

    /** The deepest nesting that is read. */
    public static final int MAX_DEPTH = 64;

    /** The largest JSON body in bytes. */
    public static final int MAX_BYTES = 1 << 20;

    /**
     * The database writes a number without its exponent: so what {@link Contents} lets in is read
     * again at this length.
     */
    private static final int MAX_NUMBER_LENGTH = 1100;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxStringLength(MAX_BYTES)
                                    .maxNameLength(1024)
                                    .maxNumberLength(MAX_NUMBER_LENGTH)
                                    .build())
                    .build();

    private static final JsonMapper TREES =
            JsonMapper.builder(FACTORY)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private static final ObjectWriter ESCAPED = TREES.writer().with(new MarkupEscapes());

    private Json() {}

    /**
     * Reads one JSON value from UTF-8.
     *
     * @throws ApiException {@code E0000003} for anything that is not exactly one well-formed value
     *     within the bounds, an empty text included
     */
    public static JsonNode parse(byte[] utf8) {
        try {
            JsonNode node = TREES.readTree(text(utf8));
            if (node == null || node.isMissingNode()) {
                throw ApiException.of("E0000003");
            }
            Contents.ANY.check(node);
            return node;
        } catch (JacksonException | CharacterCodingException e) {
            throw ApiException.of("E0000003");
        }
    }

    /**
     * As {@link #parse(byte[])}, and no character may take more than three bytes (P8, {@code
     * strict}).
     *
     * @throws ApiException {@code E0000001} naming every place that holds one
     */
    public static JsonNode parseStrictly(byte[] utf8) {
        JsonNode node = parse(utf8);
        Contents.SHORT.check(node);
        return node;
    }

    /**
     * The text that the bytes are in UTF-8, and in nothing else: Jackson would guess other
     * encodings from the first bytes, and let halves of surrogate pairs pass.
     */
    private static String text(byte[] utf8) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    }

    /** As {@link #parse(byte[])}, for text that the program itself wrote. */
    public static JsonNode parse(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link #parse(String)}, for an object. */
    public static ObjectNode object(String text) {
        return parse(text).asObject();
    }

    /** A new, empty object tree. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** The UTF-8 text of whatever is written. */
    public static byte[] bytes(Consumer<JsonGenerator> writing) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator generator = TREES.createGenerator(out)) {
            writing.accept(generator);
        }
        return out.toByteArray();
    }

    /** As {@link #bytes}, with {@code <}, {@code >} and {@code &} written as escapes (P18). */
    public static byte[] escapedBytes(Consumer<JsonGenerator> writing) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator generator = ESCAPED.createGenerator(out)) {
            writing.accept(generator);
        }
        return out.toByteArray();
    }

    /** The text of a tree. */
    public static String text(JsonNode tree) {
        return TREES.writeValueAsString(tree);
    }

    /** Writes text that is known to be one JSON value, without reading it again. */
    public static void raw(JsonGenerator out, String json) {
        out.writeRawValue(json);
    }
}
