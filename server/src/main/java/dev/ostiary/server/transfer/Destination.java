package dev.ostiary.server.transfer;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.server.directory.groups.GroupImport;
import dev.ostiary.server.directory.memberships.MembershipWatch;
import dev.ostiary.server.directory.memberships.Memberships;
import dev.ostiary.server.directory.users.UserImport;
import dev.ostiary.server.directory.users.UserImportUpdates;

/**
 * Where imports put what they bring.
 *
 * @param users new users
 * @param updates users who are there already
 * @param groups groups
 * @param memberships who is in which
 * @param watch whom it concerns
 * @param events the types of events
 */
public record Destination(
        UserImport users,
        UserImportUpdates updates,
        GroupImport groups,
        Memberships memberships,
        MembershipWatch watch,
        EventCatalogue events) {}
