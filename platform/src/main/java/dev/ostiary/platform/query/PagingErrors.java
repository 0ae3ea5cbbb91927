package dev.ostiary.platform.query;

import dev.ostiary.platform.problem.ApiException;

/** The code under which a resource refuses a cursor (WIRE, "Errors": both were seen). */
public enum PagingErrors {
    /** {@code E0000029}: apps, and whatever was not seen otherwise. */
    PAGING("E0000029"),
    /** {@code E0000031}: devices. */
    SEARCH("E0000031");

    private final String code;

    PagingErrors(String code) {
        this.code = code;
    }

    /** A cursor that no list of this resource gave out. */
    ApiException invalidCursor() {
        return ApiException.of(code).because("Invalid cursor.");
    }
}
