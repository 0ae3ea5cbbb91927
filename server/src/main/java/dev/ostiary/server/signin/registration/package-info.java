/**
 * People who register by themselves on the way to an app, as far as its policy of the type
 * PROFILE_ENROLLMENT lets them: what they are asked for, and what the org's own service
 * (registration inline hook) has to say of them. Users are made by the directory, pages shown by
 * {@code signin.pages}.
 */
@NullMarked
package dev.ostiary.server.signin.registration;

import org.jspecify.annotations.NullMarked;
