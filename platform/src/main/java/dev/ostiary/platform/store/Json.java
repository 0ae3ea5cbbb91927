package dev.ostiary.platform.store;

/** JSON text as a value of a statement; it arrives as {@code jsonb}, without a cast. */
public record Json(String text) {}
