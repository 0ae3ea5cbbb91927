/**
 * What ways of proving who one is are worth, and what is asked of them: by apps' access policies
 * and by clients ({@code acr_values}). It compares, and knows neither policies nor sign-ins.
 */
@NullMarked
package dev.ostiary.server.policy.assurance;

import org.jspecify.annotations.NullMarked;
