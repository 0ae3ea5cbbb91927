package dev.ostiary.server.hooks.inline;

import tools.jackson.databind.node.ObjectNode;

/** What came of asking a hook. */
public sealed interface InlineAnswer {

    /**
     * The service has answered.
     *
     * @param body its answer; empty where it had nothing to say
     */
    record Said(ObjectNode body) implements InlineAnswer {}

    /** The service answered with an error. */
    record Refused(String words) implements InlineAnswer {}

    /** No answer came in time. */
    record Silent(String words) implements InlineAnswer {}

    /** There was no connection, no token for it, or no answer that could be read. */
    record Garbled(String words) implements InlineAnswer {}

    /** The org has no such hook. */
    record NoHook() implements InlineAnswer {}

    /** The hook is not active. */
    record Inactive() implements InlineAnswer {}
}
