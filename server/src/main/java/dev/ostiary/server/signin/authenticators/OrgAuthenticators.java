package dev.ostiary.server.signin.authenticators;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.signin.factors.EnrolOptions;
import dev.ostiary.server.signin.factors.FactorKind;
import dev.ostiary.server.signin.factors.FactorSettings;
import dev.ostiary.server.signin.factors.NumberChallenge;
import dev.ostiary.server.signin.factors.SecurityKeyRules;
import dev.ostiary.server.signin.factors.TokenProfile;
import dev.ostiary.server.signin.factors.TokenProfile.Encoding;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which factors an org's authenticators allow. Thread-safe. */
public final class OrgAuthenticators implements FactorSettings {

    private final AuthenticatorStore store = new AuthenticatorStore();
    private final AaguidStore models = new AaguidStore();

    @Override
    public Set<FactorKind> available(Reader reader, Org org) {
        return kinds(reader, org, each -> true);
    }

    @Override
    public Set<FactorKind> forSignIn(Reader reader, Org org) {
        return kinds(reader, org, Authenticator::signsIn);
    }

    @Override
    public boolean forRecovery(Reader reader, Org org, FactorKind kind) {
        return kinds(reader, org, Authenticator::recovers).contains(kind);
    }

    private Set<FactorKind> kinds(Reader reader, Org org, Predicate<Authenticator> allowed) {
        Set<FactorKind> kinds = EnumSet.noneOf(FactorKind.class);
        for (Authenticator each : store.all(reader, org)) {
            for (FactorKind kind : FactorKind.values()) {
                if (each.active()
                        && each.key().wire().equals(kind.authenticator())
                        && each.methodActive(kind.method())
                        && allowed.test(each)) {
                    kinds.add(kind);
                }
            }
        }
        return kinds;
    }

    @Override
    public Duration mailLifetime(Reader reader, Org org) {
        return store.all(reader, org).stream()
                .filter(each -> each.key() == AuthenticatorKey.OKTA_EMAIL)
                .map(each -> Json.object(each.settings()).path("tokenLifetimeInMinutes"))
                .filter(JsonNode::isIntegralNumber)
                .map(minutes -> Duration.ofMinutes(minutes.intValue()))
                .findFirst()
                .orElse(EnrolOptions.STANDARD_LIFETIME);
    }

    @Override
    public NumberChallenge numberChallenge(Reader reader, Org org) {
        return store.all(reader, org).stream()
                .filter(each -> each.key() == AuthenticatorKey.OKTA_VERIFY)
                .map(each -> Json.object(each.settings()).at("/channelBinding/required"))
                .map(word -> word.asString(""))
                .flatMap(word -> ChannelBinding.required(word).stream())
                .findFirst()
                .orElse(NumberChallenge.HIGH_RISK_ONLY);
    }

    /** Whether an org has an authenticator of this id. */
    public boolean has(Reader reader, Org org, String id) {
        return store.all(reader, org).stream().anyMatch(each -> each.id().equals(id));
    }

    @Override
    public Optional<TokenProfile> tokens(Reader reader, Org org, String factorProfileId) {
        return store.all(reader, org).stream()
                .filter(each -> each.key() == AuthenticatorKey.CUSTOM_OTP && each.active())
                .filter(each -> each.factorProfileId().equals(factorProfileId))
                .map(OrgAuthenticators::tokens)
                .findFirst();
    }

    @Override
    public SecurityKeyRules keys(Reader reader, Org org) {
        Optional<Authenticator> keys =
                store.all(reader, org).stream()
                        .filter(each -> each.key() == AuthenticatorKey.WEBAUTHN)
                        .findFirst();
        if (keys.isEmpty()) {
            return SecurityKeyRules.STANDARD;
        }
        JsonNode set = keys.get().methodSettings("webauthn").path("settings");
        return new SecurityKeyRules(
                wish(set, "userVerification"),
                wish(set, "userVerificationForVerify"),
                SecurityKeyRules.Attachment.valueOf(set.path("attachment").asString("")),
                wish(set, "residentKeyRequirement"),
                set.path("certBasedAttestationValidation").booleanValue(),
                set.path("hardwareProtected").booleanValue(),
                set.path("fipsCompliant").booleanValue(),
                set.path("allowSyncablePasskeys").booleanValue(),
                models.all(reader).stream()
                        .collect(Collectors.toMap(Aaguid::aaguid, Aaguid::model)),
                groups(set.path("aaguidGroups")),
                RelyingParty.inUse(set));
    }

    private static Map<String, Set<UUID>> groups(JsonNode groups) {
        Map<String, Set<UUID>> all = new HashMap<>();
        for (JsonNode group : groups) {
            Set<UUID> models = new HashSet<>();
            group.path("aaguids")
                    .forEach(text -> AaguidForm.id(text.asString("")).ifPresent(models::add));
            all.put(group.path("name").asString(""), models);
        }
        return all;
    }

    private static SecurityKeyRules.Wish wish(JsonNode set, String name) {
        return SecurityKeyRules.Wish.valueOf(set.path(name).asString(""));
    }

    private static TokenProfile tokens(Authenticator make) {
        ObjectNode set = make.methodSettings("otp");
        return new TokenProfile(
                make.factorProfileId(),
                make.name(),
                MethodSettings.jca(set),
                set.path("passCodeLength").intValue(),
                set.path("timeIntervalInSeconds").intValue(),
                set.path("acceptableAdjacentIntervals").intValue(),
                Encoding.valueOf(set.path("encoding").asString("").toUpperCase(Locale.ROOT)));
    }
}
