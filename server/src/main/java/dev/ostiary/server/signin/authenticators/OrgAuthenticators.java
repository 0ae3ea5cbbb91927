package dev.ostiary.server.signin.authenticators;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.signin.factors.FactorKind;
import dev.ostiary.server.signin.factors.FactorSettings;
import dev.ostiary.server.signin.factors.TokenProfile;
import dev.ostiary.server.signin.factors.TokenProfile.Encoding;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Which factors an org's authenticators allow. Thread-safe. */
public final class OrgAuthenticators implements FactorSettings {

    private final AuthenticatorStore store = new AuthenticatorStore();

    @Override
    public Set<FactorKind> available(Reader reader, Org org) {
        Set<FactorKind> available = EnumSet.noneOf(FactorKind.class);
        for (Authenticator each : store.all(reader, org)) {
            for (FactorKind kind : FactorKind.values()) {
                if (each.active()
                        && each.key().wire().equals(kind.authenticator())
                        && each.methodActive(kind.method())) {
                    available.add(kind);
                }
            }
        }
        return available;
    }

    @Override
    public Optional<TokenProfile> tokens(Reader reader, Org org, String factorProfileId) {
        return store.all(reader, org).stream()
                .filter(each -> each.key() == AuthenticatorKey.CUSTOM_OTP && each.active())
                .filter(each -> each.factorProfileId().equals(factorProfileId))
                .map(OrgAuthenticators::tokens)
                .findFirst();
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
