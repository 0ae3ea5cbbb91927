package dev.ostiary.platform.access;

import dev.ostiary.platform.context.IpAddress;
import java.util.List;

/**
 * How credentials came: what has to be known of a request to believe them, beside themselves.
 * Immutable.
 *
 * @param address the client's, for tokens that are limited to networks
 * @param baseUrl scheme and host as the client used them, which issuers of tokens are named after
 * @param method of the request
 * @param path of the request as it was sent, without the query
 * @param proofs the headers {@code DPoP} (RFC 9449, 4.1)
 */
public record Presentation(
        IpAddress address, String baseUrl, String method, String path, List<String> proofs) {

    public Presentation {
        proofs = List.copyOf(proofs);
    }

    /** Credentials that prove themselves, shown from an address. */
    public static Presentation from(IpAddress address) {
        return new Presentation(address, "", "", "", List.of());
    }
}
