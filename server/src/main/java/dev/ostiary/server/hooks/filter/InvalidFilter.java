package dev.ostiary.server.hooks.filter;

/** A text is no filter; the message says where and why. */
public final class InvalidFilter extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidFilter(int at, String why) {
        super("at " + (at + 1) + ": " + why);
    }
}
