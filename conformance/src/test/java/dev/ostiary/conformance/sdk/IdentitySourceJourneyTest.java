package dev.ostiary.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.okta.sdk.resource.api.IdentitySourceApi;
import com.okta.sdk.resource.api.UserApi;
import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.model.BulkDeleteRequestBody;
import com.okta.sdk.resource.model.BulkUpsertRequestBody;
import com.okta.sdk.resource.model.BulkUpsertRequestBodyProfilesInner;
import com.okta.sdk.resource.model.IdentitySourceSession;
import com.okta.sdk.resource.model.IdentitySourceSessionStatus;
import com.okta.sdk.resource.model.IdentitySourceUserProfileForDelete;
import com.okta.sdk.resource.model.IdentitySourceUserProfileForUpsert;
import com.okta.sdk.resource.model.UserStatus;
import dev.ostiary.conformance.harness.Await;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@DisplayName("Java SDK: identity sources")
class IdentitySourceJourneyTest {

    private final Org org;
    private final IdentitySourceApi sources;
    private final UserApi users;

    IdentitySourceJourneyTest(Server server, Org org) {
        OktaSdk sdk = OktaSdk.of(server, org);
        this.org = org;
        this.sources = new IdentitySourceApi(sdk.client());
        this.users = new UserApi(sdk.client());
    }

    @Test
    @DisplayName("a session brings users, another one takes them away, a third is cancelled")
    void sessions() {
        String source =
                org.http()
                        .post(
                                "/api/v1/apps",
                                """
                                {"name": "custom_identity_source", "label": "People",
                                 "signOnMode": "BOOKMARK", "settings": {"app": {}}}""")
                        .expect(200)
                        .text("id");
        String login = "isaac.brock@people.example";

        IdentitySourceSession session = sources.createIdentitySourceSession(source);
        assertThat(session.getStatus()).isEqualTo(IdentitySourceSessionStatus.CREATED);
        sources.uploadIdentitySourceDataForUpsert(source, session.getId(), upsert(login));
        imported(source, session);
        assertThat(users.getUser(login, null, null).getStatus()).isEqualTo(UserStatus.STAGED);

        IdentitySourceSession second = sources.createIdentitySourceSession(source);
        IdentitySourceUserProfileForDelete gone = new IdentitySourceUserProfileForDelete();
        gone.setExternalId("EXT1");
        BulkDeleteRequestBody delete = new BulkDeleteRequestBody();
        delete.setEntityType(BulkDeleteRequestBody.EntityTypeEnum.USERS);
        delete.setProfiles(List.of(gone));
        sources.uploadIdentitySourceDataForDelete(source, second.getId(), delete);
        imported(source, second);
        assertThat(users.getUser(login, null, null).getStatus())
                .isEqualTo(UserStatus.DEPROVISIONED);

        IdentitySourceSession third = sources.createIdentitySourceSession(source);
        sources.deleteIdentitySourceSession(source, third.getId());
        assertThat(sources.listIdentitySourceSessions(source))
                .extracting(IdentitySourceSession::getStatus)
                .containsExactly(
                        IdentitySourceSessionStatus.CLOSED,
                        IdentitySourceSessionStatus.COMPLETED,
                        IdentitySourceSessionStatus.COMPLETED);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> sources.startImportFromIdentitySource(source, third.getId()))
                .satisfies(thrown -> assertThat(thrown.getCode()).isEqualTo(400));
    }

    private void imported(String source, IdentitySourceSession session) {
        assertThat(sources.startImportFromIdentitySource(source, session.getId()).getStatus())
                .isEqualTo(IdentitySourceSessionStatus.TRIGGERED);
        assertThat(
                        Await.until(
                                Duration.ofMinutes(1),
                                () ->
                                        sources.getIdentitySourceSession(source, session.getId())
                                                        .getStatus()
                                                == IdentitySourceSessionStatus.COMPLETED))
                .isTrue();
    }

    private static BulkUpsertRequestBody upsert(String login) {
        IdentitySourceUserProfileForUpsert profile = new IdentitySourceUserProfileForUpsert();
        profile.setUserName(login);
        profile.setEmail(login);
        profile.setFirstName("Isaac");
        profile.setLastName("Brock");
        profile.setHomeAddress("Seattle, WA 98101");
        BulkUpsertRequestBodyProfilesInner one = new BulkUpsertRequestBodyProfilesInner();
        one.setExternalId("EXT1");
        one.setProfile(profile);
        BulkUpsertRequestBody body = new BulkUpsertRequestBody();
        body.setEntityType(BulkUpsertRequestBody.EntityTypeEnum.USERS);
        body.setProfiles(List.of(one));
        return body;
    }
}
