package dev.ostiary.conformance.sdk;

import com.okta.sdk.authc.credentials.TokenClientCredentials;
import com.okta.sdk.cache.Caches;
import com.okta.sdk.client.AuthorizationMode;
import com.okta.sdk.client.Clients;
import com.okta.sdk.resource.api.ApiTokenApi;
import com.okta.sdk.resource.api.GroupApi;
import com.okta.sdk.resource.api.OrgCreatorApi;
import com.okta.sdk.resource.api.SystemLogApi;
import com.okta.sdk.resource.api.UserApi;
import com.okta.sdk.resource.api.UserCredApi;
import com.okta.sdk.resource.api.UserLifecycleApi;
import com.okta.sdk.resource.api.UserResourcesApi;
import com.okta.sdk.resource.client.ApiClient;
import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.common.PagedList;
import com.okta.sdk.resource.model.User;
import com.okta.sdk.resource.user.UserBuilder;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.ServiceApp;
import dev.ostiary.conformance.harness.Trust;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The SDK's client of one org, made as the SDK's documentation says; trust comes by {@code
 * javax.net.ssl.trustStore}.
 */
final class OktaSdk {

    private final ApiClient client;

    private OktaSdk(ApiClient client) {
        this.client = client;
    }

    static OktaSdk of(Server server, Org org) {
        return of(server, org, org.apiToken());
    }

    /** A client that proves itself by a service app's key. */
    static OktaSdk of(Server server, ServiceApp app, Set<String> scopes) {
        trust(server);
        return new OktaSdk(
                Clients.builder()
                        .setOrgUrl(app.org().url())
                        .setAuthorizationMode(AuthorizationMode.PRIVATE_KEY)
                        .setClientId(app.clientId())
                        .setKid(app.key().id())
                        .setPrivateKey(app.key().pem())
                        .setScopes(scopes)
                        .setCacheManager(Caches.newDisabledCacheManager())
                        .build());
    }

    /** Makes the JVM trust the server, for clients that know no other way. */
    static void trust(Server server) {
        System.setProperty(
                "javax.net.ssl.trustStore",
                server.trust().writeTo(server.data().resolveSibling("trust.p12")).toString());
        System.setProperty("javax.net.ssl.trustStorePassword", Trust.STORE_PASSWORD);
    }

    static OktaSdk of(Server server, Org org, String token) {
        trust(server);
        return new OktaSdk(
                Clients.builder()
                        .setOrgUrl(org.url())
                        .setClientCredentials(new TokenClientCredentials(token))
                        .setCacheManager(Caches.newDisabledCacheManager())
                        .build());
    }

    ApiClient client() {
        return client;
    }

    UserApi users() {
        return new UserApi(client);
    }

    UserLifecycleApi lifecycle() {
        return new UserLifecycleApi(client);
    }

    UserCredApi credentials() {
        return new UserCredApi(client);
    }

    UserResourcesApi resources() {
        return new UserResourcesApi(client);
    }

    GroupApi groups() {
        return new GroupApi(client);
    }

    ApiTokenApi tokens() {
        return new ApiTokenApi(client);
    }

    OrgCreatorApi orgs() {
        return new OrgCreatorApi(client);
    }

    SystemLogApi log() {
        return new SystemLogApi(client);
    }

    /** An active user with {@link Directory#PASSWORD}. */
    User active(String login) {
        return named(login)
                .setPassword(Directory.PASSWORD.toCharArray())
                .setActive(true)
                .buildAndCreate(users());
    }

    /** What a user needs, with this login. */
    static UserBuilder named(String login) {
        return UserBuilder.instance()
                .setFirstName("Grace")
                .setLastName("Hopper")
                .setEmail(login)
                .setLogin(login);
    }

    List<User> list(@Nullable String q, @Nullable String filter, @Nullable String search) {
        return pages(after -> users().listUsers(null, q, after, null, filter, search, null, null));
    }

    /**
     * Every element of every page, each page asked for with the cursor that the one before gave.
     */
    static <T> List<T> pages(Function<@Nullable String, List<T>> page) {
        List<T> all = new ArrayList<>();
        String after = null;
        do {
            List<T> next = page.apply(after);
            all.addAll(next);
            after = after(next);
        } while (after != null);
        return all;
    }

    /** The cursor of the next page, or null on the last one. */
    @SuppressWarnings(
            "deprecation") // the way that the SDK offers beside it is not safe for threads
    static @Nullable String after(List<?> page) {
        return page instanceof PagedList<?> paged && paged.getNextPage() != null
                ? paged.getAfter()
                : null;
    }

    /** The error object that the SDK got. */
    static JsonNode error(ApiException thrown) {
        return Json.parse(thrown.getResponseBody());
    }
}
