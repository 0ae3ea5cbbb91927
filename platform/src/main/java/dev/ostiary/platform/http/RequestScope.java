package dev.ostiary.platform.http;

import java.util.function.Supplier;

/** Lets code run with the request's context bound, so that what it logs carries it (P16). */
@FunctionalInterface
interface RequestScope {

    /** The result of the work, done within the context of this exchange. */
    Reply within(Exchange exchange, Supplier<Reply> work);
}
