package dev.ostiary.server.delivery;

import dev.ostiary.platform.context.Language;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;

/**
 * What an org speaks with whoever is not known to speak something else (guide "Customize email
 * notifications": the user's locale, else the org's display language; guide "Customize your brand":
 * each brand has its own, and its own domain). Implementations are thread-safe.
 */
@FunctionalInterface
public interface OrgLanguage {

    /**
     * The language of the brand whose domain the request was sent to, or of the org; English where
     * messages do not speak it.
     */
    Language of(Reader reader, Org org);
}
