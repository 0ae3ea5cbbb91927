package dev.ostiary.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A client that builds no URL itself: it follows what the object's state publishes. */
@ExtendWith(SuiteServer.class)
@DisplayName("P31 lifecycle by _links")
class LinkJourneyTest {

    private final Org org;

    LinkJourneyTest(Org org) {
        this.org = org;
    }

    @Test
    @DisplayName(
            "staged, active, suspended, active, deprovisioned, active: each step by the link of the state before")
    void followsLinks() {
        String user =
                "/api/v1/users/" + Directory.id(new Directory(org).staged("links@example.com"));

        follow(user, "activate", "?sendEmail=false").expect(200);
        assertStatus(user, "PROVISIONED");
        follow(user, "deactivate", "").expect(200);
        assertStatus(user, "DEPROVISIONED");
        follow(user, "activate", "?sendEmail=false").expect(200);
        assertStatus(user, "PROVISIONED");
    }

    @Test
    @DisplayName("an active user's links work: suspend, expire, reset, deactivate, delete")
    void activeUser() {
        String user =
                "/api/v1/users/"
                        + Directory.id(new Directory(org).active("active-links@example.com"));

        follow(user, "suspend", "").expect(200);
        assertStatus(user, "SUSPENDED");
        assertThat(links(user)).doesNotContain("suspend", "expirePassword");
        follow(user, "unsuspend", "").expect(200);
        follow(user, "expirePassword", "").expect(200);
        assertStatus(user, "PASSWORD_EXPIRED");
        follow(user, "resetPassword", "?sendEmail=false").expect(200);
        assertStatus(user, "RECOVERY");
        follow(user, "deactivate", "").expect(200);
        follow(user, "delete", "").expect(204);
        org.http().get(user).expect(404, "E0000007");
    }

    @Test
    @DisplayName("every link of a user and of a group without a verb of its own is readable")
    void readableLinks() {
        Directory directory = new Directory(org);
        JsonNode user = directory.active("readable@example.com");
        JsonNode group = directory.group("Readable");

        for (String path :
                List.of(
                        "/api/v1/users/" + Directory.id(user),
                        "/api/v1/groups/" + Directory.id(group))) {
            JsonNode links = org.http().get(path).expect(200).json().get("_links");
            links.forEachEntry(
                    (relation, link) -> {
                        // User types, schemas and logos are other families' objects.
                        if (link.isObject()
                                && !link.has("method")
                                && !List.of("type", "schema", "source").contains(relation)) {
                            assertThat(org.http().get(link.get("href").asString()).status())
                                    .as(relation)
                                    .isIn(200, 501);
                        }
                    });
        }
    }

    private Answer follow(String object, String relation, String query) {
        JsonNode link = org.http().get(object).expect(200).json().path("_links").path(relation);
        assertThat(link.isObject()).as(relation + " of " + object + ": " + links(object)).isTrue();
        String href = link.get("href").asString();
        assertThat(href).startsWith(org.url());
        String verb =
                link.has("method")
                        ? link.get("method").asString()
                        : link.at("/hints/allow/0").asString("GET");
        return org.http().send(verb.toUpperCase(Locale.ROOT), href + query, null);
    }

    private List<String> links(String object) {
        return List.copyOf(org.http().get(object).json().get("_links").propertyNames());
    }

    private void assertStatus(String user, String status) {
        assertThat(org.http().get(user).expect(200).text("status")).isEqualTo(status);
    }
}
