import dev.ostiary.server.directory.users.password.HashingPool;
import dev.ostiary.server.directory.users.password.PasswordHash;
import dev.ostiary.server.directory.users.password.PasswordHasher;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;

/** How many passwords a core checks in a second, with nothing around it: prints that number. */
class HashRate {

    private static final int WARM = 50;

    public static void main(String[] seconds) {
        long enough = Long.parseLong(seconds[0]) * 1_000_000_000L;
        try (HashingPool pool = HashingPool.forThisMachine()) {
            PasswordHasher hasher = new PasswordHasher(pool, new SecureRandom());
            PasswordHash hash = hasher.hash("Tr0ub4dor-and-3");
            for (int i = 0; i < WARM; i++) {
                hasher.verify("Tr0ub4dor-and-3", hash);
            }
            long before = cpu();
            long checked = 0;
            while (cpu() - before < enough) {
                if (!hasher.verify("Tr0ub4dor-and-3", hash)) {
                    throw new IllegalStateException("the password is right");
                }
                checked++;
            }
            System.out.printf("%.1f%n", checked * 1e9 / (cpu() - before));
        }
    }

    /** CPU of the whole process, since the pool has threads of its own. */
    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
