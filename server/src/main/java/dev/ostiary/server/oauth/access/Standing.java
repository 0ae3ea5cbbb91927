package dev.ostiary.server.oauth.access;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.access.Permissions;
import dev.ostiary.platform.org.ConfigVersions;
import dev.ostiary.platform.org.OrgSettings;
import java.util.Optional;

/**
 * What has become of all that a token names, at the moment of asking. Immutable.
 *
 * @param revoked whether somebody gave the token back
 * @param client who got it; none for one that is gone or inactive
 * @param user for whom; none where the token names nobody, or somebody who may not act
 * @param settings of the org, among which its clock is
 * @param versions of the org's configuration
 */
record Standing(
        boolean revoked,
        Optional<Client> client,
        Optional<User> user,
        OrgSettings settings,
        ConfigVersions versions) {

    /** An active client and what people call it. */
    record Client(String id, String label) {}

    /** A user who may act, and the roles held. */
    record User(Caller.Principal principal, Permissions permissions) {}
}
