package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.User;
import java.time.Instant;

/**
 * One step with a factor: in whose transaction, of whom, and when.
 *
 * @param tx the caller's transaction; what the step writes stands or falls with it
 * @param org the org
 * @param user whose factors it is about
 * @param baseUrl scheme and host as the client used them, without a slash at the end: the origin
 *     that security keys sign for, and what links begin with
 * @param now the org's time
 */
public record FactorContext(Tx tx, Org org, User user, String baseUrl, Instant now) {}
