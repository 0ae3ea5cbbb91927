/**
 * Bulk: the import of files of users, groups and memberships, line by line, and their export
 * (docs/operate/bulk.md; there is nothing like it in the original).
 *
 * <p>An import has a row that says how far it has come. Lines are sent in chunks; each is applied
 * with its position in one transaction, or not at all. So it does not matter who dies when: what
 * was applied is behind the position, and whoever resends it changes nothing. An import is OPEN,
 * then FINISHED.
 *
 * <p>Boundary: owns the tables {@code bulk_import} and {@code bulk_import_seen}. Reads and writes
 * users and groups through their front doors, {@link dev.ostiary.server.directory.users.UserImport}
 * and {@link dev.ostiary.server.directory.groups.GroupImport}.
 */
@NullMarked
package dev.ostiary.server.transfer;

import org.jspecify.annotations.NullMarked;
