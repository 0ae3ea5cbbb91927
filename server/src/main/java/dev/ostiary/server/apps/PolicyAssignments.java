package dev.ostiary.server.apps;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The tag ApplicationPolicies: which policies govern an app. Thread-safe. */
public final class PolicyAssignments implements Family {

    private final Database database;
    private final InstantSource time;
    private final AppStore apps;
    private final AppEvents events;
    private final AppPolicies policies;
    private final AppLinks links;

    public PolicyAssignments(
            Database database,
            InstantSource time,
            AppStore apps,
            AppEvents events,
            AppPolicies policies,
            AppLinks links) {
        this.database = database;
        this.time = time;
        this.apps = apps;
        this.events = events;
        this.policies = policies;
        this.links = links;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("assignApplicationPolicy", this::assign),
                Binding.of("listPolicyApps", this::governed).answersMany(AppJson.SCHEMA));
    }

    private Reply governed(Request request) {
        Org org = request.org();
        String policyId = request.variable("policyId");
        List<App> all =
                database.read(
                        org.number(),
                        reader -> {
                            if (!Ids.isId(policyId) || !policies.exists(reader, org, policyId)) {
                                throw unknown(policyId);
                            }
                            return apps.byIds(
                                    reader, apps.governed(reader, org, policyId, policies));
                        });
        AppJson json = new AppJson(request.baseUrl(), org, links);
        return Reply.list(all, (app, out) -> json.write(out, app));
    }

    private static ApiException unknown(String policyId) {
        return ApiException.notFound(policyId, "Policy");
    }

    private Reply assign(Request request) {
        Org org = request.org();
        String policyId = request.variable("policyId");
        database.write(
                org.number(),
                tx -> {
                    ConfigVersionStore.raise(tx, ConfigArea.APPS);
                    App app = apps.held(tx, org, request.variable("appId"), AppStore.Lock.ALL);
                    AppPolicies.Kind kind = kind(tx, org, policyId);
                    App after =
                            app.governedBy(
                                    kind, policyId, time.instant().truncatedTo(ChronoUnit.MILLIS));
                    if (!after.policy(kind).equals(app.policy(kind))) {
                        apps.update(tx, after);
                        tx.emit(
                                events.of("application.policy.sign_on.update", after)
                                        .target(policyId, "PolicyEntity", null, policyId));
                    }
                    return after;
                });
        return Reply.noContent();
    }

    private AppPolicies.Kind kind(Tx tx, Org org, String policyId) {
        if (!Ids.isId(policyId) || !policies.exists(tx, org, policyId)) {
            throw unknown(policyId);
        }
        return policies.kind(tx, org, policyId)
                .orElseThrow(
                        () ->
                                ApiException.validation(
                                        "policyId",
                                        "policyId: The type of the policy does not govern apps"));
    }
}
