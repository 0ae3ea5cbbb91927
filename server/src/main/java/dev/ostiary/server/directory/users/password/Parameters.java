package dev.ostiary.server.directory.users.password;

import java.util.HashMap;
import java.util.Map;

/** The {@code m=19456,t=2,p=1} of a PHC string: whole numbers by name. */
final class Parameters {

    private final Map<String, Integer> values = new HashMap<>();

    private Parameters() {}

    static Parameters parse(String text) {
        Parameters found = new Parameters();
        for (String pair : text.split(",", -1)) {
            int equal = pair.indexOf('=');
            if (equal < 1 || !pair.substring(equal + 1).matches("[0-9]{1,9}")) {
                throw new IllegalArgumentException("malformed parameters of a password hash");
            }
            found.values.put(pair.substring(0, equal), Integer.parseInt(pair.substring(equal + 1)));
        }
        return found;
    }

    /** A parameter within bounds: they keep a foreign hash from taking the server's memory. */
    int get(String name, int least, int most) {
        Integer value = values.get(name);
        if (value == null || value < least || value > most) {
            throw new IllegalArgumentException(
                    "parameter "
                            + name
                            + " of a password hash is missing or not in "
                            + least
                            + " to "
                            + most);
        }
        return value;
    }

    static byte[] bytes(String base64, int least, int most) {
        byte[] bytes = PasswordHash.decode(base64);
        if (bytes.length < least || bytes.length > most) {
            throw new IllegalArgumentException(
                    "salt or hash of a password has "
                            + bytes.length
                            + " bytes, not "
                            + least
                            + " to "
                            + most);
        }
        return bytes;
    }

    static void parts(int found, int expected) {
        if (found != expected) {
            throw new IllegalArgumentException("malformed text of a password hash");
        }
    }
}
