package dev.ostiary.server.delivery;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.resource.Family;
import java.util.List;

/**
 * {@code /ostiary/v1/outbox}: what mail was written, newest first, for whoever tests against this
 * server or looks for a mail that did not arrive. {@code to} narrows to one address, in any case.
 *
 * <p>Mails hold tokens that open accounts, so only super administrators and the operator of the
 * server read them.
 */
public final class OutboxMails implements Family {

    private static final Limits LIMITS = Limits.refusing(20, 200);

    private final OutboxStore store;

    /** The operations on this outbox. */
    public OutboxMails(OutboxStore store) {
        this.store = store;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listOstiaryOutbox", this::list).answersMany(OutboxMail.SCHEMA),
                Binding.of("getOstiaryOutboxMail", this::get).answers(OutboxMail.SCHEMA));
    }

    private Reply list(Request request) {
        requireTrusted(request);
        PageRequest asked = PageRequest.forward(request.parameters(), LIMITS);
        Page<OutboxMail> page =
                store.page(request.org().number(), request.query().text("to"), asked);
        return Reply.list(page.items(), (mail, out) -> OutboxMail.SHAPE.write(out, mail))
                .with(request.links(page, asked.limit(), Page.LinkPolicy.SELF));
    }

    private Reply get(Request request) {
        requireTrusted(request);
        String id = request.variable("mailId");
        OutboxMail mail =
                store.find(request.org().number(), id)
                        .orElseThrow(() -> ApiException.notFound(id, "OutboxMail"));
        return Reply.ok(out -> OutboxMail.SHAPE.write(out, mail));
    }

    private static void requireTrusted(Request request) {
        boolean trusted =
                switch (request.caller()) {
                    case Caller.Operator operator -> true;
                    case Caller.Token token -> token.permissions().superAdmin();
                    case Caller.Session session -> session.permissions().superAdmin();
                    case Caller.Bearer bearer -> false;
                    case Caller.Anonymous nobody -> false;
                };
        if (!trusted) {
            throw ApiException.forbidden();
        }
    }
}
