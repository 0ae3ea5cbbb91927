package dev.ostiary.server.directory.users;

import dev.ostiary.platform.query.CaseFold;

/**
 * The answer to a recovery question in the form that is hashed: it counts in any case (Users,
 * "Recovery Question object"), and spaces around it do not count.
 */
final class RecoveryAnswer {

    private RecoveryAnswer() {}

    static String normal(String answer) {
        return CaseFold.fold(answer.strip());
    }
}
