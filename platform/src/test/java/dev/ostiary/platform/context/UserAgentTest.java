package dev.ostiary.platform.context;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserAgentTest {

    private static final UserAgents AGENTS = new UserAgents();

    @ParameterizedTest(name = "{0} | {1} | {2} | {3}")
    @DisplayName("P14 real agents are read into system, browser and device")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            Mac OS X   | CHROME             | Computer | Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/127.0.0.0 Safari/537.36
            Mac OS X   | FIREFOX            | Computer | Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:83.0) Gecko/20100101 Firefox/83.0
            Mac OS X   | CHROMIUM_EDGE      | Computer | Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/90.0.4430.93 Safari/537.36 Edg/90.0.818.51
            Mac OS X   | SAFARI             | Computer | Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15
            Windows 10 | CHROME             | Computer | Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36
            Windows 10 | CHROMIUM_EDGE      | Computer | Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0
            Windows 10 | EDGE               | Computer | Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/64.0.3282.140 Safari/537.36 Edge/18.17763
            Windows 10 | FIREFOX            | Computer | Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0
            Windows 7  | IE                 | Computer | Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko
            Windows 8.1 | CHROME            | Computer | Mozilla/5.0 (Windows NT 6.3; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36
            Windows 10 | OPERA              | Computer | Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36 OPR/110.0.0.0
            Linux      | CHROME             | Computer | Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Safari/537.36
            Linux      | FIREFOX            | Computer | Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0
            Linux      | CHROME             | Computer | Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/124.0.6367.60 Safari/537.36
            Chrome OS  | CHROME             | Computer | Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36
            iOS        | MOBILE_SAFARI      | Mobile   | Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1
            iOS        | MOBILE_SAFARI      | Tablet   | Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.1.2 Mobile/15E148 Safari/604.1
            iOS        | CHROME_MOBILE      | Mobile   | Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1
            iOS        | FIREFOX_MOBILE_IOS | Mobile   | Mozilla/5.0 (iPhone; CPU iPhone OS 14_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/127.0 Mobile/15E148 Safari/605.1.15
            Android    | CHROME_MOBILE      | Mobile   | Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36
            Android    | CHROME             | Tablet   | Mozilla/5.0 (Linux; Android 13; SM-X906C) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36
            Android    | FIREFOX_MOBILE     | Mobile   | Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0
            Unknown    | UNKNOWN            | Unknown  | curl/8.5.0
            Unknown    | UNKNOWN            | Unknown  | Wget/1.21.4
            Unknown    | UNKNOWN            | Unknown  | Go-http-client/1.1
            Unknown    | UNKNOWN            | Unknown  | python-requests/2.32.3
            Unknown    | UNKNOWN            | Unknown  | Apache-HttpClient/4.5.2 (Java/1.7.0_76)
            Unknown    | UNKNOWN            | Unknown  | PostmanRuntime/7.39.0
            Linux      | UNKNOWN            | Computer | okta-sdk-java/24.0.0 java/25 Linux/6.1.0
            Mac OS X   | UNKNOWN            | Computer | okta-sdk-java/8.2.1 java/17.0.2 Mac OS X/12.6
            Linux      | UNKNOWN            | Computer | okta-sdk-nodejs/7.1.1 node/20.12.2 linux/5.15.0
            Linux      | UNKNOWN            | Computer | okta-sdk-golang/5.0.3 golang/go1.22.2 linux
            Unknown    | UNKNOWN            | Unknown  | okta-sdk-python/2.9.8 python/3.12.3
            Unknown    | UNKNOWN            | Unknown  | Oktaprise/1.1
            """)
    void table(String os, String browser, String device, String raw) {
        UserAgent agent = AGENTS.of(raw);

        assertThat(agent).isEqualTo(new UserAgent(raw, os, browser, device));
    }

    @ParameterizedTest(name = "{0} | {1} | {2}")
    @DisplayName("P14 the documented hints count in any case where the patterns cannot tell")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            Unknown | CHROME  | Acme/1.0 cHrOmE
            Unknown | SAFARI  | Acme/1.0 SAFARI
            iOS     | UNKNOWN | Acme/1.0 (APPLE; ipod)
            iOS     | UNKNOWN | Acme/1.0 (ios; IPAD)
            Android | UNKNOWN | Acme/1.0 on ANDROID
            """)
    void hints(String os, String browser, String raw) {
        UserAgent agent = AGENTS.of(raw);

        assertThat(agent.os()).isEqualTo(os);
        assertThat(agent.browser()).isEqualTo(browser);
    }

    @Test
    @DisplayName("P14 a missing or blank agent is accepted and unknown")
    void missing() {
        assertThat(AGENTS.of(null)).isSameAs(UserAgent.MISSING);
        assertThat(AGENTS.of("  ")).isSameAs(UserAgent.MISSING);
        assertThat(UserAgent.MISSING.raw()).isNull();
    }

    @Test
    @DisplayName("given a huge or dirty agent, then it is cut and cleaned, and nothing fails")
    void hostile() {
        assertThat(AGENTS.of("a\u0000b\r\nc").raw()).isEqualTo("abc");
        assertThat(AGENTS.of("Mozilla/5.0 (" + "(".repeat(300_000)).raw())
                .hasSize(UserAgents.MAX_RAW);
        assertThat(AGENTS.of("x".repeat(UserAgents.MAX_RAW - 1) + "\uD83D\uDE00").raw())
                .isEqualTo("x".repeat(UserAgents.MAX_RAW - 1));
    }
}
