/**
 * Linked objects: relations between users, such as manager and subordinate (tag LinkedObject of the
 * API), and which users are in them (tag UserLinkedObject).
 *
 * <p>No states. A definition names both sides of a relation, and either name finds it; a user has
 * at most one primary in each, and may be its own or its primary's primary (Linked Objects API). An
 * org has up to 200 definitions. With a definition or a user its links are gone for good.
 *
 * <p>Oddities: the published description lets no API token assign a link, while the documentation
 * and the Node client do: the contract's table has the latter. No event is published for links: a
 * link counts as an attribute of the associated user's profile, since definitions are part of the
 * profile's schema. An unknown relation is a {@code LinkedObjectProperty} where definitions are
 * asked for, and a {@code LinkedObject} where links are.
 *
 * <p>Boundary: owns the tables {@code linked_object} and {@code linked_object_value}. Who a user is
 * is known to {@code users}.
 */
@NullMarked
package dev.ostiary.server.directory.linkedobjects;

import org.jspecify.annotations.NullMarked;
