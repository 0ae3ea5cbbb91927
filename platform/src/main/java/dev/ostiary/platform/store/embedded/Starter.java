package dev.ostiary.platform.store.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How the database process gets a session of its own, out of reach of the terminal's Ctrl-C. */
enum Starter {
    /** Through the program {@code setsid}, which every usual Linux has: it stays our child. */
    SETSID {
        @Override
        List<String> words(Cluster cluster) {
            return List.of(
                    "setsid",
                    cluster.binaries().program("postgres"),
                    "-D",
                    cluster.files().toString());
        }
    },

    /** Through PostgreSQL's own starter (macOS has no {@code setsid}): it gets another parent. */
    PG_CTL {
        @Override
        List<String> words(Cluster cluster) {
            return List.of(
                    cluster.binaries().program("pg_ctl"),
                    "start",
                    "-w",
                    "-t",
                    "600",
                    "-D",
                    cluster.files().toString());
        }
    };

    abstract List<String> words(Cluster cluster);

    static Starter here() {
        boolean found =
                Stream.of("/usr/bin/setsid", "/bin/setsid")
                        .map(Path::of)
                        .anyMatch(Files::isExecutable);
        return found ? SETSID : PG_CTL;
    }
}
