package dev.ostiary.server.signin.pages;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.contract.Contract;
import dev.ostiary.platform.http.Handler;
import dev.ostiary.platform.http.Query;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls the API's own operations without a socket in between, within the request for a page: the
 * same code, documents and events as for a client elsewhere. What the Pipeline checks was checked
 * for the page. Thread-safe.
 */
final class InProcess {

    private final Contract contract;
    private final Function<String, Optional<Handler>> handlers;

    /**
     * @param handlers finds the code of an operation; empty for one that is not bound
     */
    InProcess(Contract contract, Function<String, Optional<Handler>> handlers) {
        this.contract = contract;
        this.handlers = handlers;
    }

    /**
     * A call. Immutable.
     *
     * @param operationId the operation
     * @param variables of its path
     * @param query its query, decoded
     * @param body its document; empty for none
     */
    record Call(
            String operationId,
            Map<String, String> variables,
            Map<String, List<String>> query,
            Optional<ObjectNode> body) {

        static Call of(String operationId) {
            return new Call(operationId, Map.of(), Map.of(), Optional.empty());
        }

        Call with(ObjectNode document) {
            return new Call(operationId, variables, query, Optional.of(document));
        }

        Call on(String variable, String value) {
            return new Call(operationId, Map.of(variable, value), query, body);
        }

        Call asking(Map<String, List<String>> parameters) {
            return new Call(operationId, variables, parameters, body);
        }

        /** Says nothing of what is sent. */
        @Override
        public String toString() {
            return operationId;
        }
    }

    boolean knows(String operationId) {
        return handlers.apply(operationId).isPresent();
    }

    /** The answer to a call in the name of whoever asks for the page. */
    Reply call(Request page, Call call) {
        return call(page, page.caller(), call);
    }

    /** The answer to a call in somebody's name. */
    Reply call(Request page, Caller caller, Call call) {
        Handler handler =
                handlers.apply(call.operationId)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                call.operationId + " is not bound"));
        byte[] body =
                call.body
                        .map(document -> Json.bytes(out -> Json.raw(out, Json.text(document))))
                        .orElse(new byte[0]);
        return handler.handle(
                new Request(
                        page.id(),
                        page.org(),
                        contract.operation(call.operationId),
                        caller,
                        call.variables,
                        new Query(call.query),
                        page.baseUrl(),
                        page.headers(),
                        body));
    }

    /** The document that answers a call. */
    JsonNode document(Request page, Call call) {
        return Json.parse(call(page, call).body());
    }
}
