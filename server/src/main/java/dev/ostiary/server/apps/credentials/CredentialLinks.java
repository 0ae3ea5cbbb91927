package dev.ostiary.server.apps.credentials;

import dev.ostiary.platform.hal.Links;

/** Where a client's secret or public key leads: on or off, and away once it is off. */
final class CredentialLinks {

    private CredentialLinks() {}

    /**
     * The links of one.
     *
     * @param self its absolute URL
     */
    static Links of(String self, boolean active) {
        return active
                ? new Links().hinted("deactivate", self + "/lifecycle/deactivate", "POST")
                : new Links()
                        .hinted("activate", self + "/lifecycle/activate", "POST")
                        .hinted("delete", self, "DELETE");
    }
}
