package dev.ostiary.platform.store;

/**
 * Something that is only read. It may run again when a connection was lost under it, so it has no
 * effect of its own.
 */
@FunctionalInterface
public interface Query<T> {

    T run(Reader reader);
}
