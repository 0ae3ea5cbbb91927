package dev.ostiary.platform.context;

/** Where addresses are. Implementations are thread-safe, and never ask the network. */
@FunctionalInterface
public interface Atlas {

    /** What is known of an address. */
    Place of(IpAddress address);

    /** An atlas without maps. */
    static Atlas none() {
        return address -> Place.unknown();
    }
}
