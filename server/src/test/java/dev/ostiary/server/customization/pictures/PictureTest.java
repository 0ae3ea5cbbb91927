package dev.ostiary.server.customization.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Pictures")
class PictureTest {

    private static Optional<Picture> of(String svg) {
        return Picture.of(svg.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @DisplayName("are told by their bytes, with their size")
    @CsvSource({"png,PNG", "jpg,JPEG", "gif,GIF"})
    void kinds(String format, PictureKind kind) throws IOException {
        BufferedImage image = new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        Picture picture = Picture.of(out.toByteArray()).orElseThrow();
        assertThat(picture.kind()).isEqualTo(kind);
        assertThat(picture.width()).isEqualTo(30);
        assertThat(picture.height()).isEqualTo(20);
    }

    @Test
    @DisplayName("are drawings, too, if these can do no harm")
    void harmless() {
        assertThat(
                        of(
                                """
                                <?xml version="1.0" encoding="UTF-8"?>
                                <svg xmlns="http://www.w3.org/2000/svg"
                                    xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 8 8">
                                  <defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs>
                                  <style>.b { fill: url(#a) }</style>
                                  <g fill="url(#a)"><path d="M0 0h8v8z"/><use xlink:href="#a"/></g>
                                </svg>"""))
                .get()
                .extracting(Picture::kind)
                .isEqualTo(PictureKind.SVG);
    }

    @ParameterizedTest
    @DisplayName("are no drawings that run or load something")
    @ValueSource(
            strings = {
                "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
                "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
                "<svg xmlns='http://www.w3.org/2000/svg'><foreignObject/></svg>",
                "<svg xmlns='http://www.w3.org/2000/svg'><a href='javascript:x'/></svg>",
                "<svg xmlns='http://www.w3.org/2000/svg'><use href='https://evil.example/x#a'/></svg>",
                "<svg xmlns='http://www.w3.org/2000/svg'><image href='https://evil.example/x'/></svg>",
                "<svg xmlns='http://www.w3.org/2000/svg'><style>@import 'x'</style></svg>",
                "<svg xmlns='http://www.w3.org/2000/svg'><g style='fill:url(http://evil.example)'/></svg>",
                "<svg xmlns='http://www.w3.org/2000/svg'><g style='fill:u\\72l(x)'/></svg>",
                "<svg xmlns='http://www.w3.org/2000/svg'><set attributeName='href'/></svg>",
                "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>",
                "<?xml-stylesheet href='x'?><svg xmlns='http://www.w3.org/2000/svg'/>",
                "<html xmlns='http://www.w3.org/1999/xhtml'/>",
                "<svg/>",
                "<svg xmlns='http://www.w3.org/2000/svg'>",
                "nonsense",
                ""
            })
    void harmful(String svg) {
        assertThat(of(svg)).isEmpty();
    }

    @Test
    @DisplayName("are none of the beginnings of others, and reading any bytes ends")
    void anything() {
        byte[][] beginnings = {
            {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'},
            {(byte) 0xff, (byte) 0xd8, (byte) 0xff},
            {'G', 'I', 'F', '8'},
            {0, 0, 1, 0},
            {'<', 's', 'v', 'g'}
        };
        Random random = new Random(1);
        for (byte[] beginning : beginnings) {
            assertThat(Picture.of(beginning)).isEmpty();
            for (int run = 0; run < 2000; run++) {
                byte[] bytes = new byte[beginning.length + random.nextInt(60)];
                random.nextBytes(bytes);
                System.arraycopy(beginning, 0, bytes, 0, beginning.length);
                Picture.of(bytes).ifPresent(picture -> assertThat(picture.width()).isNotNegative());
            }
        }
    }
}
