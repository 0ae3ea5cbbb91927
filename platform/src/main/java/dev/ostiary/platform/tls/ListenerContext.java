package dev.ostiary.platform.tls;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A context whose connections speak certain protocols and cipher suites only, however the listener
 * makes them: web servers take a context, and most leave what it enables by default as it is.
 * Thread-safe.
 */
final class ListenerContext extends SSLContext {

    private ListenerContext(SSLContext context, SSLContextSpi restricted) {
        super(restricted, context.getProvider(), context.getProtocol());
    }

    /**
     * @param context one that is initialised
     * @param protocols to enable, best first
     * @param cipherSuites to enable, best first
     */
    static SSLContext of(SSLContext context, List<String> protocols, List<String> cipherSuites) {
        SSLParameters enabled = context.getDefaultSSLParameters();
        enabled.setProtocols(protocols.toArray(String[]::new));
        enabled.setCipherSuites(cipherSuites.toArray(String[]::new));
        return new ListenerContext(context, new Restricted(context, enabled));
    }

    /**
     * @param enabled changed by nobody after construction
     */
    private static final class Restricted extends SSLContextSpi {

        private final SSLContext context;
        private final SSLParameters enabled;
        private final SSLSocketFactory sockets;

        Restricted(SSLContext context, SSLParameters enabled) {
            this.context = context;
            this.enabled = enabled;
            this.sockets =
                    new ListenerSockets(context.getSocketFactory(), enabled, System::nanoTime);
        }

        @Override
        protected void engineInit(
                KeyManager @Nullable [] keys,
                TrustManager @Nullable [] trusted,
                @Nullable SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("the context is initialised already");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return sockets;
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            // Helidon takes it along and makes no socket by it: it wraps those that it accepts
            return context.getServerSocketFactory();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return restricted(context.createSSLEngine());
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return restricted(context.createSSLEngine(host, port));
        }

        private SSLEngine restricted(SSLEngine engine) {
            engine.setUseClientMode(false);
            engine.setSSLParameters(enabled);
            return engine;
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return context.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return context.getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            SSLParameters own = context.getDefaultSSLParameters();
            own.setProtocols(enabled.getProtocols());
            own.setCipherSuites(enabled.getCipherSuites());
            return own;
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return context.getSupportedSSLParameters();
        }
    }
}
