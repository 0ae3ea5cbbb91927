package dev.ostiary.server.signin.pages.html;

/**
 * Words, whatever characters they have.
 *
 * @param words as they are to be read
 */
public record Text(String words) implements Html {}
