/**
 * What the parts of policies and rules look like: JSON objects of many kinds, each described once
 * by a {@link dev.ostiary.server.policy.form.Form}, which reads it with every cause at once, puts
 * in what a client leaves out, and says its schema.
 *
 * <p>Boundary: knows no policy. The documents stay JSON, since clients get back what they sent; the
 * few that decide something are read into records where that happens.
 */
@NullMarked
package dev.ostiary.server.policy.form;

import org.jspecify.annotations.NullMarked;
