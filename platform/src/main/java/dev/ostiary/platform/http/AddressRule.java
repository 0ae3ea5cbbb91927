package dev.ostiary.platform.http;

import java.util.List;

/** Which address on the way is the client's (P13). Implementations are thread-safe. */
@FunctionalInterface
public interface AddressRule {

    /**
     * The chain of addresses, the client's first.
     *
     * @param socketAddress the other end of the connection
     * @param forwardedFor every value of {@code X-Forwarded-For}, unbelieved
     */
    List<String> chain(String socketAddress, List<String> forwardedFor);
}
