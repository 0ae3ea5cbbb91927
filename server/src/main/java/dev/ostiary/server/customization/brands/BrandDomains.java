package dev.ostiary.server.customization.brands;

import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** What brands know of custom domains. Implementations are thread-safe. */
public interface BrandDomains {

    /** The domains that show a brand. */
    List<? extends Entry> of(Reader reader, Org org, String brandId);

    /** What an entry looks like. */
    Schema schema();

    /** One of them. */
    interface Entry {

        /** Writes it as it stands in a list. */
        void write(JsonGenerator out, String baseUrl);
    }
}
