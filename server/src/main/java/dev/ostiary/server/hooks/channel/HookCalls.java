package dev.ostiary.server.hooks.channel;

import dev.ostiary.platform.outbound.OutboundCall;
import dev.ostiary.platform.outbound.OutboundCalls;
import dev.ostiary.platform.outbound.OutboundResult;

/**
 * Calls a receiver as documented ("Timeout and retry"): three seconds each time, and once more
 * where nothing came, or an error of the receiver's own (5xx). What it refused (4xx), redirected or
 * accepted is not said twice. Thread-safe.
 */
public final class HookCalls {

    private final OutboundCalls calls;

    public HookCalls(OutboundCalls calls) {
        this.calls = calls;
    }

    /** Once, and once more where that may help. */
    public OutboundResult call(OutboundCall call) {
        OutboundResult first = calls.call(call);
        return again(first) ? calls.call(call) : first;
    }

    /** Once. */
    public OutboundResult once(OutboundCall call) {
        return calls.call(call);
    }

    private static boolean again(OutboundResult result) {
        return switch (result) {
            case OutboundResult.Answered answered -> answered.status() >= 500;
            case OutboundResult.TimedOut late -> true;
            case OutboundResult.Failed failed -> true;
            case OutboundResult.NotPermitted no -> false;
        };
    }
}
