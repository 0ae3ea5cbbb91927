package dev.ostiary.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.okta.sdk.resource.group.GroupBuilder;
import com.okta.sdk.resource.model.LogEvent;
import com.okta.sdk.resource.model.LogTarget;
import com.okta.sdk.resource.model.User;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@DisplayName("Java SDK: system log")
class LogJourneyTest {

    private final Org org;
    private final OktaSdk sdk;

    LogJourneyTest(Server server, Org org) {
        this.org = org;
        this.sdk = OktaSdk.of(server, org);
    }

    @Test
    @DisplayName(
            "P38 what was done to a user stands in the log, in order, with actor, client and target")
    void tellsAStory() {
        User made = sdk.active("watched@example.com");
        sdk.lifecycle().suspendUser(made.getId());
        sdk.lifecycle().unsuspendUser(made.getId());
        sdk.users().deleteUser(made.getId(), false, null);
        sdk.users().deleteUser(made.getId(), false, null);

        List<LogEvent> story = of(made);

        assertThat(story)
                .extracting(LogEvent::getEventType)
                .containsSubsequence(
                        "user.lifecycle.create",
                        "user.lifecycle.suspend",
                        "user.lifecycle.unsuspend",
                        "user.lifecycle.deactivate",
                        "user.lifecycle.delete.initiated");
        LogEvent first = story.getFirst();
        assertThat(first.getActor().getAlternateId()).isEqualTo(org.adminLogin());
        assertThat(first.getClient().getIpAddress()).isNotBlank();
        assertThat(first.getClient().getUserAgent().getRawUserAgent()).contains("okta-sdk-java");
        assertThat(first.getOutcome().getResult().getValue()).isEqualTo("SUCCESS");
        assertThat(first.getTarget())
                .extracting(LogTarget::getAlternateId)
                .contains("watched@example.com");
        assertThat(first.getDebugContext().getDebugData()).containsKey("requestId");
    }

    @Test
    @DisplayName("P38 a membership's event names the user and the group")
    void membership() {
        User user = sdk.active("joins@example.com");
        var group =
                GroupBuilder.instance()
                        .setName("Joined")
                        .setDescription("by one")
                        .buildAndCreate(sdk.groups());
        sdk.groups().assignUserToGroup(group.getId(), user.getId());

        List<LogEvent> joined =
                sdk.log()
                        .listLogEvents(
                                null,
                                null,
                                null,
                                "eventType eq \"group.user_membership.add\"",
                                null,
                                100,
                                "DESCENDING");

        assertThat(joined.getFirst().getTarget())
                .extracting(LogTarget::getId)
                .containsExactlyInAnyOrder(user.getId(), group.getId());
    }

    @Test
    @DisplayName(
            "P25 a follower that polls next sees each event once, and a next link even where nothing is new")
    void polls() {
        List<String> seen = new ArrayList<>();
        String after = drain(null, seen);
        int before = seen.size();

        sdk.active("followed@example.com");
        after = drain(after, seen);
        assertThat(seen.size()).isGreaterThan(before);
        int then = seen.size();
        assertThat(drain(after, seen)).isNotNull();

        assertThat(seen).hasSize(then).doesNotHaveDuplicates();
    }

    /** Follows the log until a page is empty; what is left is the cursor to go on with. */
    private String drain(@Nullable String after, List<String> seen) {
        String cursor = after;
        while (true) {
            List<LogEvent> page = sdk.log().listLogEvents(null, null, cursor, null, null, 5, null);
            cursor = Objects.requireNonNull(OktaSdk.after(page), "a polled page has a next link");
            if (page.isEmpty()) {
                return cursor;
            }
            page.forEach(event -> seen.add(event.getUuid()));
        }
    }

    private List<LogEvent> of(User user) {
        return sdk.log()
                .listLogEvents(
                        null,
                        null,
                        null,
                        "target.id eq \"" + user.getId() + "\"",
                        null,
                        100,
                        "ASCENDING");
    }
}
