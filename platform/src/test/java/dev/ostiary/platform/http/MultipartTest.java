package dev.ostiary.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.problem.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Forms with a file (RFC 7578)")
class MultipartTest {

    private static final String TYPE = "multipart/form-data; boundary=xyz";

    private static final String WHOLE =
            "--xyz\r\n"
                    + "Content-Disposition: form-data; name=\"note\"\r\n\r\n"
                    + "hello\r\n"
                    + "--xyz\r\n"
                    + "Content-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n"
                    + "Content-Type: image/png\r\n\r\n"
                    + "\r\nbytes --xyz \u00ff\r\n\r\n"
                    + "--xyz--\r\n";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] file(String type, String body) {
        return Multipart.file(type, bytes(body), "file", 1000);
    }

    private static void refused(ThrowingCallable call, String code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    @DisplayName("the file is what stands between its head and the next delimiter, byte by byte")
    void whole() {
        assertThat(file(TYPE, WHOLE)).isEqualTo(bytes("\r\nbytes --xyz \u00ff\r\n"));
    }

    @Test
    @DisplayName("a boundary may be quoted, a preamble may precede, and field names have any case")
    void forms() {
        assertThat(file("Multipart/Form-Data; charset=x; boundary=\"xyz\"", WHOLE)).isNotEmpty();
        assertThat(file(TYPE, "preamble\r\n" + WHOLE)).isNotEmpty();
        assertThat(file(TYPE, WHOLE.replace("name=\"file\"", "name=File"))).isNotEmpty();
        assertThat(file(TYPE, WHOLE.replace("Content-Disposition", "content-disposition")))
                .isNotEmpty();
        assertThat(file(TYPE, WHOLE.replace("--xyz\r\nContent", "--xyz \t\r\nContent")))
                .isNotEmpty();
    }

    @Test
    @DisplayName("what is no form is E0000003")
    void broken() {
        refused(() -> file("multipart/form-data", WHOLE), "E0000003");
        refused(() -> file("multipart/form-data; boundary=", WHOLE), "E0000003");
        refused(() -> file("multipart/form-data; boundary=" + "x".repeat(71), WHOLE), "E0000003");
        refused(() -> file(TYPE, ""), "E0000003");
        refused(() -> file(TYPE, "{\"file\":1}"), "E0000003");
        refused(() -> file(TYPE, WHOLE.replace("--xyz--", "--abc--")), "E0000003");
        refused(() -> file(TYPE, WHOLE.replace("image/png", "x".repeat(9000))), "E0000003");
    }

    @Test
    @DisplayName("a file that is not there, empty or too large is E0000001")
    void missing() {
        refused(() -> file(TYPE, WHOLE.replace("\"file\"", "\"other\"")), "E0000001");
        refused(
                () ->
                        file(
                                TYPE,
                                "--xyz\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n\r\n"
                                        + "--xyz--"),
                "E0000001");
        refused(() -> Multipart.file(TYPE, bytes(WHOLE), "file", 3), "E0000001");
    }

    @Test
    @DisplayName("whatever is sent, the answer is a file or one of the two errors")
    void anything() {
        Random random = new Random(7578);
        String pieces = "--xyz\r\n: ;\"=Content-Disposition form-data name file\u0000";
        for (int run = 0; run < 20_000; run++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "--xyz\r\n" : "");
            for (int i = random.nextInt(12); i > 0; i--) {
                int from = random.nextInt(pieces.length());
                text.append(pieces, from, from + random.nextInt(pieces.length() - from + 1));
            }
            try {
                assertThat(file(TYPE, text.toString())).isNotEmpty();
            } catch (ApiException e) {
                assertThat(e.code()).isIn("E0000001", "E0000003");
            }
        }
    }
}
