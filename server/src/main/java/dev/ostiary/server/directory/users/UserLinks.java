package dev.ostiary.server.directory.users;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.http.Urls;
import dev.ostiary.platform.org.Org;
import java.util.EnumSet;
import java.util.Set;

/** The links of a user (Users, "Links object"): all of them by id, only {@code self} in lists. */
final class UserLinks {

    /** The actions that {@code omitCredentialsLinks} leaves out (Users, "Get User"). */
    private static final Set<Step> CREDENTIALS =
            EnumSet.of(
                    Step.CHANGE_PASSWORD,
                    Step.CHANGE_RECOVERY_QUESTION,
                    Step.FORGOT_PASSWORD,
                    Step.RESET_PASSWORD,
                    Step.UNLOCK);

    private UserLinks() {}

    static Links inList(String baseUrl, User user) {
        return new Links().to("self", self(baseUrl, user));
    }

    static Links all(String baseUrl, Org org, User user, boolean withCredentials) {
        String self = self(baseUrl, user);
        UserType type = UserType.of(org, user);
        Links links =
                new Links()
                        .to("self", self)
                        .to("type", baseUrl + "/api/v1/meta/types/user/" + type.id())
                        .to("schema", baseUrl + "/api/v1/meta/schemas/user/" + type.schemaId());
        for (Step step : Step.values()) {
            if (step.allows(user) && (withCredentials || !CREDENTIALS.contains(step))) {
                links.action(step.relation(), self + "/" + step.path(), "POST");
            }
        }
        if (user.status() == UserStatus.DEPROVISIONED) {
            links.action("delete", self, "DELETE");
        }
        return links;
    }

    private static String self(String baseUrl, User user) {
        return baseUrl + "/api/v1/users/" + Urls.segment(user.id());
    }
}
