package dev.ostiary.platform.event;

import org.jspecify.annotations.Nullable;

/**
 * Where an address is, as far as a database knows.
 *
 * @param latitude degrees, both coordinates or none
 */
public record Geography(
        @Nullable String city,
        @Nullable String state,
        @Nullable String country,
        @Nullable String postalCode,
        @Nullable Double latitude,
        @Nullable Double longitude) {}
