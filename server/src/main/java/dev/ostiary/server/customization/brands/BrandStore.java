package dev.ostiary.server.customization.brands;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Documents;
import dev.ostiary.platform.store.Documents.Document;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The documents of kinds {@code brand} and {@code theme}: those that were made, and the default
 * ones once changed. Whoever writes holds the org's row, so that nobody else does; readers do not.
 * Thread-safe.
 */
public final class BrandStore {

    /** As many as an org can have custom domains, and the default one. */
    static final int MOST = 201;

    private static final Documents BRANDS = new Documents("brand");
    private static final Documents THEMES = new Documents("theme");

    /** All brands, in the order of their ids, the default one first. */
    List<Brand> all(Reader reader, Org org) {
        List<Brand> brands = new ArrayList<>();
        BRANDS.page(reader, "", MOST).forEach(document -> brands.add(brand(document)));
        if (brands.stream().noneMatch(brand -> brand.isDefault(org))) {
            brands.addFirst(Brand.born(org));
        }
        return brands;
    }

    /**
     * A brand.
     *
     * @throws ApiException {@code E0000007} if there is none
     */
    Brand require(Reader reader, Org org, String id) {
        return find(reader, org, id).orElseThrow(() -> ApiException.notFound(id, Brand.TYPE));
    }

    /** A brand, if there is such a one. */
    Optional<Brand> find(Reader reader, Org org, String id) {
        return BRANDS.get(reader, id)
                .map(BrandStore::brand)
                .or(() -> Optional.of(Brand.born(org)).filter(b -> b.id().equals(id)));
    }

    /** The ids of the apps that brands name, by the brands' ids. */
    Map<String, String> defaultApps(Reader reader) {
        Map<String, String> apps = new HashMap<>();
        for (Document document : BRANDS.page(reader, "", MOST)) {
            @Nullable String app = brand(document).content().defaultApp().instanceId();
            if (app != null) {
                apps.put(document.id(), app);
            }
        }
        return Map.copyOf(apps);
    }

    /**
     * Sees to it that a brand stays until the end of the transaction.
     *
     * @throws ApiException {@code E0000007} if there is none
     */
    public void hold(Tx tx, Org org, String id) {
        ConfigVersionStore.hold(tx);
        require(tx, org, id);
    }

    void save(Tx tx, Brand brand) {
        byte[] body = Json.bytes(out -> Brand.CONTENT.write(out, brand.content()));
        BRANDS.save(tx, brand.id(), json(body), brand.lastUpdated());
        ConfigVersionStore.raise(tx, ConfigArea.BRANDS);
    }

    /** Deletes a brand with its theme. */
    void delete(Tx tx, Brand brand) {
        BRANDS.delete(tx, brand.id());
        THEMES.delete(tx, BrandIds.themeOf(brand.id()));
    }

    /** The theme of a brand. */
    Theme theme(Reader reader, Brand brand) {
        String id = BrandIds.themeOf(brand.id());
        Optional<ObjectNode> kept =
                THEMES.get(reader, id).map(document -> Json.object(document.body()));
        return new Theme(
                id,
                brand.id(),
                kept.map(Theme.LOOK::decode).orElse(Theme.Look.BORN),
                kept.map(BrandStore::pictures).orElse(Map.of()));
    }

    private static Map<Theme.Part, String> pictures(ObjectNode body) {
        Map<Theme.Part, String> pictures = new EnumMap<>(Theme.Part.class);
        for (Theme.Part part : Theme.Part.values()) {
            if (body.hasNonNull(part.property())) {
                pictures.put(part, body.path(part.property()).asString());
            }
        }
        return pictures;
    }

    void save(Tx tx, Theme theme, Instant now) {
        byte[] body =
                Json.bytes(
                        out -> {
                            out.writeStartObject();
                            Theme.LOOK.writeFields(out, theme.look());
                            theme.pictures()
                                    .forEach(
                                            (part, path) ->
                                                    out.writeStringProperty(part.property(), path));
                            out.writeEndObject();
                        });
        THEMES.save(tx, theme.id(), json(body), now);
    }

    private static dev.ostiary.platform.store.Json json(byte[] text) {
        return dev.ostiary.platform.store.Json.ofUtf8(text);
    }

    private static Brand brand(Document document) {
        return new Brand(
                document.id(),
                Brand.CONTENT.decode(Json.object(document.body())),
                document.created(),
                document.lastUpdated());
    }
}
