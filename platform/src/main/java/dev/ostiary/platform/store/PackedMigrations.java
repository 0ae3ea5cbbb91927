package dev.ostiary.platform.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The versions of the migrations that are packed with the program, of all modules. Found without
 * Flyway, because loading it costs more than all the rest of a usual start's database work.
 *
 * @param versions ascending
 */
record PackedMigrations(List<Integer> versions) {

    /** Where each module keeps its migrations on the class path. */
    static final String FOLDER = "db";

    private static final Pattern NAME = Pattern.compile("(?:.*/)?V([0-9]+)__[^/]+\\.sql");

    static PackedMigrations find(ClassLoader loader) {
        try {
            List<Integer> versions = new ArrayList<>();
            for (URL folder : Collections.list(loader.getResources(FOLDER))) {
                for (String file : files(folder)) {
                    Matcher name = NAME.matcher(file);
                    if (name.matches()) {
                        versions.add(Integer.valueOf(name.group(1)));
                    }
                }
            }
            return new PackedMigrations(versions.stream().sorted().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The newest version, 0 without any. */
    int newest() {
        return versions.isEmpty() ? 0 : versions.getLast();
    }

    int count() {
        return versions.size();
    }

    private static List<String> files(URL folder) throws IOException {
        if (folder.openConnection() instanceof JarURLConnection jar) {
            String prefix = jar.getEntryName() + "/";
            return jar.getJarFile().stream()
                    .map(java.util.zip.ZipEntry::getName)
                    .filter(name -> name.startsWith(prefix))
                    .toList();
        }
        try (Stream<Path> files = Files.list(Path.of(asUri(folder)))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static URI asUri(URL url) throws IOException {
        try {
            return url.toURI();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
