package dev.ostiary.server.hooks.channel;

import java.net.URI;
import java.net.URISyntaxException;

/** The URLs that a hook may have. */
public final class HookUrl {

    /** The published bound of {@code config.uri}. */
    public static final int LONGEST = 1024;

    /** What is said of any other. */
    public static final String RULE =
            "must be a URL that begins with https://, of at most " + LONGEST + " characters";

    private HookUrl() {}

    /** Whether a text is an absolute URL of HTTPS with a host, and without a user or a fragment. */
    public static boolean valid(String text) {
        if (text.length() > LONGEST) {
            return false;
        }
        try {
            URI uri = new URI(text);
            return "https".equalsIgnoreCase(uri.getScheme())
                    && uri.getHost() != null
                    && !uri.getHost().isEmpty()
                    && uri.getUserInfo() == null
                    && uri.getFragment() == null
                    && uri.getPort() <= 65535;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
