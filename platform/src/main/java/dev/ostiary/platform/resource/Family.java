package dev.ostiary.platform.resource;

import dev.ostiary.platform.http.Binding;
import java.util.List;

/** A group of operations that belong together: the code behind one or more tags of the contract. */
public interface Family {

    /** Every operation that this family answers. */
    List<Binding> bindings();
}
