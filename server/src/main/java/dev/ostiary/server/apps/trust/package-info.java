/**
 * Whom apps trust, and what they are told: federated claims (tag ApplicationSSOFederatedClaims),
 * connections of Cross App Access (ApplicationCrossAppAccessConnections) and apps that may ask for
 * single sign-on into another (ApplicationInterclientTrustMappings).
 *
 * <p>Boundary: owns the tables {@code app_federated_claim}, {@code app_cross_access} and {@code
 * app_interclient_trust}; what is said here ends with the apps that it is about.
 */
@NullMarked
package dev.ostiary.server.apps.trust;

import org.jspecify.annotations.NullMarked;
