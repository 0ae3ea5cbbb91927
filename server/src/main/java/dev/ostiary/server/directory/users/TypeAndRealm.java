package dev.ostiary.server.directory.users;

import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.org.Org;
import org.jspecify.annotations.Nullable;

/** The user type and the realm that a body names: those that an org has, which is one of each. */
final class TypeAndRealm {

    private TypeAndRealm() {}

    static void check(UserBody body, Org org, Reading reading) {
        @Nullable String type = body.typeId();
        if (type != null && !type.equals(UserType.defaultOf(org).id())) {
            reading.wrong(
                    Path.root("type").field("type"), "The user type '" + type + "' does not exist");
        }
        @Nullable String realm = body.realmId();
        if (realm != null && !realm.equals("guo" + org.id().substring(3))) {
            reading.wrong(
                    Path.root("realmId").field("realmId"),
                    "The realm '" + realm + "' does not exist");
        }
    }
}
