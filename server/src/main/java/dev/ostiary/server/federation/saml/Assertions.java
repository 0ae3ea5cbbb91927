package dev.ostiary.server.federation.saml;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.credentials.SigningKey;
import dev.ostiary.server.apps.credentials.SigningKeys;
import dev.ostiary.server.apps.trust.ClaimsOfApps;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.expression.Scope;
import dev.ostiary.server.federation.saml.AssertionWriter.Told;
import dev.ostiary.server.federation.saml.JoinedServiceStore.Joined;
import dev.ostiary.server.federation.saml.ServiceProvider.Statement;
import dev.ostiary.server.federation.saml.XmlSignatures.Signer;
import dev.ostiary.server.signin.pages.view.Notice;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Element;

/** Makes the responses that are handed to services: written, signed, encrypted. Thread-safe. */
final class Assertions {

    /** As long as ids of messages are to be (SAML 2.0 Core, 1.3.4): more than 128 bits. */
    private static final int ID_LENGTH = 27;

    private static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

    private final Database database;
    private final SigningKeys keys;
    private final OrgSchemas schemas;
    private final Tokens tokens;

    Assertions(Database database, SigningKeys keys, OrgSchemas schemas, Tokens tokens) {
        this.database = database;
        this.keys = keys;
        this.schemas = schemas;
        this.tokens = tokens;
    }

    /**
     * A response that says who somebody is.
     *
     * @param name what the service is told that the user is called
     * @param session what it is told that the session is called
     */
    record About(byte[] response, String name, String session) {}

    /** A response that says who somebody is. */
    About about(
            SubjectFacts who,
            ServiceProvider service,
            String destination,
            Optional<String> inResponseTo) {
        AssertionWriter writer = new AssertionWriter(service, destination, inResponseTo, who.now());
        Element response = writer.response(id(), Names.SUCCESS, Optional.empty());
        String id = id();
        Told told = told(statements(who), who, service, inResponseTo.orElse(id));
        Element assertion = writer.assertion(response, id, told);
        Signer signer = signer(who.org(), who.app(), service);
        if (service.signing().assertion()) {
            XmlSignatures.sign(assertion, signer);
        }
        service.encryption()
                .ifPresent(
                        how ->
                                AssertionEncryption.encrypt(
                                        assertion,
                                        how,
                                        publicKey(how.certificate()).orElseThrow()));
        if (service.signing().response()) {
            XmlSignatures.sign(response, signer);
        }
        return new About(XmlDocuments.bytes(writer.document()), told.name(), told.sessionIndex());
    }

    /** The same in SAML 1.1, for a service that knows no other. */
    byte[] older(SubjectFacts who, ServiceProvider service) {
        Statements statements = statements(who);
        OlderWriter writer = new OlderWriter(service, who.now());
        Element response = writer.response(id());
        Element assertion = writer.assertion(response, id(), told(statements, who, service, ""));
        Signer signer = signer(who.org(), who.app(), service);
        XmlSignatures.sign(assertion, OlderWriter.ASSERTION_ID, null, signer);
        XmlSignatures.sign(response, OlderWriter.RESPONSE_ID, response.getFirstChild(), signer);
        return XmlDocuments.bytes(response.getOwnerDocument());
    }

    /** A token for a service that asks by WS-Federation: a signed assertion in its wrapping. */
    byte[] token(SubjectFacts who, PassiveService service) {
        ServiceProvider provider = service.provider();
        AssertionWriter writer =
                new AssertionWriter(provider, provider.acsUrl(), Optional.empty(), who.now());
        TrustResponse wrapping = new TrustResponse(service.realm(), who.now(), provider.lifetime());
        String id = id();
        Element assertion =
                writer.assertion(wrapping.token(), id, told(statements(who), who, provider, id));
        XmlSignatures.sign(assertion, signer(who.org(), who.app(), provider));
        return XmlDocuments.bytes(wrapping.document());
    }

    private Statements statements(SubjectFacts who) {
        return new Statements(
                Scope.ofAssertions(schemas.of(who.org()).expressionTypes(who.org())), who);
    }

