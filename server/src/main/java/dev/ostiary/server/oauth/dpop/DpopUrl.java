package dev.ostiary.server.oauth.dpop;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * What a proof says it is for ({@code htu}; RFC 9449, 4.3): compared without query and fragment,
 * after the normalization by syntax and scheme that the RFC asks for (RFC 3986, 6.2.2 and 6.2.3).
 * So a path counts in the client's spelling and in the decoded one, which the original asks for.
 */
final class DpopUrl {

    private DpopUrl() {}

    /** Whether a text names a URL that has neither query nor fragment. */
    static boolean names(String htu, String url) {
        try {
            return normal(htu).equals(normal(url));
        } catch (URISyntaxException e) {
            return htu.equals(url);
        }
    }

    private static String normal(String text) throws URISyntaxException {
        URI uri = new URI(text).normalize();
        String scheme = lower(uri.getScheme());
        String host = lower(uri.getHost());
        boolean usual =
                uri.getPort() == -1
                        || (scheme.equals("https") && uri.getPort() == 443)
                        || (scheme.equals("http") && uri.getPort() == 80);
        String path = uri.getPath() == null ? "" : uri.getPath();
        return scheme + "://" + host + (usual ? "" : ":" + uri.getPort()) + path;
    }

    private static String lower(String text) {
        return String.valueOf(text).toLowerCase(Locale.ROOT);
    }
}
