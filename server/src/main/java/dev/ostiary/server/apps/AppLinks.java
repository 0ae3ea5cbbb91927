package dev.ostiary.server.apps;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.org.Org;

/** What neighbours add to the links of an app: its policies and its picture. Thread-safe. */
public interface AppLinks {

    /** Adds links. */
    void add(Links links, Org org, App app, String baseUrl);

    /** Where the app's picture is. */
    String logo(App app, String baseUrl);
}
