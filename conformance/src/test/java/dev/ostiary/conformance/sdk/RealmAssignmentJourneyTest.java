package dev.ostiary.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.okta.sdk.resource.api.RealmApi;
import com.okta.sdk.resource.api.RealmAssignmentApi;
import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.model.Actions;
import com.okta.sdk.resource.model.AssignUserToRealm;
import com.okta.sdk.resource.model.CreateRealmAssignmentRequest;
import com.okta.sdk.resource.model.CreateRealmRequest;
import com.okta.sdk.resource.model.LifecycleStatus;
import com.okta.sdk.resource.model.OperationRequest;
import com.okta.sdk.resource.model.OperationResponse;
import com.okta.sdk.resource.model.RealmAssignment;
import com.okta.sdk.resource.model.RealmProfile;
import com.okta.sdk.resource.model.UpdateRealmAssignmentRequest;
import com.okta.sdk.resource.model.User;
import dev.ostiary.conformance.harness.Await;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@DisplayName("Java SDK: realm assignments")
class RealmAssignmentJourneyTest {

    private final OktaSdk sdk;
    private final RealmAssignmentApi assignments;
    private final RealmApi realms;

    RealmAssignmentJourneyTest(Server server, Org org) {
        this.sdk = OktaSdk.of(server, org);
        this.assignments = new RealmAssignmentApi(sdk.client());
        this.realms = new RealmApi(sdk.client());
    }

    @Test
    @DisplayName(
            "an assignment is made, started, changed, stopped and deleted, as Terraform does it")
    void lifecycle() {
        String partners = realm("Partners");
        RealmAssignment made = make("To partners", partners, 55);
        assertThat(made.getStatus()).isEqualTo(LifecycleStatus.INACTIVE);
        assertThat(made.getConditions().getExpression().getValue()).isNull();

        assignments.activateRealmAssignment(made.getId());
        assertThat(get(made).getStatus()).isEqualTo(LifecycleStatus.ACTIVE);
        assertThat(OktaSdk.pages(after -> assignments.listRealmAssignments(1, after)))
                .extracting(RealmAssignment::getName)
                .containsSubsequence("To partners", "Catch-all");

        assignments.deactivateRealmAssignment(made.getId());
        RealmAssignment other =
                assignments.replaceRealmAssignment(
                        made.getId(),
                        new UpdateRealmAssignmentRequest()
                                .name("To others")
                                .priority(54)
                                .actions(to(partners)));
        assertThat(other.getPriority()).isEqualTo(54);
        assertThat(other.getName()).isEqualTo("To others");

        assignments.deleteRealmAssignment(made.getId());
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> get(made))
                .satisfies(thrown -> assertThat(thrown.getCode()).isEqualTo(404));
    }

    @Test
    @DisplayName("new users are assigned at once, those who were there by a run in the background")
    void assigned() {
        User old = sdk.active("old@example.com");
        String staff = realm("Staff");
        RealmAssignment made = make("To staff", staff, 1);
        assignments.activateRealmAssignment(made.getId());

        assertThat(sdk.active("new@example.com").getRealmId()).isEqualTo(staff);
        assertThat(sdk.users().getUser(old.getId(), null, null).getRealmId())
                .isEqualTo(old.getRealmId());

        OperationResponse run =
                assignments.executeRealmAssignment(
                        new OperationRequest().assignmentId(made.getId()));
        assertThat(run.getRealmName()).isEqualTo("Staff");
        assertThat(
                        Await.until(
                                Duration.ofMinutes(1),
                                () -> run(run.getId()).getCompleted() != null))
                .isTrue();

        assertThat(run(run.getId()).getStatus()).isEqualTo(OperationResponse.StatusEnum.COMPLETED);
        assertThat(run(run.getId()).getNumUserMoved().intValue()).isPositive();
        assertThat(sdk.users().getUser(old.getId(), null, null).getRealmId()).isEqualTo(staff);
        assignments.deactivateRealmAssignment(made.getId());
    }

    private OperationResponse run(String id) {
        return assignments.listRealmAssignmentOperations(200, null).stream()
                .filter(run -> run.getId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private RealmAssignment get(RealmAssignment assignment) {
        return assignments.getRealmAssignment(assignment.getId());
    }

    private RealmAssignment make(String name, String realm, int priority) {
        return assignments.createRealmAssignment(
                new CreateRealmAssignmentRequest()
                        .name(name)
                        .priority(priority)
                        .actions(to(realm)));
    }

    private static Actions to(String realm) {
        return new Actions().assignUserToRealm(new AssignUserToRealm().realmId(realm));
    }

    private String realm(String name) {
        return realms.createRealm(new CreateRealmRequest().profile(new RealmProfile().name(name)))
                .getId();
    }
}
