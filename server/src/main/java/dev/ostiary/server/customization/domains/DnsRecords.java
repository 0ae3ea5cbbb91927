package dev.ostiary.server.customization.domains;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.Semaphore;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/**
 * Asks a name server for TXT records. An answer takes a few seconds at most, and only a few
 * questions are asked at a time: whoever comes then is told that nothing was found. Thread-safe.
 */
public final class DnsRecords implements TxtRecords {

    private static final Logger LOG = System.getLogger(DnsRecords.class.getName());
    private static final String FACTORY = "com.sun.jndi.dns.DnsContextFactory";

    /** The first try takes this long, the second twice as long. */
    private static final String FIRST_TRY_MILLIS = "1000";

    private static final String TRIES = "2";
    private static final int AT_ONCE = 16;
    private static final int MOST_RECORDS = 100;

    private final String url;
    private final Semaphore free = new Semaphore(AT_ONCE);

    private DnsRecords(String url) {
        this.url = url;
    }

    /** Asks the name servers that the machine is configured with. */
    public static DnsRecords ofThisMachine() {
        return new DnsRecords("dns:");
    }

    /** Asks one name server, {@code host:port}. */
    public static DnsRecords of(String server) {
        return new DnsRecords("dns://" + server);
    }

    @Override
    public List<String> texts(String name) {
        if (!free.tryAcquire()) {
            return List.of();
        }
        try {
            return ask(name);
        } catch (NameNotFoundException e) {
            return List.of();
        } catch (NamingException e) {
            LOG.log(Level.INFO, "no TXT record of {0}: {1}", name, e.getMessage());
            return List.of();
        } finally {
            free.release();
        }
    }

    /** The JDK's DNS provider reads attributes as text; it makes no objects of what it is told. */
    @SuppressWarnings("BanJNDI")
    private List<String> ask(String name) throws NamingException {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, FACTORY);
        environment.put(Context.PROVIDER_URL, url);
        environment.put("com.sun.jndi.dns.timeout.initial", FIRST_TRY_MILLIS);
        environment.put("com.sun.jndi.dns.timeout.retries", TRIES);
        InitialDirContext context = new InitialDirContext(environment);
        try {
            Attribute records = context.getAttributes(name + ".", new String[] {"TXT"}).get("TXT");
            return records == null ? List.of() : values(records.getAll());
        } finally {
            context.close();
        }
    }

    private static List<String> values(NamingEnumeration<?> records) throws NamingException {
        List<String> values = new ArrayList<>();
        while (records.hasMore() && values.size() < MOST_RECORDS) {
            values.add(unquoted(records.next().toString()));
        }
        return values;
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
