package dev.ostiary.platform.http;

import dev.ostiary.platform.context.ClientAddress;

/**
 * Where a request comes from (P13 to P16), as far as HTTP tells.
 *
 * @param address the client's address and those on the way
 * @param userAgent the agent's text as sent; empty for none
 * @param acceptLanguage the languages as sent; empty for none
 * @param deviceFingerprint the fingerprint as sent; empty for none
 * @param baseUrl scheme and host as the client used them
 */
public record ClientContext(
        ClientAddress address,
        String userAgent,
        String acceptLanguage,
        String deviceFingerprint,
        String baseUrl) {}
