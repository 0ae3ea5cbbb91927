package dev.ostiary.conformance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Chromium;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.Site;
import dev.ostiary.conformance.harness.SuiteServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@Timeout(120)
@DisplayName("P15 A page that wants a name for its browser")
class FingerprintInBrowserTest {

    private static final String HOST = "app.fingerprints.example";

    /** What okta-auth-js does with {@code sendFingerprint}. */
    private static final String ASK =
            """
            (org) => new Promise((resolve) => {
              const frame = document.createElement('iframe');
              addEventListener('message', (event) => {
                if (event.source !== frame.contentWindow || event.origin !== org) return;
                const message = JSON.parse(event.data);
                if (message.type === 'FingerprintServiceReady') {
                  frame.contentWindow.postMessage(JSON.stringify({type: 'GetFingerprint'}), org);
                } else {
                  resolve(message.type + ' ' + message.fingerprint);
                }
              });
              frame.style.display = 'none';
              frame.src = org + '/auth/services/devicefingerprint';
              document.body.appendChild(frame);
            })""";

    @Test
    @DisplayName("is told the same one each time, by a frame of the org, whatever site it is of")
    void told(Server server, Org org) {
        try (Site site = Site.open();
                Chromium chromium = Chromium.startOrSkip(server, HOST)) {
            String first = ask(chromium, site, org);

            assertThat(first).matches("FingerprintAvailable [0-9a-f]{32}");
            assertThat(ask(chromium, site, org)).isEqualTo(first);
        }
    }

    private static String ask(Chromium chromium, Site site, Org org) {
        return chromium.page(site.origin(HOST)).evaluate(ASK, org.url()).toString();
    }
}
