/**
 * What users are in apps: how their profiles there are made of their profiles here, by expressions
 * (ProfileMapping). What may stand in them the schemas say, next door in the directory.
 *
 * <p>Oddities: a mapping that follows the user ({@code PUSH}) is never carried out: profiles are
 * made when they are read. One that is made once ({@code DONT_PUSH}) is carried out when a user is
 * assigned.
 */
@NullMarked
package dev.ostiary.server.apps.profiles;

import org.jspecify.annotations.NullMarked;
