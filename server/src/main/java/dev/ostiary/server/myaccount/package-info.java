/**
 * What users do to their own account by an app that acts for them: the MyAccount API, which only a
 * user's access token opens (P21).
 *
 * <p>Boundary: every operation is on the caller, and takes no id of anybody. What an account has is
 * kept elsewhere.
 */
@NullMarked
package dev.ostiary.server.myaccount;

import org.jspecify.annotations.NullMarked;
