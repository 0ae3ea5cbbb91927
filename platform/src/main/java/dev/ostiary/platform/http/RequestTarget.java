package dev.ostiary.platform.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request is for (RFC 9112, section 3.2): a path on the host of the header, or an absolute
 * URL, which then says the host too, whatever the header says.
 *
 * @param path as sent, still percent-encoded; begins with a slash unless what was sent is no target
 * @param authority host and maybe port
 */
record RequestTarget(String path, String authority) {

    private static final Pattern ABSOLUTE =
            Pattern.compile("(?i:https?)://([^/?#@]*)(/.*)?", Pattern.DOTALL);

    /**
     * @param sent the target without the query
     * @param host what the header says
     */
    static RequestTarget of(String sent, String host) {
        if (sent.startsWith("/")) {
            return new RequestTarget(sent, host);
        }
        Matcher absolute = ABSOLUTE.matcher(sent);
        if (!absolute.matches()) {
            return new RequestTarget(sent, host);
        }
        String path = absolute.group(2);
        return new RequestTarget(path == null ? "/" : path, absolute.group(1));
    }
}
