package dev.ostiary.platform.http;

import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.context.TrustedProxies;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request that came through one of the operator's proxies: scheme and host are those with which
 * the client called the proxy, as {@code X-Forwarded-Proto} and {@code X-Forwarded-Host} say (P2).
 * Of several entries the last one counts, which is the proxy's own: what stands to the left of it
 * may be a client's invention (P13).
 *
 * @param said the request as it came
 * @param secure whether the client called by HTTPS
 * @param authority the host that the client called
 */
record ForwardedIncoming(Incoming said, boolean secure, String authority) implements Incoming {

    /** A host and maybe a port, so that nothing else gets into links. */
    private static final Pattern AUTHORITY =
            Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");

    /**
     * The request as the client sent it; the same request where the other end is not one of the
     * operator's proxies, whatever it says.
     */
    static Incoming behind(TrustedProxies proxies, Incoming said) {
        if (!proxies.any()) {
            return said;
        }
        IpAddress peer = IpAddress.parse(said.remoteAddress());
        if (peer == null || !proxies.isOperators(peer)) {
            return said;
        }
        boolean secure =
                last(said, "X-Forwarded-Proto")
                        .map("https"::equalsIgnoreCase)
                        .orElse(said.secure());
        String authority =
                last(said, "X-Forwarded-Host")
                        .filter(host -> AUTHORITY.matcher(host).matches())
                        .orElse(said.authority());
        return new ForwardedIncoming(said, secure, authority);
    }

    private static Optional<String> last(Incoming said, String header) {
        List<String> lines = said.headers(header);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        String line = lines.getLast();
        String entry = line.substring(line.lastIndexOf(',') + 1).strip();
        return entry.isEmpty() ? Optional.empty() : Optional.of(entry);
    }

    @Override
    public String method() {
        return said.method();
    }

    @Override
    public String rawPath() {
        return said.rawPath();
    }

    @Override
    public String rawQuery() {
        return said.rawQuery();
    }

    @Override
    public List<String> headers(String name) {
        return said.headers(name);
    }

    @Override
    public String remoteAddress() {
        return said.remoteAddress();
    }

    @Override
    public int localPort() {
        return said.localPort();
    }

    @Override
    public boolean bodyIsFramed() {
        return said.bodyIsFramed();
    }

    @Override
    public Optional<byte[]> body(int limit) throws IOException {
        return said.body(limit);
    }
}
