package dev.ostiary.platform.http;

import dev.ostiary.platform.context.ClientAddress;
import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.context.TrustedProxies;
import dev.ostiary.platform.problem.ApiException;
import java.util.Optional;

/**
 * The client request context (P13 to P16): who is at the other end, as far as HTTP tells, with
 * every text bounded. The org's zones are only asked for where the header has an entry that nobody
 * of the operator's has vouched for.
 */
final class ReadClient implements Step {

    private static final int LONGEST = 1024;

    private final TrustedProxies proxies;

    ReadClient(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    @Override
    public Optional<Reply> run(Exchange exchange) {
        Incoming in = exchange.incoming;
        IpAddress socket = IpAddress.parse(in.remoteAddress());
        if (socket == null) {
            throw ApiException.of("E0000009");
        }
        ClientAddress address =
                proxies.resolve(
                        socket,
                        in.headers("X-Forwarded-For"),
                        hop -> exchange.network().trustsProxy(hop));
        exchange.client(
                new ClientContext(
                        address,
                        bounded(in, "User-Agent"),
                        bounded(in, "Accept-Language"),
                        bounded(in, "X-Device-Fingerprint"),
                        (in.secure() ? "https://" : "http://") + in.authority()));
        return Optional.empty();
    }

    private static String bounded(Incoming in, String header) {
        String value = in.header(header).orElse("");
        return value.length() <= LONGEST ? value : value.substring(0, LONGEST);
    }
}
