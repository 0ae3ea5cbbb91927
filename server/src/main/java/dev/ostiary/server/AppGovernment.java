package dev.ostiary.server;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppLinks;
import dev.ostiary.server.apps.AppPolicies;
import dev.ostiary.server.policy.PolicyDirectory;
import dev.ostiary.server.policy.kind.PolicyType;
import java.util.Objects;
import java.util.Optional;

/** How policies and apps know each other: what apps ask of policies, and which are linked. */
final class AppGovernment implements AppPolicies, AppLinks {

    private final PolicyDirectory policies = new PolicyDirectory();

    @Override
    public Optional<Kind> kind(Reader reader, Org org, String policyId) {
        PolicyType type = policies.type(reader, org, policyId).orElse(null);
        if (type == PolicyType.ACCESS_POLICY) {
            return Optional.of(Kind.ACCESS);
        }
        return type == PolicyType.PROFILE_ENROLLMENT
                ? Optional.of(Kind.ENROLLMENT)
                : Optional.empty();
    }

    @Override
    public boolean exists(Reader reader, Org org, String policyId) {
        return policies.type(reader, org, policyId).isPresent();
    }

    @Override
    public String born(Kind kind, Org org) {
        return PolicyDirectory.born(
                switch (kind) {
                    case ACCESS -> PolicyType.ACCESS_POLICY;
                    case ENROLLMENT -> PolicyType.PROFILE_ENROLLMENT;
                },
                org);
    }

    @Override
    public void add(Links links, Org org, App app, String baseUrl) {
        String all = baseUrl + "/api/v1/policies/";
        links.to(
                "accessPolicy",
                all + app.policy(Kind.ACCESS).orElseGet(() -> born(Kind.ACCESS, org)));
        links.to(
                "profileEnrollment",
                all + app.policy(Kind.ENROLLMENT).orElseGet(() -> born(Kind.ENROLLMENT, org)));
        links.hinted("policies", baseUrl + "/api/v1/apps/" + app.id() + "/policies", "PUT");
    }

    /** Apps have a picture of their own once somebody uploads one. */
    @Override
    public String logo(App app, String baseUrl) {
        return baseUrl + Objects.requireNonNullElse(app.logo(), "/assets/img/logos/default.png");
    }
}
