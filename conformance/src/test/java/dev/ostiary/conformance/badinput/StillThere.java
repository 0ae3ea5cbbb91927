package dev.ostiary.conformance.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import java.util.List;

/**
 * Whether bad input left anything behind: the same users as before, and a server that makes the
 * next one.
 */
final class StillThere {

    private final Org org;
    private final List<String> users;

    StillThere(Org org) {
        this.org = org;
        this.users = users();
    }

    private List<String> users() {
        return Json.texts(org.http().get("/api/v1/users?limit=200").expect(200).json(), "id");
    }

    void check() {
        assertThat(users()).as("nothing half done").isEqualTo(users);
        org.nobody().get("/health/ready").expect(200);
        new Directory(org).staged("after-" + Long.toString(System.nanoTime(), 36) + "@example.com");
    }
}
