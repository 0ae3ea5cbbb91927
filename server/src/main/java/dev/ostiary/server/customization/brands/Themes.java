package dev.ostiary.server.customization.brands;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.customization.brands.Theme.Part;
import dev.ostiary.server.customization.pictures.Picture;
import dev.ostiary.server.customization.pictures.PictureKind;
import dev.ostiary.server.customization.pictures.Pictures;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/** The tag Themes: a brand has one theme. Thread-safe. */
public final class Themes implements Family {

    private final Database database;
    private final InstantSource time;
    private final EventCatalogue events;
    private static final int LOGO_BYTES = 100 * 1000;
    private static final int ORG_LOGO_BYTES = 1 << 20;
    private static final int BACKGROUND_BYTES = 2 * 1000 * 1000;
    private static final int FAVICON_BYTES = 1 << 20;
    private static final int FAVICON_PIXELS = 512;
    private static final Set<PictureKind> KINDS =
            Set.of(PictureKind.PNG, PictureKind.JPEG, PictureKind.GIF);
    private static final Set<PictureKind> ICONS = Set.of(PictureKind.PNG, PictureKind.ICO);

    private static final Schema UPLOADED =
            Schema.object("ImageUploadResponse").always("url", Schema.TEXT);

    private final BrandStore store;
    private final Pictures pictures;

    /** The family over these neighbours. */
    public Themes(
            Database database,
            InstantSource time,
            EventCatalogue events,
            BrandStore store,
            Pictures pictures) {
        this.pictures = pictures;
        this.database = database;
        this.time = time;
        this.events = events;
        this.store = store;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listBrandThemes", this::list).answersMany(Theme.SCHEMA),
                Binding.of("getBrandTheme", this::get).answers(Theme.SCHEMA),
                Binding.of("replaceBrandTheme", this::replace)
                        .takes(Theme.LOOK)
                        .answers(Theme.SCHEMA),
                Binding.of("uploadBrandThemeLogo", this::logo)
                        .takesFile(LOGO_BYTES)
                        .answers(UPLOADED),
                Binding.of("uploadOrgLogoImage", this::orgLogo).takesFile(ORG_LOGO_BYTES),
                Binding.of("deleteBrandThemeLogo", request -> delete(request, Part.LOGO)),
                Binding.of("uploadBrandThemeFavicon", this::favicon)
                        .takesFile(FAVICON_BYTES)
                        .answers(UPLOADED),
                Binding.of("deleteBrandThemeFavicon", request -> delete(request, Part.FAVICON)),
                Binding.of("uploadBrandThemeBackgroundImage", this::background)
                        .takesFile(BACKGROUND_BYTES)
                        .answers(UPLOADED),
                Binding.of(
                        "deleteBrandThemeBackgroundImage",
                        request -> delete(request, Part.BACKGROUND)));
    }

    /** 200, unlike the other two, as the published description has it. */
    private Reply logo(Request request) {
        Picture picture = Pictures.uploaded(request, KINDS, LOGO_BYTES);
        return shown(200, request, Part.LOGO, picture);
    }

    /**
     * The logo of the org, from before there were brands, is that of the default brand's theme.
     * Answers its address alone (Org API, "Upload Logo for org").
     */
    private Reply orgLogo(Request request) {
        Picture picture = Pictures.uploaded(request, KINDS, ORG_LOGO_BYTES);
        Org org = request.org();
        String path =
                database.write(
                        org.number(),
                        tx -> {
                            ConfigVersionStore.hold(tx);
                            Brand brand = store.require(tx, org, BrandIds.ofDefault(org));
                            return keep(tx, store.theme(tx, brand), Part.LOGO, picture);
                        });
        return Reply.empty(201).with("Location", request.url(path));
    }

    private Reply favicon(Request request) {
        Picture picture = Pictures.uploaded(request, ICONS, FAVICON_BYTES);
        if (picture.width() != picture.height() || picture.width() > FAVICON_PIXELS) {
            throw ApiException.validation(
                    "file",
                    "file: The picture must be as wide as it is high, and at most "
                            + FAVICON_PIXELS
                            + " pixels");
        }
        return shown(201, request, Part.FAVICON, picture);
    }

    private Reply background(Request request) {
        Picture picture = Pictures.uploaded(request, KINDS, BACKGROUND_BYTES);
        return shown(201, request, Part.BACKGROUND, picture);
    }

    private Reply shown(int status, Request request, Part part, Picture picture) {
        String path =
                database.write(
                        request.org().number(),
                        tx -> {
                            ConfigVersionStore.hold(tx);
                            return keep(tx, require(tx, request), part, picture);
                        });
        String url = request.url(path);
        return Reply.json(
                status,
                out -> {
                    out.writeStartObject();
                    out.writeStringProperty("url", url);
                    out.writeEndObject();
                });
    }

    private String keep(Tx tx, Theme theme, Part part, Picture picture) {
        String kept = pictures.keep(tx, theme.owner(part), picture, now());
        save(tx, theme.showing(part, kept));
        return kept;
    }

    /** What is not there is deleted, too: the theme uses what all have. */
    private Reply delete(Request request, Part part) {
        database.write(
                request.org().number(),
                tx -> {
                    ConfigVersionStore.hold(tx);
                    Theme theme = require(tx, request);
                    if (pictures.forget(tx, theme.owner(part))) {
                        save(tx, theme.showing(part, null));
                    }
                    return theme;
                });
        return Reply.noContent();
    }

    private void save(Tx tx, Theme theme) {
        store.save(tx, theme, now());
        tx.emit(events.event("system.theme.update").target(theme.target()));
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Reply list(Request request) {
        Theme theme = database.read(request.org().number(), reader -> ofBrand(reader, request));
        return Reply.list(List.of(theme), (each, out) -> each.write(out, request.baseUrl()));
    }

    private Reply get(Request request) {
        return answer(
                request, database.read(request.org().number(), reader -> require(reader, request)));
    }

    /** The same look again is no change: nothing is written, and the log is silent. */
    private Reply replace(Request request) {
        Theme.Look look = request.body(Theme.LOOK);
        Org org = request.org();
        return answer(
                request,
                database.write(
                        org.number(),
                        tx -> {
                            ConfigVersionStore.hold(tx);
                            Theme old = require(tx, request);
                            if (old.look().equals(look)) {
                                return old;
                            }
                            Theme changed = old.with(look);
                            save(tx, changed);
                            return changed;
                        }));
    }

    private Theme ofBrand(Reader reader, Request request) {
        Brand brand = store.require(reader, request.org(), request.variable("brandId"));
        return store.theme(reader, brand);
    }

    private Theme require(Reader reader, Request request) {
        Theme theme = ofBrand(reader, request);
        String asked = request.variable("themeId");
        if (!theme.id().equals(asked)) {
            throw ApiException.notFound(asked, Theme.TYPE);
        }
        return theme;
    }

    private static Reply answer(Request request, Theme theme) {
        return Reply.ok(out -> theme.write(out, request.baseUrl()));
    }
}
