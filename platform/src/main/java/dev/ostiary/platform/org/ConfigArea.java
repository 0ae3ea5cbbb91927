package dev.ostiary.platform.org;

/** A part of an org's configuration that nodes keep in memory; each has a version of its own. */
public enum ConfigArea {
    ZONES("zones"),
    ORIGINS("origins"),
    LIMITS("limits"),
    SETTINGS("settings"),
    AUTHORIZATION_SERVERS("authorizationServers"),
    SCHEMAS("schemas"),
    REALMS("realms"),
    GROUP_RULES("groupRules"),
    BEHAVIOURS("behaviours"),
    APPS("apps"),
    POLICIES("policies"),
    BRANDS("brands"),
    PROTECTION("protection");

    private final String key;

    ConfigArea(String key) {
        this.key = key;
    }

    /** Its name in the database, which never changes. */
    String key() {
        return key;
    }
}
