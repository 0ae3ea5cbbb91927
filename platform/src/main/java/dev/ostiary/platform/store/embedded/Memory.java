package dev.ostiary.platform.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How much memory there is: of the machine, or of the container that this runs in, if that has less
 * (proc(5), {@code MemTotal}; the kernel's documentation of cgroups, {@code memory.max} and {@code
 * memory.limit_in_bytes}). Told by Linux alone.
 */
record Memory(Path root) {

    private static final String MACHINE = "proc/meminfo";
    private static final List<String> CONTAINERS =
            List.of("sys/fs/cgroup/memory.max", "sys/fs/cgroup/memory/memory.limit_in_bytes");
    private static final long MEGABYTE = 1024 * 1024;

    /** In megabytes; empty where the system does not tell. */
    OptionalLong megabytes() {
        LongStream container =
                CONTAINERS.stream()
                        .flatMap(this::lines)
                        .filter(line -> line.matches("[0-9]{1,18}"))
                        .mapToLong(line -> Long.parseLong(line) / MEGABYTE);
        LongStream machine =
                lines(MACHINE)
                        .filter(line -> line.matches("MemTotal: *[0-9]{1,15} kB"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024);
        return LongStream.concat(container, machine).min();
    }

    private Stream<String> lines(String file) {
        try {
            return Files.readAllLines(root.resolve(file)).stream().map(String::strip);
        } catch (IOException e) {
            return Stream.empty();
        }
    }
}
