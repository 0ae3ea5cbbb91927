package dev.ostiary.server.apps;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import java.util.List;
import java.util.Set;

/**
 * The tag ApplicationFeatures. No app is provisioned from here, and the original says of such apps
 * what is said here of all (WIRE, "Errors").
 */
public final class AppFeatures implements Family {

    private static final Set<String> NAMES = Set.of("USER_PROVISIONING", "INBOUND_PROVISIONING");

    private final Database database;
    private final AppStore apps;

    public AppFeatures(Database database, AppStore apps) {
        this.database = database;
        this.apps = apps;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listFeaturesForApplication", this::refuse)
                        .answersMany(Schema.ANY)
                        .untilThereAre("apps that users are provisioned to"),
                Binding.of("getFeatureForApplication", this::refuseNamed)
                        .answers(Schema.ANY)
                        .untilThereAre("apps that users are provisioned to"));
    }

    private Reply refuse(Request request) {
        database.read(
                request.org().number(),
                reader -> apps.require(reader, request.org(), request.variable("appId")));
        throw ApiException.validation("feature", "Provisioning is not supported.");
    }

    private Reply refuseNamed(Request request) {
        String name = request.variable("featureName");
        if (!NAMES.contains(name)) {
            throw ApiException.notFound(name, "PublicAppFeatureSetName");
        }
        return refuse(request);
    }
}
