/**
 * Rate limits (P34): which bucket a request falls into, how many requests it lets through a minute,
 * how many may be under way, and what the System Log says of it. The figures are data ({@code
 * contract/rate-limits.tsv}); counters live in the node, which learns what others have let through
 * ({@code Limiter.counts}, {@code learn}).
 *
 * <p>Boundary: knows no HTTP and no family. It decides; the Pipeline asks and answers.
 */
@NullMarked
package dev.ostiary.platform.limits;

import org.jspecify.annotations.NullMarked;
