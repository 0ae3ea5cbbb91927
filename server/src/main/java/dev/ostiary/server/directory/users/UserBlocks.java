package dev.ostiary.server.directory.users;

import dev.ostiary.platform.json.Schema;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * How a user is kept from signing in (Users, "List all user blocks"): here by a lockout, which
 * holds on every device.
 *
 * @param devices to which devices each block applies
 */
record UserBlocks(List<Devices> devices) {

    /** What a block applies to, by its name on the wire. */
    enum Devices {
        ANY_DEVICES,
        UNKNOWN_DEVICES
    }

    static final Schema SCHEMA =
            Schema.list(
                    Schema.object("UserBlock")
                            .always("type", Schema.words("DEVICE_BASED"))
                            .always("appliesTo", Schema.words(Devices.values())));

    static UserBlocks of(User user) {
        return new UserBlocks(
                user.status() == UserStatus.LOCKED_OUT ? List.of(Devices.ANY_DEVICES) : List.of());
    }

    /** Writes the array. */
    void write(JsonGenerator out) {
        out.writeStartArray();
        for (Devices block : devices) {
            out.writeStartObject();
            out.writeStringProperty("type", "DEVICE_BASED");
            out.writeStringProperty("appliesTo", block.name());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
