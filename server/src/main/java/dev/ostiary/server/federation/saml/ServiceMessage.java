package dev.ostiary.server.federation.saml;

import dev.ostiary.platform.http.Query;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.w3c.dom.Document;

/**
 * A message as a browser brought it from a service, by its query or by a form (SAML 2.0 Bindings,
 * 3.4 and 3.5). Immutable but for its document, which is the reader's own.
 *
 * @param document what it says
 * @param relayState what the service wants back with the answer
 * @param path the own address that says the same again, for after a sign-in
 * @param query as it was sent, for signatures over it; empty for a form
 */
record ServiceMessage(
        Document document, Optional<String> relayState, String path, Optional<Query> query) {

    /** A form that brings one, on the wire. */
    static final Schema FORM =
            Schema.object()
                    .always("SAMLRequest", Schema.TEXT)
                    .maybe("RelayState", Schema.TEXT)
                    .andOthers();

    private static final String REQUEST = "SAMLRequest";
    static final String RELAY_STATE = "RelayState";
    static final int LONGEST_RELAY_STATE = 4096;

    /** What signatures over queries may be made with; the older SHA-1 proves nothing. */
    private static final Map<String, String> ALGORITHMS =
            Map.of(
                    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "SHA256withRSA",
                    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384", "SHA384withRSA",
                    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", "SHA512withRSA");

    /** Whether there is a message at all, good or bad. */
    static boolean isThere(Request request) {
        return request.hasBody() || request.query().first(REQUEST).isPresent();
    }

    /** The message of a request; nothing where there is none that can be read. */
    static Optional<ServiceMessage> of(Request request) {
        Query said =
                request.hasBody()
                        ? Query.parse(new String(request.body(), StandardCharsets.UTF_8))
                        : request.query();
        Optional<String> relayState = relayState(said);
        Optional<String> text = said.text(REQUEST);
        return text.flatMap(Deflated::message)
                .flatMap(
                        xml ->
                                request.hasBody()
                                        ? posted(request, xml, relayState)
                                        : asked(request, xml, relayState));
    }

    /** What the browser brings for the service to have again. */
    static Optional<String> relayState(Query said) {
        return said.text(RELAY_STATE).filter(text -> text.length() <= LONGEST_RELAY_STATE);
    }

    private static Optional<ServiceMessage> posted(
            Request request, byte[] xml, Optional<String> relayState) {
        String again =
                request.localPath()
                        + "?"
                        + REQUEST
                        + "="
                        + encoded(Deflated.text(xml))
                        + relayState
                                .map(state -> "&" + RELAY_STATE + "=" + encoded(state))
                                .orElse("");
        return XmlDocuments.read(xml)
                .map(document -> new ServiceMessage(document, relayState, again, Optional.empty()));
    }

    private static Optional<ServiceMessage> asked(
            Request request, byte[] xml, Optional<String> relayState) {
        String again = request.localPath() + "?" + request.query().raw();
        return XmlDocuments.read(xml)
                .map(
                        document ->
                                new ServiceMessage(
                                        document, relayState, again, Optional.of(request.query())));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Whether the service has signed it, in the query or in the document. */
    boolean isSignedBy(ServiceProvider service) {
        return service.certificate()
                .flatMap(Assertions::publicKey)
                .filter(this::isSigned)
                .isPresent();
    }

    private boolean isSigned(PublicKey key) {
        return query.filter(said -> said.text("Signature").isPresent())
                .map(said -> isSigned(said, key))
                .orElseGet(() -> XmlSignatures.isSigned(document, key));
    }

    /** Over the parameters as they were sent, in this order (Bindings, 3.4.4.1). */
    private static boolean isSigned(Query said, PublicKey key) {
        Optional<String> algorithm = said.text("SigAlg").map(ALGORITHMS::get);
        Optional<byte[]> signature = said.text("Signature").flatMap(Deflated::base64);
        if (algorithm.isEmpty() || signature.isEmpty()) {
            return false;
        }
        String signed =
                Stream.of(REQUEST, RELAY_STATE, "SigAlg")
                        .flatMap(name -> raw(said.raw(), name).stream())
                        .collect(Collectors.joining("&"));
        try {
            Signature verifier = Signature.getInstance(algorithm.get());
            verifier.initVerify(key);
            verifier.update(signed.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(signature.get());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Optional<String> raw(String query, String name) {
        return Stream.of(query.split("&", -1))
                .filter(pair -> pair.startsWith(name + "="))
                .findFirst();
    }
}
