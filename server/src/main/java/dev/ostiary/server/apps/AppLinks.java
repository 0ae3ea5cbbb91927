package dev.ostiary.server.apps;

import dev.ostiary.platform.hal.Links;

/** What neighbours add to the links of an app: its policies and its picture. Thread-safe. */
public interface AppLinks {

    /** Adds links. */
    void add(Links links, App app, String baseUrl);

    /** Where the app's picture is. */
    String logo(App app, String baseUrl);
}
