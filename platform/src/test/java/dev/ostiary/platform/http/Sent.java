package dev.ostiary.platform.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request without a socket, for tests of the Pipeline.
 *
 * @param authority the host that it names, maybe with a port
 * @param sent its headers
 * @param length of the body; negative if the client does not say
 */
record Sent(
        String method,
        String rawPath,
        String rawQuery,
        String authority,
        Map<String, List<String>> sent,
        int length)
        implements Incoming {

    @Override
    public List<String> headers(String name) {
        return sent.getOrDefault(name, List.of());
    }

    @Override
    public String remoteAddress() {
        return "192.0.2.1";
    }

    @Override
    public int localPort() {
        return 8443;
    }

    @Override
    public boolean secure() {
        return true;
    }

    @Override
    public boolean bodyIsFramed() {
        return length >= 0;
    }

    @Override
    public Optional<byte[]> body(int limit) {
        return length > limit ? Optional.empty() : Optional.of(new byte[Math.max(0, length)]);
    }
}
