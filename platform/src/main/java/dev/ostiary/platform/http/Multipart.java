package dev.ostiary.platform.http;

import dev.ostiary.platform.problem.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file of a form (RFC 7578, the framing of RFC 2046, 5.1.1). Only one field is wanted, so the
 * others are passed over; parts, the lines of their heads and the boundary are bounded. What the
 * client says of the file (its name, its media type) is nowhere believed, and so not read.
 */
public final class Multipart {

    /** What a form may take beside its file, in bytes. */
    static final int FRAME = 16 * 1024;

    private static final int MOST_PARTS = 16;
    private static final int LONGEST_HEAD = 8 * 1024;

    /** RFC 2046: up to 70 characters, the last no blank; quoted or not. */
    private static final Pattern BOUNDARY =
            Pattern.compile(
                    ";\\s*boundary=(?:\"([0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-])\""
                            + "|([0-9A-Za-z'+_.-]{1,70}))(?:\\s*(?:;|$))",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern NAME =
            Pattern.compile(
                    "^content-disposition:\\s*form-data\\s*(?:;[^\\r\\n]*)?;\\s*name=(?:\"([^\"\\r\\n]{1,200})\"|([^\";\\s]{1,200}))",
                    Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private static final byte[] HEAD_ENDS = "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private final byte[] body;
    private final byte[] delimiter;

    private Multipart(byte[] body, String boundary) {
        this.body = body;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * The content of a field of the form that a request has sent.
     *
     * @param most bytes that it may have
     * @throws ApiException {@code E0000003} if the body is no form, {@code E0000001} if it lacks
     *     the field, or the field is empty or too large
     */
    public static byte[] file(Request request, String field, int most) {
        return file(request.header("Content-Type").orElse(""), request.body(), field, most);
    }

    static byte[] file(String contentType, byte[] body, String field, int most) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            throw ApiException.of("E0000003");
        }
        String text = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
        byte[] found =
                new Multipart(body, text)
                        .find(field.toLowerCase(Locale.ROOT))
                        .filter(content -> content.length > 0)
                        .orElseThrow(
                                () ->
                                        ApiException.validation(
                                                field, field + ": The field cannot be left blank"));
        if (found.length > most) {
            throw ApiException.validation(
                    field, field + ": The file must be at most " + most + " bytes");
        }
        return found;
    }

    /**
     * Each part begins behind a line with the delimiter; the first line may be the first of all.
     */
    private Optional<byte[]> find(String field) {
        int at = startsAtOnce() ? delimiter.length - 2 : after(indexOf(delimiter, 0));
        for (int parts = 0; parts < MOST_PARTS && !isClosing(at); parts++) {
            int head = lineEnd(at);
            int end = indexOf(delimiter, head - 2);
            int content = indexOf(HEAD_ENDS, head - 2);
            if (end < 0 || content < 0 || content > end || content - head > LONGEST_HEAD) {
                throw ApiException.of("E0000003");
            }
            Matcher name =
                    NAME.matcher(
                            new String(
                                    body,
                                    head,
                                    Math.max(0, content - head),
                                    StandardCharsets.ISO_8859_1));
            if (name.find() && field.equals(lower(name))) {
                int from = content + HEAD_ENDS.length;
                return Optional.of(Arrays.copyOfRange(body, Math.min(from, end), end));
            }
            at = after(end);
        }
        return Optional.empty();
    }

    private static String lower(Matcher name) {
        String text = name.group(1) == null ? name.group(2) : name.group(1);
        return text.toLowerCase(Locale.ROOT);
    }

    private boolean startsAtOnce() {
        int length = delimiter.length - 2;
        return body.length > length
                && Arrays.equals(body, 0, length, delimiter, 2, delimiter.length);
    }

    private int after(int found) {
        if (found < 0) {
            throw ApiException.of("E0000003");
        }
        return found + delimiter.length;
    }

    private boolean isClosing(int at) {
        return at + 1 < body.length && body[at] == '-' && body[at + 1] == '-';
    }

    /** Behind the delimiter may stand blanks, then its line ends. */
    private int lineEnd(int from) {
        int at = from;
        while (at < body.length && (body[at] == ' ' || body[at] == '\t')) {
            at++;
        }
        if (at + 1 >= body.length || body[at] != '\r' || body[at + 1] != '\n') {
            throw ApiException.of("E0000003");
        }
        return at + 2;
    }

    private int indexOf(byte[] wanted, int from) {
        byte first = wanted[0];
        for (int at = Math.max(from, 0); at <= body.length - wanted.length; at++) {
            if (body[at] == first
                    && Arrays.equals(body, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }
}
