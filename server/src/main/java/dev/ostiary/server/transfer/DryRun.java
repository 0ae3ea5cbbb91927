package dev.ostiary.server.transfer;

import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.groups.ImportedGroup;
import dev.ostiary.server.directory.users.ImportedUser;
import java.util.List;

/**
 * What the lines of a dry run would have made, kept for those that follow: they may speak of it,
 * and may not repeat it.
 *
 * @param importId the dry run
 */
record DryRun(Tx tx, BulkImportStore store, String importId) {

    /** Remembers users and groups, by what no two of them may share. */
    void remember(List<ImportedUser> users, List<ImportedGroup> groups) {
        see(Standing.LOGIN, users.stream().map(ImportedUser::loginKey).toList());
        see(Standing.GROUP, groups.stream().map(ImportedGroup::folded).toList());
        see(
                Standing.USER_VALUE,
                users.stream()
                        .flatMap(user -> user.claims().stream())
                        .map(Standing::text)
                        .toList());
        see(
                Standing.GROUP_VALUE,
                groups.stream()
                        .flatMap(group -> group.claims().stream())
                        .map(Standing::text)
                        .toList());
    }

    private void see(String kind, List<String> keys) {
        store.see(tx, importId, kind, keys);
    }
}
