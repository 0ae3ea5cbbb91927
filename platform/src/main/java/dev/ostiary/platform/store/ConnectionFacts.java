package dev.ostiary.platform.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Where the database is and who enters it: the owner makes and changes tables, the application role
 * only reads and writes rows. Both may be one role; the wall between orgs stands for the owner too,
 * but no wall stands for a superuser.
 *
 * @param jdbcUrl {@code jdbc:postgresql:…}, without user and password
 */
public record ConnectionFacts(
        String jdbcUrl,
        String ownerUser,
        String ownerPassword,
        String appUser,
        String appPassword) {

    private static final int DEFAULT_PORT = 5432;

    /**
     * Facts of an operator's own database, one role for both.
     *
     * @param url {@code postgresql://user:password@host:port/database?parameters}, with percent
     *     escapes in user and password; parameters as pgjdbc knows them
     * @throws IllegalArgumentException if it is not such a URL; the message does not repeat it,
     *     because it holds a password
     */
    public static ConnectionFacts ofUrl(String url) {
        URI uri = parse(url);
        String scheme = uri.getScheme();
        if (!("postgresql".equals(scheme) || "postgres".equals(scheme)) || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "a database URL looks like postgresql://user:password@host:5432/database");
        }
        String userInfo = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
        int colon = userInfo.indexOf(':');
        String user = decode(colon < 0 ? userInfo : userInfo.substring(0, colon));
        String password = colon < 0 ? "" : decode(userInfo.substring(colon + 1));
        if (user.isEmpty()) {
            throw new IllegalArgumentException("the database URL names no user");
        }
        return new ConnectionFacts(jdbc(uri, user), user, password, user, password);
    }

    /** Whether owner and application are one role. */
    public boolean oneRole() {
        return ownerUser.equals(appUser);
    }

    /** Host and port. */
    public String address() {
        return URI.create(jdbcUrl.substring("jdbc:".length())).getAuthority();
    }

    /** Without the passwords. */
    @Override
    public String toString() {
        return jdbcUrl + " as " + ownerUser + (oneRole() ? "" : " and " + appUser);
    }

    private static URI parse(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "the database URL is malformed at position " + e.getIndex());
        }
    }

    private static String jdbc(URI uri, String user) {
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        String path = uri.getRawPath();
        String database = path == null || path.length() < 2 ? "/" + user : path;
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return "jdbc:postgresql://" + uri.getHost() + ":" + port + database + query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
