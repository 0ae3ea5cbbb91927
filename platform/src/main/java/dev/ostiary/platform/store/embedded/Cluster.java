package dev.ostiary.platform.store.embedded;

import dev.ostiary.platform.store.embedded.StartFailure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of the database: made once, whole or not at all, and configured at every start.
 *
 * @param files PostgreSQL's data directory
 * @param settings how durable it is
 * @param memory of the machine in megabytes; 0 if nobody knows
 * @param starter how its process is started
 */
record Cluster(
        DataDirectory data,
        Path files,
        Binaries binaries,
        Account account,
        Settings settings,
        long memory,
        Starter starter) {

    static final String SUPERUSER = "postgres";

    /**
     * Code point order and Unicode's letters come with PostgreSQL itself, the same on every
     * machine. Only {@code LC_CTYPE} is the machine's: trigram indexes ask it what a letter is, and
     * under {@code C} would hold ASCII only. Names differ between systems, so they are tried in
     * turn.
     */
    private static final List<String> CHARACTER_TYPES =
            List.of("C.UTF-8", "en_US.UTF-8", "UTF-8", "C");

    boolean exists() {
        return Files.exists(files.resolve("PG_VERSION"));
    }

    /** Makes the files. A power cut in the middle leaves nothing that passes for a database. */
    void create(Credentials credentials) throws IOException, InterruptedException {
        Path site = files.resolveSibling(files.getFileName() + ".new");
        Binaries.deleteTree(site);
        Files.createDirectory(
                site,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        account.own(site);
        Path password = site.resolve("password");
        PrivateFile.write(password, credentials.superuser() + "\n", data.path(), account);
        Path fresh = site.resolve("files");
        initdb(fresh, password);
        Files.delete(password);
        PrivateFile.rename(fresh, files);
        Binaries.deleteTree(site);
    }

    /** Refuses a database of another major version, which these programs cannot open. */
    void checkVersion() throws IOException {
        int found = Integer.parseInt(Files.readString(files.resolve("PG_VERSION")).strip());
        int brought = binaries.major();
        if (found > brought) {
            throw new StartFailure(
                    Reason.DATABASE_TOO_NEW,
                    "the database in %s is of PostgreSQL %d, too new for this server, which brings %d: use the newer server"
                            .formatted(files, found, brought));
        }
        if (found < brought) {
            throw new StartFailure(
                    Reason.DATABASE_TOO_OLD,
                    "the database in %s is of PostgreSQL %d, too old for this server, which brings %d: back it up with the older server and restore it here"
                            .formatted(files, found, brought));
        }
    }

    /** Whether the files say just what {@link #configure} would write. */
    boolean isConfigured(int port) throws IOException {
        Path file = files.resolve("postgresql.conf");
        return Files.exists(file) && Files.readString(file).equals(settings.text(port, memory));
    }

    void configure(int port) throws IOException {
        write("postgresql.conf", settings.text(port, memory));
        write("pg_hba.conf", Settings.ACCESS);
    }

    void write(String name, String text) throws IOException {
        PrivateFile.write(files.resolve(name), text, data.path(), account);
    }

    private void initdb(Path fresh, Path password) throws IOException, InterruptedException {
        String output = "";
        for (String characterType : CHARACTER_TYPES) {
            Command.Result result =
                    Command.run(account.command(initdb(fresh, password, characterType)));
            if (result.ok()) {
                return;
            }
            output = result.output();
            if (!output.contains("invalid locale")) {
                break;
            }
        }
        throw StartFailure.of("cannot make the database in " + files, output);
    }

    private List<String> initdb(Path fresh, Path password, String characterType) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                binaries.program("initdb"),
                                "--pgdata=" + fresh,
                                "--username=" + SUPERUSER,
                                "--pwfile=" + password,
                                "--set=scram_iterations=" + Settings.SCRAM_ITERATIONS,
                                "--auth=scram-sha-256",
                                "--data-checksums",
                                "--encoding=UTF8",
                                "--locale=C",
                                "--lc-ctype=" + characterType,
                                "--locale-provider=builtin",
                                "--builtin-locale=C.UTF-8",
                                "--no-instructions"));
        words.addAll(
                switch (settings) {
                    // One call for the whole file system instead of one for each of 1000 files.
                    case DURABLE -> onLinux() ? List.of("--sync-method=syncfs") : List.of();
                    case FORGETFUL -> List.of("--no-sync");
                });
        return words;
    }

    private static boolean onLinux() {
        return System.getProperty("os.name").startsWith("Linux");
    }
}
