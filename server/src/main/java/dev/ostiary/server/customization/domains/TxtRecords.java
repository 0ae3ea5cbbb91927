package dev.ostiary.server.customization.domains;

import java.util.List;

/** Looks up TXT records. Implementations are thread-safe and answer within seconds. */
@FunctionalInterface
public interface TxtRecords {

    /** The texts that stand under a name; none if there are none, or nobody answers. */
    List<String> texts(String name);
}
