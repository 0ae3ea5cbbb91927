package dev.ostiary.server.directory.groups;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.Page.LinkPolicy;
import java.util.List;
import java.util.Optional;

/** The true answer of a list of what cannot exist yet: one empty page. */
final class EmptyList {

    private EmptyList() {}

    static Reply of(Request request) {
        Page<String> page = new Page<>(List.of(), Optional.empty());
        return Reply.list(page.items(), (nothing, out) -> {})
                .with(request.links(page, 1, LinkPolicy.SELF));
    }
}
