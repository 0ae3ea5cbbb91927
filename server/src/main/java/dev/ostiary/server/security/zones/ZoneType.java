package dev.ostiary.server.security.zones;

/** What a zone is made of. */
enum ZoneType {
    IP,
    DYNAMIC,
    DYNAMIC_V2
}
