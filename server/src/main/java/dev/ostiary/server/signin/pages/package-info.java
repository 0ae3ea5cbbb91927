/**
 * Pages that the server shows to people: signing in with every state that the flow can rest in,
 * recovery, activation, an end-user home, and errors where a browser asks for a page; in the brand
 * of the host and the language of who reads (family Pages).
 *
 * <p>Pages are clients of the Authentication, Sessions and Factors APIs within the process: they
 * call the same handlers with the same documents as an application elsewhere would, so there is one
 * flow and one set of rules. They work without script, but for security keys.
 *
 * <p>Oddities: the link of a mail shows a page with a button, and only the button spends the token,
 * so that whatever reads mails beforehand spends nothing. Errors are pages only for who asks for
 * HTML first; a program gets the error object.
 *
 * <p>Boundary: {@code html} writes trees, {@code text} speaks, {@code look} colours, {@code form}
 * believes or refuses what browsers send, {@code view} draws; this package brings them together.
 */
@NullMarked
package dev.ostiary.server.signin.pages;

import org.jspecify.annotations.NullMarked;
