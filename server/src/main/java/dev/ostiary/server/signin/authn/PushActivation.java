package dev.ostiary.server.signin.authn;

import dev.ostiary.platform.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * The activation of a device as sign-in shows it ("Push Factor activation object"): who signs in
 * has no token for the Factors API, so the ways to the device are those of the Authentication API.
 */
final class PushActivation {

    private PushActivation() {}

    /**
     * The device may still come.
     *
     * @param activation as the Factors API shows it
     * @param activate where it is activated
     */
    static ObjectNode waiting(ObjectNode activation, String activate) {
        ObjectNode own = activation.deepCopy();
        own.path("_links")
                .path("send")
                .forEach(
                        way ->
                                ((ObjectNode) way)
                                        .put("href", activate + "/" + way.path("name").asString()));
        return own;
    }

    /** The device did not come in time, and can be waited for anew. */
    static ObjectNode late(String activate) {
        ObjectNode own = Json.object().put("factorResult", "TIMEOUT");
        ObjectNode link = own.putObject("_links").putObject("activate").put("href", activate);
        link.putObject("hints").putArray("allow").add("POST");
        return own;
    }
}
