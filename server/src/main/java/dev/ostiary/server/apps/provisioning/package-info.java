/**
 * How users and groups are to be pushed to apps: the connection to an app (ApplicationConnections),
 * what is done over it (ApplicationFeatures), and which groups are pushed (GroupPushMapping).
 * Nothing is called yet: what is said here is kept, checked and shown.
 *
 * <p>An app can be provisioned if its name is one for which a connection is published ({@link
 * dev.ostiary.server.apps.provisioning.Provisioned}); of any other the original says that it is not
 * supported.
 *
 * <p>Boundary: owns the tables {@code app_connection}, {@code app_feature} and {@code
 * group_push_mapping}; secrets are sealed.
 */
@NullMarked
package dev.ostiary.server.apps.provisioning;

import org.jspecify.annotations.NullMarked;
