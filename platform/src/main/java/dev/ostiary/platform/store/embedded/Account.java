package dev.ostiary.platform.store.embedded;

import dev.ostiary.platform.store.embedded.StartFailure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The account that runs the database, and the way to become it. PostgreSQL refuses to run as root,
 * so:
 *
 * <ul>
 *   <li>A plain user runs it as themselves.
 *   <li>root gives the files to an unprivileged account and becomes that one: the owner of an
 *       existing database, else of the data directory, else {@code nobody}. Which program changes
 *       the account is found by trying: containers lack some of them, and forbid some.
 *   <li>Where that account cannot reach the data directory, because a directory above it belongs to
 *       root alone ({@code /root} does), the database runs in a user namespace instead: there root
 *       has another number and no privilege, and the files stay root's own.
 * </ul>
 *
 * @param prefix the words that go before a command
 * @param uid numeric owner of the database's files, -1 where they need no other owner
 * @param gid their group, -1 likewise
 */
record Account(List<String> prefix, int uid, int gid) {

    private static final int SAME = -1;
    private static final String NOBODY_ID = "65534";
    private static final List<String> NAMESPACE =
            List.of("unshare", "--user", "--map-user=" + NOBODY_ID, "--map-group=" + NOBODY_ID);

    /** Succeeds when this is the account, and both directories can be entered. */
    private static final String PROBE =
            "test \"$(id -u)\" = \"$1\" || exit 10; test -x \"$2/.\" && test -x \"$3/.\" || exit 11";

    /** Finds the account for the database in a data directory. */
    static Account forDatabase(DataDirectory data, Path database, Binaries binaries)
            throws IOException, InterruptedException {
        if (!own("-u").equals("0")) {
            return new Account(List.of(), SAME, SAME);
        }
        int[] owner = owner(data.path(), database);
        if (owner[0] == 0) {
            return namespace(data, binaries);
        }
        data.letOthersPass();
        boolean switched = false;
        for (List<String> way : ways(owner[0], owner[1])) {
            int exit = probe(way, Integer.toString(owner[0]), data, binaries);
            if (exit == 0) {
                return new Account(way, owner[0], owner[1]);
            }
            switched |= exit == 11;
        }
        if (!Files.exists(database)) {
            return namespace(data, binaries);
        }
        throw new StartFailure(
                Reason.DATA_DIRECTORY_UNUSABLE,
                (switched
                                ? "user %d, who owns the database, cannot reach %s: let others pass (chmod o+x) through the directories above it"
                                : "cannot become user %d, who owns the database in %s: setpriv, chroot or runuser is needed, and the right to use it")
                        .formatted(owner[0], data.path()));
    }

    /** A command as this account runs it. */
    List<String> command(List<String> words) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(words);
        return all;
    }

    /** Gives it a file or directory. */
    void own(Path path) throws IOException {
        if (uid != SAME) {
            Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private static Account namespace(DataDirectory data, Binaries binaries)
            throws IOException, InterruptedException {
        if (probe(NAMESPACE, NOBODY_ID, data, binaries) == 0) {
            return new Account(NAMESPACE, SAME, SAME);
        }
        throw new StartFailure(
                Reason.DATA_DIRECTORY_UNUSABLE,
                "PostgreSQL does not run as root, and no other user can reach %s: choose a data directory outside of private ones, let others pass (chmod o+x) through those above it, or start the server as a plain user"
                        .formatted(data.path()));
    }

    private static int[] owner(Path data, Path database) throws IOException, InterruptedException {
        if (Files.exists(database)) {
            return owner(database);
        }
        int[] owner = owner(data);
        // initdb looks its user up by number, so one without a name will not do.
        boolean named = !Files.getOwner(data).getName().equals(Integer.toString(owner[0]));
        if (owner[0] != 0 && named) {
            return owner;
        }
        return new int[] {
            Integer.parseInt(own("-u", "nobody")), Integer.parseInt(own("-g", "nobody"))
        };
    }

    private static int[] owner(Path path) throws IOException {
        return new int[] {
            (Integer) Files.getAttribute(path, "unix:uid"),
            (Integer) Files.getAttribute(path, "unix:gid")
        };
    }

    private static List<List<String>> ways(int uid, int gid) {
        return List.of(
                List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups"),
                List.of("chroot", "--userspec=" + uid + ":" + gid, "--groups=" + gid, "/"),
                List.of("sudo", "-n", "-u", "#" + uid, "--"));
    }

    private static int probe(List<String> way, String uid, DataDirectory data, Binaries binaries)
            throws InterruptedException {
        List<String> command = new ArrayList<>(way);
        command.addAll(
                List.of(
                        "/bin/sh",
                        "-c",
                        PROBE,
                        "probe",
                        uid,
                        data.path().toString(),
                        binaries.home().resolve("bin").toString()));
        try {
            return Command.run(command).exit();
        } catch (IOException noSuchProgram) {
            return 127;
        }
    }

    private static String own(String... question) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("id"));
        command.addAll(List.of(question));
        Command.Result result = Command.run(command);
        if (!result.ok()) {
            throw new StartFailure(Reason.OTHER, "cannot tell accounts apart: " + result.output());
        }
        return result.output().strip();
    }
}
