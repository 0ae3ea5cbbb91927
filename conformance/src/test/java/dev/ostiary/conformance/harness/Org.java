package dev.ostiary.conformance.harness;

import java.net.URI;

/**
 * An org of a server.
 *
 * @param id its id, {@code 00o…}
 * @param name its name
 * @param url its base URL, by a port of its own
 * @param adminLogin the login of its super administrator
 * @param adminPassword that one's password
 * @param apiToken that one's API token
 * @param http a client that sends the token
 * @param nobody a client that sends none
 */
public record Org(
        String id,
        String name,
        String url,
        String adminLogin,
        String adminPassword,
        String apiToken,
        Http http,
        Http nobody) {

    /** Its port. */
    public int port() {
        return URI.create(url).getPort();
    }
}
