package dev.ostiary.server.signin.pages.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.server.signin.pages.look.Palette.Scheme;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Colours of pages can be read (WCAG 2.1 AA, 1.4.3 and 1.4.11)")
class ReadableTest {

    private static final double TEXT = 4.5;
    private static final double SHAPE = 3;
    private static final Pattern VARIABLE = Pattern.compile("--([a-z-]+):\\s*(#[0-9a-f]{6});");

    private final String css = new Assets().find(file()).orElseThrow().content();

    private static String file() {
        String address = new Assets().stylesheet();
        return address.substring(address.lastIndexOf('/') + 1);
    }

    private Map<String, Colour> scheme(boolean dark) {
        Matcher blocks = Pattern.compile(":root \\{(.*?)}", Pattern.DOTALL).matcher(css);
        Map<String, Colour> colours = new HashMap<>();
        for (int block = 0; block < (dark ? 2 : 1); block++) {
            assertThat(blocks.find()).isTrue();
            Matcher variables = VARIABLE.matcher(blocks.group(1));
            while (variables.find()) {
                colours.put(variables.group(1), Colour.parse(variables.group(2)).orElseThrow());
            }
        }
        return colours;
    }

    private static void reads(Map<String, Colour> colours, String text, String ground, double as) {
        assertThat(colour(colours, text).contrast(colour(colours, ground)))
                .as("%s on %s", text, ground)
                .isGreaterThanOrEqualTo(as);
    }

    private static Colour colour(Map<String, Colour> colours, String name) {
        assertThat(colours).containsKey(name);
        return colours.getOrDefault(name, Colour.BLACK);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("in the stylesheet, on light ground and on dark")
    void stylesheet(boolean dark) {
        Map<String, Colour> colours = scheme(dark);
        for (String text : List.of("text", "quiet", "error", "good", "link")) {
            reads(colours, text, "card", TEXT);
        }
        reads(colours, "text", "ground", TEXT);
        reads(colours, "quiet", "ground", TEXT);
        reads(colours, "on-ground", "ground", TEXT);
        reads(colours, "on-accent", "accent", TEXT);
        reads(colours, "text", "field", TEXT);
        reads(colours, "link", "field", TEXT);
        reads(colours, "error", "error-ground", TEXT);
        reads(colours, "good", "good-ground", TEXT);
        reads(colours, "field-line", "card", SHAPE);
        reads(colours, "field-line", "field", SHAPE);
        reads(colours, "edge", "card", SHAPE);
        reads(colours, "edge", "ground", SHAPE);
    }

    @Test
    @DisplayName("on the grounds that a brand's colours are held against")
    void sameGrounds() {
        assertThat(scheme(false))
                .containsEntry("card", Palette.LIGHT_CARD)
                .containsEntry("ground", Palette.LIGHT_GROUND);
        assertThat(scheme(true))
                .containsEntry("card", Palette.DARK_CARD)
                .containsEntry("ground", Palette.DARK_GROUND);
    }

    @Test
    @DisplayName("in every colour of a brand, and with every contrast that it asks for")
    void brands() {
        for (int red = 0; red <= 255; red += 51) {
            for (int green = 0; green <= 255; green += 51) {
                for (int blue = 0; blue <= 255; blue += 51) {
                    Colour primary = new Colour(red, green, blue);
                    readable(new Palette(primary, Colour.WHITE, Optional.of(primary)));
                    readable(new Palette(primary, Colour.BLACK, Optional.empty()));
                }
            }
        }
    }

    private static void readable(Palette palette) {
        readable(palette.light(), Palette.LIGHT_CARD, Palette.LIGHT_GROUND);
        readable(palette.dark(), Palette.DARK_CARD, Palette.DARK_GROUND);
    }

    private static void readable(Scheme scheme, Colour card, Colour ground) {
        assertThat(scheme.onAccent().contrast(scheme.accent()))
                .as(scheme.toString())
                .isGreaterThanOrEqualTo(TEXT);
        assertThat(scheme.link().contrast(card)).isGreaterThanOrEqualTo(TEXT);
        assertThat(scheme.link().contrast(ground)).isGreaterThanOrEqualTo(TEXT);
        assertThat(scheme.edge().contrast(card)).isGreaterThanOrEqualTo(SHAPE);
    }

    @Test
    @DisplayName("and stay the brand's own where they can be read as they are")
    void untouched() {
        Colour blue = Colour.parse("#1662dd").orElseThrow();
        Scheme light = new Palette(blue, Colour.WHITE, Optional.empty()).light();
        assertThat(light).isEqualTo(new Scheme(blue, Colour.WHITE, blue, blue));
    }

    @Test
    @DisplayName("text around the card is black or white, whichever reads on the brand's ground")
    void ground() {
        assertThat(css("#0b3d2e")).contains("--one-ground: #0b3d2e; --one-on-ground: #ffffff;");
        assertThat(css("#ffe97a")).contains("--one-ground: #ffe97a; --one-on-ground: #000000;");
    }

    private static String css(String ground) {
        return new Palette(Colour.BLACK, Colour.WHITE, Colour.parse(ground)).css();
    }

    @Test
    @DisplayName("a file's name says all of a brand's colours, and no other name is a file")
    void names() {
        Assets assets = new Assets();
        Palette palette = new Palette(Colour.WHITE, Colour.BLACK, Colour.parse("#0b3d2e"));
        assertThat(palette.fileName()).isEqualTo("theme-ffffff-000000-0b3d2e.css");
        assertThat(Palette.ofFile(palette.fileName())).contains(palette);
        assertThat(assets.find("theme-ffffff-000000.css")).isPresent();
        for (String name :
                List.of(
                        "theme-ffffff.css",
                        "theme-fffff-000000.css",
                        "theme-FFFFFF-000000.css",
                        "theme-ffffff-000000-.css",
                        "theme-ffffff-000000.css/",
                        "pages.css",
                        "../look/pages.css",
                        "")) {
            assertThat(assets.find(name)).as(name).isEmpty();
        }
    }

    @Test
    @DisplayName("no colour but black, white and their shades stands outside of the variables")
    void variablesOnly() {
        String rest = css.replaceAll("--[a-z-]+:[^;]*;", "");
        assertThat(Pattern.compile("#[0-9a-fA-F]{3,8}\\b").matcher(rest).results())
                .extracting(match -> match.group())
                .isEmpty();
    }
}
