package dev.ostiary.server.customization.brands;

import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** What brands know of custom domains. Implementations are thread-safe. */
public interface BrandDomains {

    /** All domains, by the brand that they show. */
    Map<String, List<Entry>> byBrand(Reader reader, Org org);

    /** What an entry looks like. */
    Schema schema();

    /** One of them. */
    interface Entry {

        /** Writes it as it stands in a list. */
        void write(JsonGenerator out, String baseUrl);
    }
}
