package dev.ostiary.server.oauth.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.json.Json;
import dev.ostiary.server.oauth.keys.SigningKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

@DisplayName("The provider that signs tokens")
class NativeRsaTest {

    private static final ClassDesc PROVIDER = ClassDesc.of(NativeRsa.NAME);
    private static final ClassDesc SUPER = ClassDesc.of("java.security.Provider");

    private final List<String> lines = new ArrayList<>();
    private final Logger log = Logger.getLogger(NativeRsa.class.getName());
    private final Handler handler = new Lines();

    @BeforeEach
    void listen() {
        log.setLevel(Level.INFO);
        log.addHandler(handler);
    }

    @AfterEach
    void listenNoMore() {
        log.removeHandler(handler);
        log.setLevel(null);
    }

    @Test
    @DisplayName("is the JDK's where the build has no other one, and one line says so")
    void absent() {
        Optional<Provider> found = NativeRsa.of(new Stocked(Optional.empty()));

        assertThat(found).isEmpty();
        assertThat(lines)
                .containsExactly(
                        "The JDK signs tokens, without Amazon Corretto's library: it is not part of"
                                + " this build");
    }

    @Test
    @DisplayName("is the JDK's where the other one's library is for another platform")
    void withoutItsLibrary() {
        Optional<Provider> found = NativeRsa.of(new Stocked(Optional.of(provider(code -> {}))));

        assertThat(found).isEmpty();
        assertThat(lines)
                .containsExactly(
                        "The JDK signs tokens, without Amazon Corretto's library: its library does"
                                + " not load on this platform");
    }

    @Test
    @DisplayName("is the JDK's where the other one does not link, and the line says why")
    void doesNotLink() {
        ClassDesc error = ClassDesc.of("java.lang.UnsatisfiedLinkError");
        byte[] linking =
                provider(
                        code ->
                                code.new_(error)
                                        .dup()
                                        .loadConstant("no such machine")
                                        .invokespecial(
                                                error,
                                                ConstantDescs.INIT_NAME,
                                                MethodTypeDesc.of(
                                                        ConstantDescs.CD_void,
                                                        ConstantDescs.CD_String))
                                        .athrow());

        Optional<Provider> found = NativeRsa.of(new Stocked(Optional.of(linking)));

        assertThat(found).isEmpty();
        assertThat(lines).singleElement().asString().contains("it does not load (");
    }

    @Test
    @DisplayName("makes the same token as the JDK")
    void same() throws NoSuchAlgorithmException {
        KeyPair pair = pair();
        SigningKey key =
                new SigningKey(
                        "kid", (RSAPublicKey) pair.getPublic(), (RSAPrivateKey) pair.getPrivate());
        ObjectNode claims = Json.object().put("sub", "00u1");

        String token = new TokenSigner(NativeRsa::find).sign(key, claims);

        assertThat(token).isEqualTo(new TokenSigner(Optional::empty).sign(key, claims));
    }

    private static KeyPair pair() throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    /** A class with the provider's name that offers nothing, and whose making begins with this. */
    private static byte[] provider(Consumer<CodeBuilder> beginning) {
        MethodTypeDesc made =
                MethodTypeDesc.of(
                        ConstantDescs.CD_void,
                        ConstantDescs.CD_String,
                        ConstantDescs.CD_String,
                        ConstantDescs.CD_String);
        return ClassFile.of()
                .build(
                        PROVIDER,
                        type ->
                                type.withFlags(ClassFile.ACC_PUBLIC)
                                        .withSuperclass(SUPER)
                                        .withMethodBody(
                                                ConstantDescs.INIT_NAME,
                                                ConstantDescs.MTD_void,
                                                ClassFile.ACC_PUBLIC,
                                                code -> {
                                                    code.aload(0)
                                                            .loadConstant("Empty")
                                                            .loadConstant("1")
                                                            .loadConstant("nothing")
                                                            .invokespecial(
                                                                    SUPER,
                                                                    ConstantDescs.INIT_NAME,
                                                                    made);
                                                    beginning.accept(code);
                                                    code.return_();
                                                }));
    }

    /** Knows the JDK and, perhaps, one class more: a provider. */
    private static final class Stocked extends ClassLoader {

        private static final String SERVICES = "META-INF/services/java.security.Provider";

        private final Optional<byte[]> provider;

        Stocked(Optional<byte[]> provider) {
            super(ClassLoader.getPlatformClassLoader());
            this.provider = provider;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes =
                    provider.filter(any -> name.equals(NativeRsa.NAME))
                            .orElseThrow(() -> new ClassNotFoundException(name));
            return defineClass(name, bytes, 0, bytes.length);
        }

        @Override
        protected Enumeration<URL> findResources(String name) throws IOException {
            return provider.isPresent() && name.equals(SERVICES)
                    ? Collections.enumeration(
                            List.of(URL.of(URI.create("memory:provider"), new Memory())))
                    : Collections.emptyEnumeration();
        }
    }

    private static final class Memory extends URLStreamHandler {
        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() {
                    return new ByteArrayInputStream(
                            NativeRsa.NAME.getBytes(StandardCharsets.UTF_8));
                }
            };
        }
    }

    private final class Lines extends Handler {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord said) {
            lines.add(formatter.formatMessage(said));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
