package dev.ostiary.server.customization.brands;

import dev.ostiary.platform.http.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A brand with what the client wants to see with it; null for what it does not. */
record ShownBrand(Brand brand, @Nullable Theme theme, @Nullable List<BrandDomains.Entry> domains) {

    void write(JsonGenerator out, Request request) {
        brand.begin(out, request.org());
        if (theme != null || domains != null) {
            out.writeObjectPropertyStart("_embedded");
            if (theme != null) {
                out.writeArrayPropertyStart("themes");
                theme.write(out, request.baseUrl());
                out.writeEndArray();
            }
            if (domains != null) {
                writeDomains(out, domains, request);
            }
            out.writeEndObject();
        }
        brand.end(out, request.org(), request.baseUrl());
    }

    static void writeDomains(JsonGenerator out, List<BrandDomains.Entry> all, Request request) {
        out.writeArrayPropertyStart("domains");
        all.forEach(domain -> domain.write(out, request.baseUrl()));
        out.writeEndArray();
    }
}
