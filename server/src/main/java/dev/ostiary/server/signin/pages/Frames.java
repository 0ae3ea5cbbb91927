package dev.ostiary.server.signin.pages;

import dev.ostiary.platform.context.Language;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.customization.brands.BrandLooks;
import dev.ostiary.server.customization.brands.BrandLooks.Look;
import dev.ostiary.server.customization.domains.DomainBrands;
import dev.ostiary.server.signin.pages.look.Assets;
import dev.ostiary.server.signin.pages.look.Colour;
import dev.ostiary.server.signin.pages.look.Palette;
import dev.ostiary.server.signin.pages.text.Texts;
import dev.ostiary.server.signin.pages.view.Frame;
import java.util.Optional;

/**
 * What stands around a page: the brand of the host that was addressed, in the language of who
 * reads. Thread-safe.
 */
final class Frames {

    /** Of a host that is nobody's. */
    private static final Look NOBODYS =
            new Look(
                    "Ostiary",
                    "#1662dd",
                    "#ffffff",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    Language.ENGLISH.tag(),
                    Optional.empty(),
                    Optional.empty());

    private final Database database;
    private final BrandLooks looks;
    private final DomainBrands domains = new DomainBrands();
    private final Texts texts = Texts.load();
    private final Assets assets;

    Frames(Database database, BrandLooks looks, Assets assets) {
        this.database = database;
        this.looks = looks;
        this.assets = assets;
    }

    /**
     * Who reads, as far as that is known.
     *
     * @param host the host that was addressed, without its port
     * @param locale what the profile says; empty for nothing
     * @param acceptLanguage what the browser says; empty for nothing
     */
    record Reader(String host, String locale, String acceptLanguage) {}

    /** The frame of an org's page. */
    Frame of(Org org, Reader reader, String formToken) {
        Look look =
                database.read(
                        org.number(),
                        rows -> looks.of(rows, org, domains.brandOf(rows, reader.host())));
        return frame(look, reader, formToken);
    }

    /** The frame of a page that is no org's. */
    Frame ofNobody(Reader reader) {
        return frame(NOBODYS, reader, "");
    }

    private Frame frame(Look look, Reader reader, String formToken) {
        Language language =
                Language.ofTag(reader.locale())
                        .or(() -> Language.accepted(reader.acceptLanguage()))
                        .or(() -> Language.ofTag(look.locale()))
                        .orElse(Language.ENGLISH);
        return new Frame(
                texts.in(language),
                look.name(),
                look.privacyPolicy(),
                !look.unsigned(),
                new Frame.Files(
                        assets.stylesheet(),
                        assets.colours(palette(look)),
                        assets.script(),
                        assets.keyScript(),
                        assets.waitScript(),
                        look.favicon().orElseGet(assets::icon),
                        look.logo(),
                        look.picture()),
                formToken);
    }

    private static Palette palette(Look look) {
        return new Palette(
                colour(look.primary()), colour(look.contrast()), look.ground().map(Frames::colour));
    }

    private static Colour colour(String hex) {
        return Colour.parse(hex).orElseThrow();
    }
}