    private Told told(
            Statements statements, SubjectFacts who, ServiceProvider service, String session) {
        List<Statement> wanted = new ArrayList<>(service.statements());
        wanted.addAll(federated(who));
        return new Told(
                statements.name(service.nameTemplate()),
                statements.attributes(wanted),
                who.subject().authenticated(),
                session,
                who.context().orElse(service.authnContext()));
    }

    /** The claims of the app, which are attributes here. */
    private List<Statement> federated(SubjectFacts who) {
        return database
                .read(
                        who.org().number(),
                        reader -> ClaimsOfApps.of(reader, List.of(who.app().id())))
                .getOrDefault(who.app().id(), List.of())
                .stream()
                .map(
                        claim ->
                                (Statement)
                                        new Statement.Expressions(
                                                claim.name(),
                                                ServiceProvider.UNSPECIFIED,
                                                List.of(claim.expression())))
                .toList();
    }

    /** A signed response that says that a request cannot be fulfilled. */
    byte[] failure(
            Org org,
            App app,
            ServiceProvider service,
            String destination,
            AuthnRequest request,
            String detail,
            Instant now) {
        AssertionWriter writer =
                new AssertionWriter(service, destination, Optional.of(request.id()), now);
        Element response = writer.response(id(), Names.RESPONDER, Optional.of(detail));
        XmlSignatures.sign(response, signer(org, app, service));
        return XmlDocuments.bytes(writer.document());
    }

    /**
     * A signed response to a request to log somebody out.
     *
     * @param ended whether that is so; else it was somebody else's session
     */
    byte[] loggedOut(
            Org org,
            App app,
            ServiceProvider service,
            String requestId,
            boolean ended,
            Instant now) {
        AssertionWriter writer =
                new AssertionWriter(
                        service, service.logoutUrl().orElseThrow(), Optional.of(requestId), now);
        Element response = writer.logoutResponse(id(), ended);
        XmlSignatures.sign(response, signer(org, app, service));
        return XmlDocuments.bytes(writer.document());
    }

    /** How a service that takes part is asked to log somebody out. */
    Notice logOut(Org org, App app, ServiceProvider service, Joined joined, Instant now) {
        ServiceProvider.Told to = service.told().orElseThrow();
        AssertionWriter writer = new AssertionWriter(service, to.url(), Optional.empty(), now);
        Element request =
                writer.logoutRequest(
                        id(),
                        joined.name(),
                        Optional.of(joined.sessionIndex()).filter(each -> to.sessionIndex()));
        Signer signer = signer(org, app, service);
        if (!to.posted()) {
            return Notice.opened(redirect(to.url(), XmlDocuments.bytes(writer.document()), signer));
        }
        XmlSignatures.sign(request, signer);
        byte[] posted = XmlDocuments.bytes(writer.document());
        return new Notice(
                to.url(), Map.of("SAMLRequest", Base64.getEncoder().encodeToString(posted)));
    }

    /** The signature is over the parameters rather than in the message (Bindings, 3.4.4.1). */
    private static String redirect(String url, byte[] message, Signer signer) {
        String signed =
                "SAMLRequest=" + encoded(Deflated.text(message)) + "&SigAlg=" + encoded(RSA_SHA256);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(signer.key());
            signature.update(signed.getBytes(StandardCharsets.UTF_8));
            return url
                    + (url.indexOf('?') < 0 ? "?" : "&")
                    + signed
                    + "&Signature="
                    + encoded(Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of an app that does not sign", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Signer signer(Org org, App app, ServiceProvider service) {
        SigningKey key = keys.current(org, app).orElseThrow();
        byte[] opened =
                database.read(org.number(), reader -> keys.privateKey(reader, app, key.kid()))
                        .orElseThrow();
        try {
            PrivateKey own =
                    KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(opened));
            return new Signer(service.signing(), own, key.parsed());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of an app is no RSA key", e);
        }
    }

    private String id() {
        return "id" + tokens.urlSafe(ID_LENGTH);
    }

    /** The key of a certificate in base64; nothing for what is none. */
    static Optional<PublicKey> publicKey(String certificate) {
        return Deflated.base64(certificate).flatMap(Assertions::parsed);
    }

    private static Optional<PublicKey> parsed(byte[] der) {
        try {
            return Optional.of(
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der))
                            .getPublicKey());
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
