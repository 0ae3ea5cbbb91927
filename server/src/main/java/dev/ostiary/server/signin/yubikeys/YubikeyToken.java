package dev.ostiary.server.signin.yubikeys;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserJson;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * A YubiKey that an org has uploaded. Immutable.
 *
 * @param id {@code ykk…}
 * @param publicId what its passwords begin with
 * @param serial as it stands on the key, twelve digits
 * @param holder who has it, or had it
 * @param activated when that user enrolled it
 * @param lastVerified when a password of it was last right; at first when it was made
 */
public record YubikeyToken(
        String id,
        String publicId,
        String serial,
        Status status,
        Optional<Holder> holder,
        Optional<Instant> activated,
        Instant created,
        Instant lastUpdated,
        Instant lastVerified) {

    static final Schema SCHEMA =
            Schema.object("UserFactorYubikeyOtpToken")
                    .always("id", Schema.TEXT)
                    .always("created", Schema.MOMENT)
                    .maybe("activated", Schema.MOMENT)
                    .always("lastVerified", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT)
                    .always("status", Schema.words(Status.values()))
                    .always("profile", Schema.object().always("serial", Schema.TEXT))
                    .always("_links", Links.SCHEMA)
                    .maybe("_embedded", Schema.object().always("user", UserJson.SCHEMA));

    /** As the wire calls it. */
    public enum Status {
        UNASSIGNED,
        ACTIVE,
        REVOKED
    }

    /** A user's factor. */
    public record Holder(String userId, String factorId) {}

    /** The same, there for whoever enrols it. */
    YubikeyToken renewed(String otherSerial, Instant now) {
        return new YubikeyToken(
                id,
                publicId,
                otherSerial,
                Status.UNASSIGNED,
                Optional.empty(),
                Optional.empty(),
                created,
                now,
                lastVerified);
    }

    void write(JsonGenerator out, String baseUrl) {
        out.writeStartObject();
        writeFields(out, baseUrl);
        out.writeEndObject();
    }

    /** With the user who has it, if that is wanted. */
    void write(JsonGenerator out, String baseUrl, Optional<User> user, UserJson json) {
        out.writeStartObject();
        writeFields(out, baseUrl);
        user.ifPresent(
                who -> {
                    out.writeObjectPropertyStart("_embedded");
                    out.writeName("user");
                    json.write(out, who);
                    out.writeEndObject();
                });
        out.writeEndObject();
    }

    private void writeFields(JsonGenerator out, String baseUrl) {
        out.writeStringProperty("id", id);
        out.writeStringProperty("created", Dates.text(created));
        activated.ifPresent(when -> out.writeStringProperty("activated", Dates.text(when)));
        out.writeStringProperty("lastVerified", Dates.text(lastVerified));
        out.writeStringProperty("lastUpdated", Dates.text(lastUpdated));
        out.writeStringProperty("status", status.name());
        out.writeObjectPropertyStart("profile");
        out.writeStringProperty("serial", serial);
        out.writeEndObject();
        Links links =
                new Links()
                        .hinted(
                                "self",
                                baseUrl + "/api/v1/org/factors/yubikey_token/tokens/" + id,
                                "GET");
        if (status == Status.ACTIVE && holder.isPresent()) {
            String user = baseUrl + "/api/v1/users/" + holder.get().userId();
            links.hinted("user", user, "GET")
                    .hinted("deactivate", user + "/factors/" + holder.get().factorId(), "DELETE");
        }
        links.write(out);
    }
}
