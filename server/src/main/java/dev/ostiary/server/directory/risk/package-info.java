/**
 * How risky a user is held to be (tag UserRisk of the API).
 *
 * <p>No states. A user of whom nothing was said has the level {@code NONE}, which nobody can say:
 * so the first statement answers 201 and every later one 200. It goes with the user.
 *
 * <p>Oddities: the reason is {@code riskReason} on the way in and {@code reason} on the way out.
 *
 * <p>Boundary: owns the table {@code user_risk}. What an org does about a level is its policy's
 * affair ({@link dev.ostiary.server.directory.risk.RiskResponse}).
 */
@NullMarked
package dev.ostiary.server.directory.risk;

import org.jspecify.annotations.NullMarked;
