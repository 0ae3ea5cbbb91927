package dev.ostiary.platform.geo;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.maxmind.db.Reader;
import dev.ostiary.platform.context.Atlas;
import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.context.Place;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An atlas of files in MaxMind's format: City or Country, ASN, Anonymous IP, each optional. What
 * several of them know of an address is put together; where they differ, the earlier one counts.
 * The files are mapped into memory and read as they were at the start. Thread-safe.
 */
public final class GeoDatabases implements Atlas, AutoCloseable {

    private static final Logger LOG = System.getLogger(GeoDatabases.class.getName());

    private static final int MOST_PLACES = 50_000;

    private final List<Reader> readers;
    private final Cache<IpAddress, Place> places =
            Caffeine.newBuilder().maximumSize(MOST_PLACES).build();

    private GeoDatabases(List<Reader> readers) {
        this.readers = List.copyOf(readers);
    }

    /**
     * Opens files.
     *
     * @throws GeoDatabaseFailure if one cannot be read or is of another format
     */
    public static GeoDatabases open(List<Path> files) {
        List<Reader> readers = new ArrayList<>();
        try {
            for (Path file : files) {
                readers.add(open(file));
            }
            return new GeoDatabases(readers);
        } catch (GeoDatabaseFailure e) {
            close(readers);
            throw e;
        }
    }

    private static Reader open(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new GeoDatabaseFailure(file + " cannot be read", null);
        }
        try {
            return new Reader(file.toFile(), Reader.FileMode.MEMORY_MAPPED);
        } catch (IOException | RuntimeException e) {
            throw new GeoDatabaseFailure(file + " is no database in MaxMind's format", e);
        }
    }

    @Override
    public Place of(IpAddress address) {
        return readers.isEmpty() ? Place.unknown() : places.get(address, this::read);
    }

    private Place read(IpAddress address) {
        Findings findings = new Findings();
        for (Reader reader : readers) {
            try {
                Map<?, ?> found = reader.get(address.toInetAddress(), Map.class);
                if (found != null) {
                    findings.add(reader.getMetadata().databaseType(), found);
                }
            } catch (IOException | RuntimeException e) {
                LOG.log(Level.WARNING, "a geography database does not say where " + address, e);
            }
        }
        return findings.place();
    }

    @Override
    public void close() {
        close(readers);
    }

    private static void close(List<Reader> readers) {
        for (Reader reader : readers) {
            try {
                reader.close();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "a geography database was not closed", e);
            }
        }
    }
}
