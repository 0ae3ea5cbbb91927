package dev.ostiary.server.signin.authenticators;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.signin.factors.FactorAvailability;
import dev.ostiary.server.signin.factors.FactorKind;
import java.util.EnumSet;
import java.util.Set;

/** Which factors an org's authenticators allow. Thread-safe. */
public final class OrgAuthenticators implements FactorAvailability {

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
}
