import dev.ostiary.server.directory.users.password.HashingPool;
import dev.ostiary.server.directory.users.password.PasswordHash;
import dev.ostiary.server.directory.users.password.PasswordHasher;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many passwords a core checks in a second of its time, when all cores do nothing else: prints
 * that number.
 */
class HashRate {

    private static final int WARM = 50;
    private static final String PASSWORD = "Tr0ub4dor-and-3";

    public static void main(String[] seconds) throws InterruptedException {
        long enough = Long.parseLong(seconds[0]) * 1_000_000_000L;
        int cores = Runtime.getRuntime().availableProcessors();
        try (HashingPool pool = new HashingPool(cores, Duration.ofMinutes(1))) {
            PasswordHasher hasher = new PasswordHasher(pool, new SecureRandom());
            PasswordHash hash = hasher.hash(PASSWORD);
            together(cores, () -> check(hasher, hash, WARM));
            long began = System.nanoTime();
            long before = cpu();
            AtomicLong checked = new AtomicLong();
            together(
                    cores,
                    () -> {
                        while (System.nanoTime() - began < enough) {
                            check(hasher, hash, 1);
                            checked.incrementAndGet();
                        }
                    });
            System.out.printf("%.1f%n", checked.get() * 1e9 / (cpu() - before));
        }
    }

    private static void check(PasswordHasher hasher, PasswordHash hash, int times) {
        for (int i = 0; i < times; i++) {
            if (!hasher.verify(PASSWORD, hash)) {
                throw new IllegalStateException("the password is right");
            }
        }
    }

    private static void together(int many, Runnable work) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            threads.add(Thread.ofPlatform().start(work));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** CPU of the whole process, since the pool has threads of its own. */
    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
