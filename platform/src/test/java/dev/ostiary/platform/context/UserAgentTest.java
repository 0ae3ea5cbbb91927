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
            Android        | CHROME             | Mobile   | Mozilla/5.0 (Linux; Android 13; SAMSUNG SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/22.0 Chrome/111.0.5563.116 Mobile Safari/537.36
            Android        | CHROME             | Tablet   | Mozilla/5.0 (Linux; Android 13; SM-X200) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/22.0 Chrome/111.0.5563.116 Safari/537.36
            Android        | OPERA_MOBILE       | Mobile   | Mozilla/5.0 (Linux; Android 10; SM-G970F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/119.0.0.0 Mobile Safari/537.36 OPR/76.2.4027.73374
            Android        | EDGE_MOBILE        | Mobile   | Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36 EdgA/124.0.2478.64
            iOS            | EDGE_MOBILE        | Mobile   | Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 EdgiOS/124.0.2478.50 Mobile/15E148 Safari/604.1
            iOS            | CHROME_MOBILE      | Tablet   | Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/120.0.6099.119 Mobile/15E148 Safari/604.1
            iOS            | MOBILE_SAFARI      | Mobile   | Mozilla/5.0 (iPod touch; CPU iPhone OS 12_5_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.1.2 Mobile/15E148 Safari/604.1
            iOS            | MOBILE_SAFARI      | Mobile   | Mozilla/5.0 (iPhone; CPU iPhone OS 16_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148
            Android        | CHROME_MOBILE      | Mobile   | Mozilla/5.0 (Linux; Android 12; Pixel 6 Build/SD1A.210817.023; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/94.0.4606.71 Mobile Safari/537.36
            Windows 10     | VIVALDI            | Computer | Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Vivaldi/6.5.3206.39
            Windows 8      | CHROME             | Computer | Mozilla/5.0 (Windows NT 6.2; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36
            Windows 7      | FIREFOX            | Computer | Mozilla/5.0 (Windows NT 6.1; Win64; x64; rv:115.0) Gecko/20100101 Firefox/115.0
            Windows XP     | FIREFOX            | Computer | Mozilla/5.0 (Windows NT 5.1; rv:52.0) Gecko/20100101 Firefox/52.0
            Windows 8      | IE                 | Computer | Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; Trident/6.0)
            Windows 10     | IE                 | Computer | Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko
            Windows 10     | CHROME             | Computer | Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Slack/4.36.140 Chrome/120.0.6099.227 Electron/28.2.3 Safari/537.36
            Windows 10     | CHROME             | Computer | Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Teams/1.6.00.4472 Chrome/80.0.3987.165 Electron/8.5.5 Safari/537.36
            Mac OS X       | OPERA              | Computer | Mozilla/5.0 (Macintosh; Intel Mac OS X 10_13_6) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/116.0.0.0 Safari/537.36 OPR/102.0.0.0
            Mac OS X       | UNKNOWN            | Computer | Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)
            Linux          | FIREFOX            | Computer | Mozilla/5.0 (X11; Fedora; Linux x86_64; rv:124.0) Gecko/20100101 Firefox/124.0
            Linux          | FIREFOX            | Computer | Mozilla/5.0 (X11; Linux aarch64; rv:109.0) Gecko/20100101 Firefox/115.0
            Linux          | CHROME             | Computer | Mozilla/5.0 (X11; Ubuntu; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Ubuntu Chromium/80.0.3987.87 Chrome/80.0.3987.87 Safari/537.36
            Linux          | CHROMIUM_EDGE      | Computer | Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/123.0.0.0 Safari/537.36 Edg/123.0.0.0
            FreeBSD        | FIREFOX            | Computer | Mozilla/5.0 (X11; FreeBSD amd64; rv:122.0) Gecko/20100101 Firefox/122.0
            OpenBSD        | FIREFOX            | Computer | Mozilla/5.0 (X11; OpenBSD amd64; rv:109.0) Gecko/20100101 Firefox/117.0
            Android        | CHROME             | Tablet   | Mozilla/5.0 (Linux; Android 9; KFMAWI) AppleWebKit/537.36 (KHTML, like Gecko) Silk/120.5.1 like Chrome/120.0.6099.230 Safari/537.36
            Android        | FIREFOX_MOBILE     | Tablet   | Mozilla/5.0 (Android 13; Tablet; rv:109.0) Gecko/118.0 Firefox/118.0
            Android        | SAFARI             | Mobile   | Mozilla/5.0 (Linux; U; Android 4.0.3; de-de; GT-I9100 Build/IML74K) AppleWebKit/534.30 (KHTML, like Gecko) Version/4.0 Mobile Safari/534.30
            Windows Phone  | EDGE_MOBILE        | Mobile   | Mozilla/5.0 (Windows Phone 10.0; Android 6.0.1; Microsoft; Lumia 950) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/52.0.2743.116 Mobile Safari/537.36 Edge/15.15063
            BlackBerry OS  | SAFARI             | Mobile   | Mozilla/5.0 (BB10; Touch) AppleWebKit/537.35+ (KHTML, like Gecko) Version/10.3.3.2205 Mobile Safari/537.35+
            Android        | OPERA_MINI         | Mobile   | Opera/9.80 (Android; Opera Mini/36.2.2254/119.132; U; id) Presto/2.12.423 Version/12.16
            Windows 7      | OPERA              | Computer | Opera/9.80 (Windows NT 6.1; WOW64) Presto/2.12.388 Version/12.18
            Unknown        | SAFARI             | Unknown  | Mozilla/5.0 (PlayStation; PlayStation 5/2.26) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.0 Safari/605.1.15
            Tizen          | SAFARI             | Unknown  | Mozilla/5.0 (SMART-TV; LINUX; Tizen 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Version/5.0 TV Safari/537.36
            Unknown        | UNKNOWN            | Unknown  | Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)
            Mac OS X       | UNKNOWN            | Computer | Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:91.0) Gecko/20100101 Thunderbird/91.5.0
            iOS            | UNKNOWN            | Mobile   | Outlook-iOS/709.2226530.prod.iphone (3.24.1)
            iOS            | UNKNOWN            | Mobile   | OktaVerify/9.16.0 com.okta.mobile (iPhone; iOS 17.4.1; Apple/iPhone15,2)
            iOS            | UNKNOWN            | Mobile   | Okta Mobile/5.22.0 CFNetwork/1404.0.5 Darwin/22.3.0
            iOS            | UNKNOWN            | Mobile   | Okta%20Verify/1 CFNetwork/1410.0.3 Darwin/22.4.0
            Unknown        | UNKNOWN            | Unknown  | okta-sdk-php/2.0 guzzle/7.8 curl/8.4 php/8.2
            Windows 10     | UNKNOWN            | Computer | okta-sdk-dotnet/8.1.1 runtime/8.0.4 os/Microsoft Windows NT 10.0.19045.0
            Linux          | UNKNOWN            | Computer | okta-auth-js/7.7.0 nodejs/18.19.0 linux/x64
            Mac OS X       | UNKNOWN            | Computer | okta-management-java/20.0.0 spring-boot/3.3.1 java/21.0.2 Mac OS X/14.4
            Mac OS X       | UNKNOWN            | Computer | OktaSDK/4.1.0 (Terraform Provider) okta-sdk-golang/4.1.2 golang/go1.21.4 darwin/arm64
            Unknown        | UNKNOWN            | Unknown  | Okta SAML/SWA Agent Java/11.0.19
            Unknown        | UNKNOWN            | Unknown  | axios/1.6.8
            Unknown        | UNKNOWN            | Unknown  | node-fetch/1.0 (+https://github.com/bitinn/node-fetch)
            Unknown        | UNKNOWN            | Unknown  | Java/17.0.10
            Unknown        | UNKNOWN            | Unknown  | Apache-HttpClient/5.2.1 (Java/17.0.8)
            Unknown        | UNKNOWN            | Unknown  | okhttp/4.12.0
            Windows 10     | UNKNOWN            | Computer | Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.19041.4291
            Mac OS X       | UNKNOWN            | Computer | Mozilla/5.0 (Macintosh; Darwin 23.4.0 Darwin Kernel Version 23.4.0; en-US) PowerShell/7.4.1
            Unknown        | UNKNOWN            | Unknown  | Faraday v2.9.0
            Unknown        | UNKNOWN            | Unknown  | Jakarta Commons-HttpClient/3.1
            Chrome OS      | CHROME             | Computer | Mozilla/5.0 (X11; CrOS aarch64 15359.58.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/111.0.0.0 Safari/537.36
            Mac OS X       | CHROME             | Computer | Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/118.0.0.0 Safari/537.36
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
