package dev.ostiary.server.apps.provisioning;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppEvents;
import dev.ostiary.server.apps.AppStore;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tag ApplicationFeatures: there are features where there is a connection that is active.
 * Thread-safe.
 */
public final class AppFeatures implements Family {

    private final Database database;
    private final AppStore apps;
    private final AppEvents events;
    private final Connections connections;
    private final FeatureStore store = new FeatureStore();

    public AppFeatures(
            Database database, AppStore apps, AppEvents events, Connections connections) {
        this.database = database;
        this.apps = apps;
        this.events = events;
        this.connections = connections;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listFeaturesForApplication", this::list).answersMany(Feature.SCHEMA),
                Binding.of("getFeatureForApplication", this::get).answers(Feature.SCHEMA),
                Binding.of("updateFeatureForApplication", this::update)
                        .takes(Schema.object().andOthers())
                        .answers(Feature.SCHEMA)
                        .untilThereAre("apps that users are provisioned to"));
    }

    private Reply list(Request request) {
        Org org = request.org();
        List<Feature> features =
                database.read(
                        org.number(),
                        reader -> {
                            App app =
                                    provisioned(
                                            reader,
                                            apps.require(reader, org, request.variable("appId")));
                            return Arrays.stream(Feature.Name.values())
                                    .map(name -> store.find(reader, app.id(), name))
                                    .toList();
                        });
        return Reply.list(
                features,
                (feature, out) -> feature.write(out, request.baseUrl(), request.variable("appId")));
    }

    private Reply get(Request request) {
        Org org = request.org();
        Feature.Name name = name(request);
        Feature feature =
                database.read(
                        org.number(),
                        reader ->
                                store.find(
                                        reader,
                                        provisioned(
                                                        reader,
                                                        apps.require(
                                                                reader,
                                                                org,
                                                                request.variable("appId")))
                                                .id(),
                                        name));
        return answer(request, feature);
    }

    private Reply update(Request request) {
        Feature.Name name = name(request);
        ObjectNode body = request.object();
        Feature changed =
                database.write(
                        request.org().number(),
                        tx -> {
                            App app =
                                    provisioned(
                                            tx,
                                            apps.held(
                                                    tx,
                                                    request.org(),
                                                    request.variable("appId"),
                                                    AppStore.Lock.ALONE));
                            Feature before = store.find(tx, app.id(), name);
                            Feature after = FeatureRules.changed(before, body);
                            if (!after.capabilities().equals(before.capabilities())) {
                                store.put(tx, app.id(), after);
                                events.updated(tx, app, app);
                            }
                            return after;
                        });
        return answer(request, changed);
    }

    /**
     * The name that the path has.
     *
     * @throws ApiException {@code E0000007} for any other than the two
     */
    private static Feature.Name name(Request request) {
        String text = request.variable("featureName");
        return Feature.Name.of(text).orElseThrow(() -> ApiException.notFound(text, Feature.TYPE));
    }

    private App provisioned(Reader reader, App app) {
        Provisioned.require(app);
        if (!connections.isEnabled(reader, app)) {
            throw ApiException.validation(
                    "feature", "Provisioning is not enabled for the app instance.");
        }
        return app;
    }

    private static Reply answer(Request request, Feature feature) {
        return Reply.ok(out -> feature.write(out, request.baseUrl(), request.variable("appId")));
    }
}
