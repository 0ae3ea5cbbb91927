package dev.ostiary.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.okta.sdk.resource.api.EventHookApi;
import com.okta.sdk.resource.api.HookKeyApi;
import com.okta.sdk.resource.api.InlineHookApi;
import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.model.DetailedHookKeyInstance;
import com.okta.sdk.resource.model.EventHook;
import com.okta.sdk.resource.model.EventHookChannel;
import com.okta.sdk.resource.model.EventHookChannelConfig;
import com.okta.sdk.resource.model.EventHookChannelConfigAuthScheme;
import com.okta.sdk.resource.model.EventHookChannelConfigAuthSchemeType;
import com.okta.sdk.resource.model.EventHookChannelType;
import com.okta.sdk.resource.model.EventHookVerificationStatus;
import com.okta.sdk.resource.model.EventSubscriptionType;
import com.okta.sdk.resource.model.EventSubscriptions;
import com.okta.sdk.resource.model.HookKey;
import com.okta.sdk.resource.model.InlineHook;
import com.okta.sdk.resource.model.InlineHookStatus;
import com.okta.sdk.resource.model.KeyRequest;
import dev.ostiary.conformance.harness.HookReceiver;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import dev.ostiary.conformance.hooks.HookBodies;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@DisplayName("Java SDK: hooks")
class HookJourneyTest {

    private final Org org;
    private final OktaSdk sdk;

    HookJourneyTest(Server server, Org org) {
        this.org = org;
        this.sdk = OktaSdk.of(server, org);
    }

    @Test
    @DisplayName("an event hook is made, verified, replaced, switched off and deleted")
    void eventHooks() {
        EventHookApi hooks = new EventHookApi(sdk.client());
        try (HookReceiver receiver = HookReceiver.open()) {
            EventHook asked =
                    new EventHook()
                            .name("SDK")
                            .events(
                                    new EventSubscriptions()
                                            .type(EventSubscriptionType.EVENT_TYPE)
                                            .additemsItem("user.lifecycle.create"))
                            .channel(
                                    new EventHookChannel()
                                            .type(EventHookChannelType.HTTP)
                                            .version("1.0.0")
                                            .config(
                                                    new EventHookChannelConfig()
                                                            .uri(receiver.url("/hook"))
                                                            .authScheme(
                                                                    new EventHookChannelConfigAuthScheme()
                                                                            .type(
                                                                                    EventHookChannelConfigAuthSchemeType
                                                                                            .HEADER)
                                                                            .key("Authorization")
                                                                            .value("s3cret"))));
            EventHook made = hooks.createEventHook(asked);
            assertThat(made.getId()).startsWith("who");
            assertThat(made.getStatus()).isEqualTo(EventHook.StatusEnum.ACTIVE);
            assertThat(made.getVerificationStatus())
                    .isEqualTo(EventHookVerificationStatus.UNVERIFIED);
            assertThat(made.getChannel().getConfig().getMethod()).isEqualTo("POST");
            assertThat(hooks.getEventHook(made.getId())).isEqualTo(made);
            assertThat(hooks.listEventHooks()).contains(made);

            assertThat(hooks.verifyEventHook(made.getId()).getVerificationStatus())
                    .isEqualTo(EventHookVerificationStatus.VERIFIED);
            asked.setName("SDK again");
            assertThat(hooks.replaceEventHook(made.getId(), asked).getName())
                    .isEqualTo("SDK again");
            assertThat(hooks.deactivateEventHook(made.getId()).getStatus())
                    .isEqualTo(EventHook.StatusEnum.INACTIVE);
            hooks.deleteEventHook(made.getId());
            assertThatExceptionOfType(ApiException.class)
                    .isThrownBy(() -> hooks.getEventHook(made.getId()))
                    .satisfies(thrown -> assertThat(thrown.getMessage()).contains("(Webhook)"));
        }
    }

    @Test
    @DisplayName("an inline hook is read, listed by type, switched and deleted")
    void inlineHooks() {
        InlineHookApi hooks = new InlineHookApi(sdk.client());
        String id =
                org.http()
                        .post(
                                "/api/v1/inlineHooks",
                                HookBodies.inlineHook(
                                        "SDK",
                                        "com.okta.oauth2.tokens.transform",
                                        "https://example.com/ask"))
                        .expect(200)
                        .text("id");
        InlineHook hook = hooks.getInlineHook(id);
        assertThat(hook.getId()).startsWith("cal");
        assertThat(hook.getStatus()).isEqualTo(InlineHookStatus.ACTIVE);
        assertThat(hook.getVersion()).isEqualTo("1.0.0");
        assertThat(hooks.listInlineHooks("com.okta.oauth2.tokens.transform"))
                .extracting(InlineHook::getId)
                .contains(id);
        assertThat(hooks.listInlineHooks("com.okta.saml.tokens.transform")).isEmpty();
        assertThat(hooks.deactivateInlineHook(id).getStatus()).isEqualTo(InlineHookStatus.INACTIVE);
        assertThat(hooks.activateInlineHook(id).getStatus()).isEqualTo(InlineHookStatus.ACTIVE);
        hooks.deactivateInlineHook(id);
        hooks.deleteInlineHook(id);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> hooks.getInlineHook(id))
                .satisfies(thrown -> assertThat(thrown.getMessage()).contains("(InlineHook)"));
    }

    @Test
    @DisplayName("a hook key is made with its public half, renamed and deleted")
    void hookKeys() {
        HookKeyApi keys = new HookKeyApi(sdk.client());
        DetailedHookKeyInstance made = keys.createHookKey(new KeyRequest().name("SDK"));
        assertThat(made.getId()).startsWith("HKY").hasSize(20);
        assertThat(made.getEmbedded().getKid()).isEqualTo(made.getKeyId());
        assertThat(keys.getPublicKey(made.getKeyId()).getN()).isEqualTo(made.getEmbedded().getN());
        assertThat(keys.listHookKeys()).extracting(HookKey::getName).contains("SDK");
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> keys.createHookKey(new KeyRequest().name("sdk")))
                .satisfies(thrown -> assertThat(thrown.getCode()).isEqualTo(400));
        assertThat(keys.replaceHookKey(made.getId(), new KeyRequest().name("Renamed")).getName())
                .isEqualTo("Renamed");
        assertThat(keys.getHookKey(made.getId()).getName()).isEqualTo("Renamed");
        keys.deleteHookKey(made.getId());
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> keys.getHookKey(made.getId()))
                .satisfies(thrown -> assertThat(thrown.getCode()).isEqualTo(404));
    }
}
