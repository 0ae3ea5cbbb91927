package dev.ostiary.server.hooks.channel;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A header line that is sent with every call. */
public record HookHeader(String key, String value) {

    private static final int LONGEST_KEY = 255;
    private static final int LONGEST_VALUE = 4096;

    /** RFC 9110, 5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** What the connection itself says, and what proves that it is a hook who calls. */
    private static final Set<String> RESERVED =
            Set.of(
                    "accept",
                    "connection",
                    "content-length",
                    "content-type",
                    "expect",
                    "host",
                    "keep-alive",
                    "proxy-connection",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "x-okta-verification-challenge");

    static final Shape<HookHeader> SHAPE = shape();

    private static Shape<HookHeader> shape() {
        Shape.Builder<HookHeader> shape = Shape.of("header");
        Field<HookHeader, String> key =
                shape.field("key", Type.TEXT, HookHeader::key)
                        .required()
                        .must(HookHeader::name, "must be the name of a header that may be set");
        Field<HookHeader, String> value =
                shape.field("value", Type.TEXT, HookHeader::value)
                        .required()
                        .must(HookHeader::content, "must be visible ASCII characters");
        return shape.build(in -> new HookHeader(in.get(key), in.get(value)));
    }

    static boolean name(String text) {
        return text.length() <= LONGEST_KEY
                && TOKEN.matcher(text).matches()
                && !RESERVED.contains(text.toLowerCase(Locale.ROOT));
    }

    static boolean content(String text) {
        return text.length() <= LONGEST_VALUE
                && text.chars().allMatch(c -> c >= ' ' && c < 127 || c == '\t');
    }
}
