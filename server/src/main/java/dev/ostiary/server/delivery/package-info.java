/**
 * Mail on its way out: what a family puts into the outbox within its transaction, the texts that
 * are written for it, the reading of the outbox over {@code /ostiary/v1/outbox}, and the sending
 * through SMTP where one is configured.
 *
 * <p>Boundary: knows addresses, texts and variables; never why a mail is sent. A family says that
 * with one of the methods of {@link dev.ostiary.server.delivery.Mail}.
 */
@NullMarked
package dev.ostiary.server.delivery;

import org.jspecify.annotations.NullMarked;
