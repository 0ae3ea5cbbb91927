package dev.ostiary.server.delivery;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where mail is handed over.
 *
 * @param host name of the server
 * @param port its port
 * @param security how the connection is kept private
 * @param user the name to sign in with; null for none
 * @param password its password; null for none
 * @param from the address that mail comes from
 */
public record SmtpSettings(
        String host,
        int port,
        Security security,
        @Nullable String user,
        @Nullable String password,
        String from) {

    /** How a connection is kept private. */
    public enum Security {
        /** TLS from the first byte ({@code smtps}). */
        TLS,
        /** Plain at first; goes on only once TLS stands. */
        STARTTLS,
        /** Plain. */
        NONE
    }

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    public SmtpSettings {
        if (security == Security.NONE && user != null && !LOOPBACK.contains(host)) {
            throw new IllegalArgumentException(
                    "a mail server with a password needs TLS: use smtps:// or leave out tls=none");
        }
    }

    /**
     * Reads {@code smtp://user:password@host:587?from=sender@example.com} or {@code smtps://…}
     * (port 465 where none is given); {@code smtp} asks for STARTTLS, unless {@code tls=none} is
     * among the parameters. Special characters are percent-encoded.
     *
     * @throws IllegalArgumentException in one clear line that repeats no password
     */
    public static SmtpSettings parse(String text) {
        URI uri = uri(text);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!Set.of("smtp", "smtps").contains(scheme) || uri.getHost() == null) {
            throw unreadable();
        }
        Map<String, String> parameters = parameters(uri.getRawQuery());
        String from = parameters.get("from");
        if (from == null) {
            throw new IllegalArgumentException(
                    "the mail server's URL lacks ?from=, the sender's address");
        }
        Security security =
                scheme.equals("smtps")
                        ? Security.TLS
                        : "none".equals(parameters.get("tls")) ? Security.NONE : Security.STARTTLS;
        int usual = security == Security.TLS ? 465 : security == Security.NONE ? 25 : 587;
        String[] user = uri.getRawUserInfo() == null ? null : uri.getRawUserInfo().split(":", 2);
        return new SmtpSettings(
                uri.getHost(),
                uri.getPort() < 0 ? usual : uri.getPort(),
                security,
                user == null ? null : decoded(user[0]),
                user == null || user.length < 2 ? null : decoded(user[1]),
                from);
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw unreadable();
        }
    }

    private static IllegalArgumentException unreadable() {
        return new IllegalArgumentException(
                "the mail server is not smtp://[user:password@]host[:port]?from=address");
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], parts.length == 2 ? decoded(parts[1]) : "");
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return security + " " + host + ":" + port + " from " + from;
    }
}
