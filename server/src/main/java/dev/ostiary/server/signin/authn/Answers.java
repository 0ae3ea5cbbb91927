package dev.ostiary.server.signin.authn;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.server.signin.flow.Flow;
import dev.ostiary.server.signin.flow.Outcome;

/**
 * What a move is answered with. Thread-safe.
 *
 * @param flow knows how long passwords last
 */
record Answers(Flow flow) {

    Reply show(Request request, Outcome outcome) {
        return new TransactionJson(request)
                .show(
                        outcome,
                        outcome instanceof Outcome.Waiting waiting
                                ? flow.daysLeft(request, waiting)
                                : 0);
    }
}
