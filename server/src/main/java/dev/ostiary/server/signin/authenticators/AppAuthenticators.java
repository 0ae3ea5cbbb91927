package dev.ostiary.server.signin.authenticators;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.problem.ApiException;
import java.util.List;

/**
 * What apps on phones read of the authenticators that they are ({@code
 * /.well-known/app-authenticator-configuration}). Each is bound to an OAuth client; there are none
 * yet that an org makes of its own apps.
 */
final class AppAuthenticators {

    private static final Schema CONFIGURATION =
            Schema.object("WellKnownAppAuthenticatorConfiguration")
                    .maybe("authenticatorId", Schema.TEXT)
                    .maybe("appAuthenticatorEnrollEndpoint", Schema.TEXT)
                    .maybe("createdDate", Schema.MOMENT)
                    .maybe("key", Schema.TEXT)
                    .maybe("lastUpdated", Schema.MOMENT)
                    .maybe("name", Schema.TEXT)
                    .maybe("orgId", Schema.TEXT)
                    .maybe("settings", Schema.DOCUMENT)
                    .maybe("supportedMethods", Schema.list(Schema.DOCUMENT))
                    .maybe("type", Schema.TEXT);

    private AppAuthenticators() {}

    static List<Binding> bindings() {
        return List.of(
                Binding.of("getWellKnownAppAuthenticatorConfiguration", AppAuthenticators::list)
                        .answersMany(CONFIGURATION)
                        .untilThereAre("custom app authenticators"));
    }

    private static Reply list(Request request) {
        if (request.query().text("oauthClientId").filter(id -> !id.isBlank()).isEmpty()) {
            throw ApiException.of("E0000028");
        }
        return Reply.list(List.of(), (none, out) -> {});
    }
}
