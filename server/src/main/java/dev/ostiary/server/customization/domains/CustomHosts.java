package dev.ostiary.server.customization.domains;

import com.github.benmanes.caffeine.cache.Cache;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgDirectory;
import dev.ostiary.platform.org.ShortMemory;
import dev.ostiary.platform.secret.Purpose;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.tls.CustomCertificate;
import dev.ostiary.server.customization.domains.CustomDomainStore.Served;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Orgs by their custom domains, and the certificates of those, as handshakes and requests ask for
 * them. What was read is believed for a second, so a change on another node is seen a second later.
 * Thread-safe.
 */
public final class CustomHosts implements OrgDirectory {

    private static final Logger LOG = System.getLogger(CustomHosts.class.getName());
    private static final int KEPT = 2_000;

    private final Database database;
    private final Sealed sealed;
    private final OrgDirectory orgs;
    private final Cache<String, Optional<Host>> known;
    private final Cache<Long, Optional<String>> ofOrgs;

    private record Host(String orgName, CustomCertificate certificate) {}

    /**
     * @param orgs finds orgs by everything else
     */
    public CustomHosts(Database database, Sealed sealed, OrgDirectory orgs, InstantSource time) {
        this.database = database;
        this.sealed = sealed;
        this.orgs = orgs;
        this.known = ShortMemory.of(KEPT, time);
        this.ofOrgs = ShortMemory.of(KEPT, time);
    }

    @Override
    public Optional<Org> byName(String name) {
        return orgs.byName(name);
    }

    @Override
    public Optional<Org> byPort(int port) {
        return orgs.byPort(port);
    }

    @Override
    public Optional<Org> byHost(String host) {
        return find(host).flatMap(found -> orgs.byName(found.orgName()));
    }

    /** A custom domain at which an org is served, the first of them, if there is one. */
    public Optional<String> of(Org org) {
        return ofOrgs.get(
                org.number(), number -> database.read(number, CustomDomainStore::firstServed));
    }

    /** The certificate of a host that is served for some org. */
    public Optional<CustomCertificate> certificate(String host) {
        return find(host).map(Host::certificate);
    }

    /** The host has changed here; the next who asks reads it. */
    void forget(String host) {
        known.invalidate(host);
    }

    private Optional<Host> find(String host) {
        Optional<Host> found = known.getIfPresent(host);
        if (found == null) {
            found = DomainName.read(host).filter(host::equals).flatMap(this::read);
            known.put(host, found);
        }
        return found;
    }

    private Optional<Host> read(String host) {
        return database.acrossOrgs(tx -> CustomDomainStore.served(tx, host))
                .flatMap(served -> open(served, host));
    }

    private Optional<Host> open(Served served, String host) {
        Purpose purpose = new Purpose(served.org(), CustomDomains.SEALED_FIELD, served.domainId());
        String key = new String(sealed.open(purpose, served.sealedKey()), StandardCharsets.UTF_8);
        try {
            return Optional.of(
                    new Host(
                            served.orgName(),
                            CustomCertificate.read(
                                    new CustomCertificate.Texts(
                                            served.certificate(), served.chain(), key))));
        } catch (CustomCertificate.Unfit e) {
            LOG.log(
                    Level.WARNING,
                    "the certificate of {0} cannot be read: {1}",
                    host,
                    e.getMessage());
            return Optional.empty();
        }
    }
}
