package dev.ostiary.platform.store;

/**
 * What happens in one transaction. It may run several times (deadlocks, a connection that was lost
 * before the commit): each run starts from nothing, and effects outside of the database belong in
 * {@link Tx#afterCommit}.
 */
@FunctionalInterface
public interface Work<T> {

    T run(Tx tx);
}
