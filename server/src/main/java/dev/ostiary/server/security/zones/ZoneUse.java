package dev.ostiary.server.security.zones;

import dev.ostiary.platform.store.Reader;
import java.util.List;

/** Somebody who refers to zones, and so keeps them from being deleted. */
@FunctionalInterface
public interface ZoneUse {

    /** What refers to a zone of the reader's org, in words such as {@code API token CI}. */
    List<String> of(Reader reader, String zoneId);
}
