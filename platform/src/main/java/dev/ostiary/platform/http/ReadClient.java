package dev.ostiary.platform.http;

import java.util.List;
import java.util.Optional;

/**
 * The client request context (P13 to P16): who is at the other end, as far as HTTP tells, with
 * every text bounded.
 */
final class ReadClient implements Step {

    private static final int LONGEST = 1024;

    private final AddressRule addresses;

    ReadClient(AddressRule addresses) {
        this.addresses = addresses;
    }

    @Override
    public Optional<Reply> run(Exchange exchange) {
        Incoming in = exchange.incoming;
        List<String> chain = addresses.chain(in.remoteAddress(), in.headers("X-Forwarded-For"));
        exchange.client(
                new ClientContext(
                        chain.getFirst(),
                        chain,
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
