package dev.ostiary.server.signin.flow;

import dev.ostiary.platform.http.Request;
import dev.ostiary.server.directory.users.Account;

/** Asks the org's policies about a sign-in. Implementations are thread-safe. */
@FunctionalInterface
public interface SignInRules {

    /** What holds for this account, asked for by this request. */
    Rules of(Request request, Account account);
}
