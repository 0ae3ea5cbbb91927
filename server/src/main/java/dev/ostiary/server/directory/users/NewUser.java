package dev.ostiary.server.directory.users;

import dev.ostiary.platform.http.Query;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.org.Org;
import dev.ostiary.server.directory.realms.RealmCandidate;
import dev.ostiary.server.directory.realms.RealmSet;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import dev.ostiary.server.directory.schemas.SchemaSet;
import dev.ostiary.server.directory.users.CredentialsBody.ProviderBody;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The user that a client wants to have made, judged as a whole: every cause of a refusal at once.
 *
 * @param profile the complete profile
 * @param credentials how the user is to sign in
 * @param provider who checks the password
 * @param groupIds groups to begin in
 * @param typeId the user type; null for the default one
 * @param realmId the realm; null for the default one
 * @param activate whether the account is activated at once
 * @param expired whether the password has to be changed at the first sign-in
 */
record NewUser(
        Profile profile,
        NewCredentials credentials,
        Provider provider,
        List<String> groupIds,
        @Nullable String typeId,
        @Nullable String realmId,
        boolean activate,
        boolean expired) {

    private static final String SUBJECT = "newUser";
    private static final int LONGEST_NAME = 100;

    /**
     * What a new user is judged by.
     *
     * @param rules what a password and an answer have to be like
     * @param schemas what a profile may hold
     * @param realms where users get
     * @param now the moment
     */
    record Setting(CredentialRules rules, SchemaSet schemas, RealmSet realms, Instant now) {}

    /**
     * Reads body and query of {@code createUser}.
     *
     * @throws dev.ostiary.platform.problem.ApiException {@code E0000001} with all causes
     */
    static NewUser read(ObjectNode json, Query query, Org org, Setting setting) {
        Reading reading = new Reading();
        UserBody body = UserBody.read(json, reading);
        TypeAndSchema type = TypeAndSchema.named(body, setting.schemas(), org, null, reading);
        ObjectNode profile = profile(body, type.schema(), json, reading);
        @Nullable String realmId =
                UserRealms.ofNew(
                        body,
                        setting.realms(),
                        new RealmCandidate(org, setting.schemas(), profile, setting.now()),
                        reading);
        @Nullable List<String> named = body.groupIds();
        List<String> groupIds = named == null ? List.of() : named;
        NewCredentials credentials =
                NewCredentials.of(
                        body.credentials(), profile, setting.rules().ofNew(org, groupIds), reading);
        Provider provider = provider(body, credentials, query, reading);
        boolean activate = query.flag("activate", true);
        boolean expired = activate && changesPasswordNext(query, reading);
        reading.finish();
        return new NewUser(
                Profile.of(profile),
                credentials,
                provider,
                groupIds,
                type.typeId(),
                realmId,
                activate,
                expired && credentials.setsPassword());
    }

    /**
     * The first user of an org that is yet to be made, active at once: profile and credentials of
     * an {@code admin} (schema {@code OrgCreationAdmin}). What is wrong is told to the reading, and
     * the result is then of no use.
     */
    static NewUser first(ObjectNode json, NewCredentials.Rules rules, Reading reading) {
        UserBody body = UserBody.read(json, reading);
        ObjectNode profile = profile(body, ProfileSchema.USER, json, reading);
        NewCredentials credentials = NewCredentials.of(body.credentials(), profile, rules, reading);
        Provider provider = credentials.isImport() ? Provider.IMPORT : Provider.OKTA;
        return new NewUser(
                Profile.of(profile), credentials, provider, List.of(), null, null, true, false);
    }

    static ObjectNode profile(
            UserBody body, ProfileSchema schema, ObjectNode json, Reading reading) {
        @Nullable ObjectNode given = body.profile();
        if (given != null) {
            return schema.complete(given, SUBJECT, reading);
        }
        if (!json.hasNonNull("profile")) {
            reading.wrong(Path.root(SUBJECT).field("profile"), "The field cannot be left blank");
        }
        return json.objectNode();
    }

    /** Only with {@code provider=true} is the provider the client's to say. */
    private static Provider provider(
            UserBody body, NewCredentials credentials, Query query, Reading reading) {
        @Nullable CredentialsBody given = body.credentials();
        @Nullable ProviderBody wanted = given == null ? null : given.provider();
        if (!query.flag("provider", false) || wanted == null || wanted.type() == null) {
            return credentials.isImport() ? Provider.IMPORT : Provider.OKTA;
        }
        return provider(wanted, credentials, reading);
    }

    /** The provider that is named, if it suits the credentials. */
    static Provider provider(ProviderBody wanted, NewCredentials credentials, Reading reading) {
        Path at = Path.root("provider").field("provider");
        Optional<Provider.Type> type =
                Arrays.stream(Provider.Type.values())
                        .filter(known -> known.name().equals(wanted.type()))
                        .findFirst();
        if (type.isEmpty()) {
            reading.wrong(at.field("type"), "The value is not a known provider type");
            return Provider.OKTA;
        }
        @Nullable String name = wanted.name();
        if (name != null && name.length() > LONGEST_NAME) {
            reading.wrong(
                    at.field("name"),
                    "The field is too long: at most " + LONGEST_NAME + " characters are allowed");
        }
        Provider provider = new Provider(type.get(), name == null ? type.get().name() : name);
        if (provider.isForeign()
                && (credentials.setsPassword() || credentials.question() != null)) {
            reading.wrong(
                    at,
                    "A password or recovery question is not supported by the provider "
                            + provider.type());
        }
        return provider;
    }

    private static boolean changesPasswordNext(Query query, Reading reading) {
        Optional<String> next = query.text("nextLogin");
        if (next.isPresent() && !next.get().equals("changePassword")) {
            reading.wrong(
                    Path.root("nextLogin").field("nextLogin"), "The value must be changePassword");
        }
        return next.isPresent();
    }

    /** The user as it begins (WIRE, "What the server adds on create"). */
    User begin(String id, Instant now) {
        UserStatus status = status();
        boolean active = status != UserStatus.STAGED;
        return new User(
                id,
                1,
                status,
                now,
                active ? now : null,
                active ? now : null,
                null,
                now,
                credentials.setsPassword() ? now : null,
                typeId,
                realmId,
                profile,
                credentials.setsPassword(),
                credentials.question(),
                provider);
    }

    private UserStatus status() {
        if (!activate) {
            return UserStatus.STAGED;
        }
        if (expired) {
            return UserStatus.PASSWORD_EXPIRED;
        }
        return credentials.setsPassword() || provider.isForeign()
                ? UserStatus.ACTIVE
                : UserStatus.PROVISIONED;
    }
}
