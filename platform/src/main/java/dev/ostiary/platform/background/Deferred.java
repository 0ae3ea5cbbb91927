package dev.ostiary.platform.background;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is made when it is first asked for: for libraries whose classes take long to load,
 * and which many a server never calls. It is made once, by one thread, while others who ask wait;
 * if making it fails, the next one who asks makes it. Thread-safe.
 *
 * @param <T> what it is
 */
public final class Deferred<T> implements Supplier<T> {

    private final Supplier<T> maker;
    private final ReentrantLock making = new ReentrantLock();
    private volatile @Nullable T made;

    /**
     * @param maker makes the value, never null
     */
    public Deferred(Supplier<T> maker) {
        this.maker = maker;
    }

    @Override
    public T get() {
        T value = made;
        return value == null ? make() : value;
    }

    /** The value, if somebody has asked for it. */
    public @Nullable T ifMade() {
        return made;
    }

    private T make() {
        making.lock();
        try {
            T value = made;
            if (value == null) {
                value = maker.get();
                made = value;
            }
            return value;
        } finally {
            making.unlock();
        }
    }
}
