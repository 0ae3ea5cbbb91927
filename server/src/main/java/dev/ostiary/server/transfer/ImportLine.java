package dev.ostiary.server.transfer;

import dev.ostiary.server.directory.groups.ImportedGroup;
import dev.ostiary.server.directory.users.ImportedUser;
import dev.ostiary.server.directory.users.UserImport.Newcomer;

/** A line that is right in itself. */
sealed interface ImportLine {

    /** Its number in the file, from 1. */
    long number();

    /** A user. */
    record UserLine(long number, Newcomer newcomer) implements ImportLine {

        ImportedUser user() {
            return newcomer.imported();
        }
    }

    /** A group. */
    record GroupLine(long number, ImportedGroup group) implements ImportLine {}

    /**
     * That a user is in a group.
     *
     * @param user login or id
     * @param group name or id
     */
    record MembershipLine(long number, String user, String group) implements ImportLine {}
}
