package dev.ostiary.platform.json;

/** Which way a value goes: it does not look the same on both. */
public enum Way {
    /** From the client, in the body of a request: what it has to say. */
    IN,
    /** To the client, in an answer: what it may rely on. */
    OUT
}
