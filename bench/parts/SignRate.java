import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How many RS256 signatures this machine makes in a second, all cores at it, by the crypto provider
 * that the server brings if it is on the class path, else by the JDK: prints that number.
 */
class SignRate {

    private static final int TOKEN_BYTES = 600;

    public static void main(String[] seconds) throws Exception {
        ServiceLoader.load(Provider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.getName().equals("AmazonCorrettoCryptoProvider"))
                .findFirst()
                .ifPresent(each -> Security.insertProviderAt(each, 1));
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        KeyPair pair = keys.generateKeyPair();
        rate(pair, 2);
        System.out.printf("%.1f%n", rate(pair, Long.parseLong(seconds[0])));
    }

    private static double rate(KeyPair pair, long seconds) throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        long began = System.nanoTime();
        long end = began + seconds * 1_000_000_000L;
        Callable<Long> signing =
                () -> {
                    long made = 0;
                    while (System.nanoTime() < end) {
                        Signature signature = Signature.getInstance("SHA256withRSA");
                        signature.initSign(pair.getPrivate());
                        signature.update(new byte[TOKEN_BYTES]);
                        signature.sign();
                        made++;
                    }
                    return made;
                };
        long all = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(cores)) {
            List<Future<Long>> each = new ArrayList<>();
            for (int n = 0; n < cores; n++) {
                each.add(threads.submit(signing));
            }
            for (Future<Long> one : each) {
                all += one.get();
            }
        }
        return all * 1e9 / (System.nanoTime() - began);
    }
}
