package dev.ostiary.server.directory.schemas;

import dev.ostiary.platform.org.Org;

/**
 * How ids of user types and of their schemas follow from each other, and those of the type that
 * every org begins with from the org's: all share what comes after the prefix.
 */
public final class TypeIds {

    private static final String TYPE = "oty";
    private static final String SCHEMA = "osc";

    private TypeIds() {}

    /** The type that every org begins with. */
    public static String ofDefault(Org org) {
        return TYPE + tail(org.id());
    }

    /** The schema of a type. */
    public static String schemaOf(String typeId) {
        return SCHEMA + tail(typeId);
    }

    /** The type of a schema. */
    static String typeOf(String schemaId) {
        return TYPE + tail(schemaId);
    }

    /** Whether a text that a client sends can be the id of a type. */
    static boolean isType(String text) {
        return text.startsWith(TYPE);
    }

    private static String tail(String id) {
        return id.substring(TYPE.length());
    }
}
