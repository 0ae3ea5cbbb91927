package dev.ostiary.server.directory.users;

/**
 * Who checks the user's password.
 *
 * @param type kind of provider
 * @param name the directory's name, or the kind again
 */
public record Provider(Type type, String name) {

    /** The server itself. */
    public static final Provider OKTA = of(Type.OKTA);

    /** A password that another system hashed, or still holds (password import hook). */
    public static final Provider IMPORT = of(Type.IMPORT);

    /** The kinds, by their names on the wire. */
    public enum Type {
        OKTA,
        ACTIVE_DIRECTORY,
        LDAP,
        FEDERATION,
        SOCIAL,
        IMPORT
    }

    /** The provider that is called like its kind. */
    public static Provider of(Type type) {
        return new Provider(type, type.name());
    }

    /** Whether a directory of the org's own holds the password. */
    public boolean isDirectory() {
        return type == Type.ACTIVE_DIRECTORY || type == Type.LDAP;
    }

    /**
     * Whether somebody else signs the user in altogether, so that there is neither a password nor a
     * recovery question here.
     */
    public boolean isForeign() {
        return type == Type.FEDERATION || type == Type.SOCIAL;
    }
}
