package dev.ostiary.server.signin.pages.view;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a browser tells an app, in a frame that nobody sees, that somebody is signed out. Immutable.
 *
 * @param address of the web; judged before
 * @param fields what is posted there, in order; empty where the address is opened
 */
public record Notice(String address, Map<String, String> fields) {

    public Notice {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** The address says it. */
    public static Notice opened(String address) {
        return new Notice(address, Map.of());
    }

    /** Whether a form says it. */
    public boolean isPosted() {
        return !fields.isEmpty();
    }
}
