package dev.ostiary.platform.outbound;

import dev.ostiary.platform.background.Deferred;
import dev.ostiary.platform.outbound.OutboundResult.Answered;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.SSLConnectionSocketFactoryBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Calls by HTTPS: the receiver's certificate is verified for the host's name, redirects are not
 * followed, nothing is tried twice, no cookie is kept, and all of a call, from the look-up of the
 * name to the last byte of the answer, is over within its time. Thread-safe.
 */
public final class OutboundCalls implements AutoCloseable {

    private static final int MOST_CONNECTIONS = 64;
    private static final int MOST_A_HOST = 16;

    private final Deferred<CloseableHttpClient> client;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Duration time;
    private final int longest;

    /**
     * @param destinations whom to call at all
     * @param trust whose certificates are good
     * @param time what a call may take
     * @param longest bytes of an answer; a longer one is a failure
     */
    public OutboundCalls(
            Destinations destinations, Supplier<SSLContext> trust, Duration time, int longest) {
        this.time = time;
        this.longest = longest;
        this.client = new Deferred<>(() -> client(destinations, trust.get(), Timeout.of(time)));
    }

    private static CloseableHttpClient client(
            Destinations destinations, SSLContext trust, Timeout each) {
        return HttpClients.custom()
                .setConnectionManager(
                        PoolingHttpClientConnectionManagerBuilder.create()
                                .setDnsResolver(destinations)
                                .setSSLSocketFactory(
                                        SSLConnectionSocketFactoryBuilder.create()
                                                .setSslContext(trust)
                                                .build())
                                .setDefaultConnectionConfig(
                                        ConnectionConfig.custom()
                                                .setConnectTimeout(each)
                                                .setSocketTimeout(each)
                                                .setTimeToLive(TimeValue.ofMinutes(1))
                                                .build())
                                .setMaxConnTotal(MOST_CONNECTIONS)
                                .setMaxConnPerRoute(MOST_A_HOST)
                                .build())
                .setDefaultRequestConfig(
                        RequestConfig.custom()
                                .setConnectionRequestTimeout(each)
                                .setResponseTimeout(each)
                                .build())
                .setUserAgent("Ostiary-Hooks/1.0")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /** Makes a call. */
    public OutboundResult call(OutboundCall call) {
        HttpUriRequestBase request = request(call);
        Future<OutboundResult> result = threads.submit(() -> execute(request));
        try {
            return result.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            request.cancel();
            result.cancel(true);
            return new OutboundResult.TimedOut();
        } catch (ExecutionException e) {
            return failed(e.getCause());
        } catch (InterruptedException e) {
            request.cancel();
            Thread.currentThread().interrupt();
            return new OutboundResult.Failed("the server is being stopped");
        }
    }

    private OutboundResult execute(HttpUriRequestBase request) throws IOException {
        return client.get().execute(request, this::answer);
    }

    private OutboundResult answer(ClassicHttpResponse response) throws IOException {
        @Nullable HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new Answered(response.getCode(), new byte[0]);
        }
        try (InputStream content = entity.getContent()) {
            byte[] body = content.readNBytes(longest + 1);
            return body.length > longest
                    ? new OutboundResult.Failed(
                            "the service's answer is longer than " + longest + " bytes")
                    : new Answered(response.getCode(), body);
        }
    }

    private static OutboundResult failed(@Nullable Throwable cause) {
        return switch (cause) {
            case Destinations.NotPermitted no -> new OutboundResult.NotPermitted();
            case UnknownHostException no -> new OutboundResult.Failed("the host is not known");
            case java.net.SocketTimeoutException late -> new OutboundResult.TimedOut();
            case SSLException no ->
                    new OutboundResult.Failed("no trusted TLS connection to the service");
            case IOException no -> new OutboundResult.Failed("no connection to the service");
            case null -> new OutboundResult.Failed("the call failed");
            default -> throw new IllegalStateException("an outbound call failed oddly", cause);
        };
    }

    private static HttpUriRequestBase request(OutboundCall call) {
        HttpUriRequestBase request = new HttpUriRequestBase(call.method(), call.uri());
        call.headers().forEach(header -> request.setHeader(header.name(), header.value()));
        call.body()
                .ifPresent(
                        body ->
                                request.setEntity(
                                        new ByteArrayEntity(
                                                body, ContentType.parse(call.contentType()))));
        return request;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        CloseableHttpClient opened = client.ifMade();
        if (opened != null) {
            opened.close(CloseMode.IMMEDIATE);
        }
    }
}
