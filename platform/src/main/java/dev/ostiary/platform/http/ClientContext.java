package dev.ostiary.platform.http;

import java.util.List;

/**
 * Where a request comes from (P13 to P16), as far as HTTP tells.
 *
 * @param address the client's address
 * @param chain every address on the way, the client's first
 * @param userAgent the agent's text as sent; empty for none
 * @param acceptLanguage the languages as sent; empty for none
 * @param deviceFingerprint the fingerprint as sent; empty for none
 * @param baseUrl scheme and host as the client used them
 */
public record ClientContext(
        String address,
        List<String> chain,
        String userAgent,
        String acceptLanguage,
        String deviceFingerprint,
        String baseUrl) {}
