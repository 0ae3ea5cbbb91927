package dev.ostiary.server.directory.schemas;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import java.util.Set;

/**
 * The objects whose profiles a schema describes: users of its type, or groups. A change of a schema
 * that concerns them is theirs to carry out, in the schema's transaction.
 */
public interface AttributeHolders {

    /**
     * Takes attributes out of every profile.
     *
     * @param typeId the user type; of no meaning to groups
     */
    void drop(Tx tx, Org org, String typeId, Set<String> names);

    /**
     * Keeps the values of an attribute apart from now on.
     *
     * @return whether it can be done: no two objects share a value
     */
    boolean keepUnique(Tx tx, Org org, String typeId, String name);

    /** Lets objects share values of an attribute again. */
    void letShare(Tx tx, Org org, String typeId, String name);
}
