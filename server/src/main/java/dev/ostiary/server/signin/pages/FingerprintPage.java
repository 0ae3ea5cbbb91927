package dev.ostiary.server.signin.pages;

import static dev.ostiary.server.signin.pages.html.Attribute.CHARSET;
import static dev.ostiary.server.signin.pages.html.Attribute.DEFER;
import static dev.ostiary.server.signin.pages.html.Attribute.LANG;
import static dev.ostiary.server.signin.pages.html.Attribute.SRC;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.HtmlWriter;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.look.Assets;
import java.util.List;

/**
 * The page that okta-auth-js opens in a frame that nobody sees, to be told a name for the browser
 * ({@code sendFingerprint}; Authentication API, "Primary authentication with device
 * fingerprinting"). Any site may frame it: there is nothing on it to be clicked, it reads no
 * cookie, and what it says any script of that site could find out as well. Thread-safe.
 */
final class FingerprintPage implements Family {

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; form-action 'none'; base-uri 'none';"
                    + " frame-ancestors *";

    private final byte[] document;

    FingerprintPage(Assets assets) {
        this.document =
                HtmlWriter.document(
                        Element.of(Tag.HTML)
                                .with(LANG, "en")
                                .holding(
                                        Element.of(Tag.HEAD)
                                                .holding(
                                                        Element.of(Tag.META).with(CHARSET, "utf-8"),
                                                        Element.of(Tag.TITLE)
                                                                .saying("Device fingerprint"),
                                                        Element.of(Tag.SCRIPT)
                                                                .with(
                                                                        SRC,
                                                                        assets.fingerprintScript())
                                                                .flag(DEFER, true)),
                                        Element.of(Tag.BODY)));
    }

    @Override
    public List<Binding> bindings() {
        return List.of(Binding.of("showDeviceFingerprintPage", this::show).answersAs("text/html"));
    }

    private Reply show(Request request) {
        return Reply.text(200, Reply.HTML, document).with("Content-Security-Policy", POLICY);
    }
}
