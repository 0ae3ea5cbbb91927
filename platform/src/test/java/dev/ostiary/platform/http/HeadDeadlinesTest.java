package dev.ostiary.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HeadDeadlinesTest {

    private static final HttpPrologue PROLOGUE =
            HttpPrologue.create("HTTP/1.1", "HTTP", "1.1", Method.GET, "/", false);

    private final AtomicLong clock = new AtomicLong();
    private final HeadDeadlines deadlines = new HeadDeadlines(clock::get);

    @Test
    @DisplayName("a head that is not over in time ends its connection; one that is over does not")
    void ends() throws InterruptedException {
        Connection slow = new Connection();
        Connection quick = new Connection();
        Connection late = new Connection();
        deadlines.prologue(slow, PROLOGUE);
        deadlines.prologue(quick, PROLOGUE);
        deadlines.headers(quick, WritableHeaders.create());
        clock.addAndGet(HeadDeadlines.PATIENCE.toNanos());
        deadlines.prologue(late, PROLOGUE);
        deadlines.sweep();
        clock.addAndGet(1);
        deadlines.sweep();
        assertThat(slow.closed.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(quick.closed.getCount()).isEqualTo(1);
        assertThat(late.closed.getCount()).isEqualTo(1);
    }

    /** A connection that only knows whether it was closed. */
    private static final class Connection implements ConnectionContext, HelidonSocket {

        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public HelidonSocket serverSocket() {
            return this;
        }

        @Override
        public void close() {
            closed.countDown();
        }

        @Override
        public ListenerContext listenerContext() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ExecutorService executor() {
            throw new UnsupportedOperationException();
        }

        @Override
        public DataWriter dataWriter() {
            throw new UnsupportedOperationException();
        }

        @Override
        public DataReader dataReader() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Router router() {
            throw new UnsupportedOperationException();
        }

        @Override
        public PeerInfo remotePeer() {
            throw new UnsupportedOperationException();
        }

        @Override
        public PeerInfo localPeer() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isSecure() {
            return true;
        }

        @Override
        public String socketId() {
            return "";
        }

        @Override
        public String childSocketId() {
            return "";
        }

        @Override
        public void idle() {
            // nothing to do
        }

        @Override
        public boolean isConnected() {
            return closed.getCount() > 0;
        }

        @Override
        public int read(BufferData buffer) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(BufferData buffer) {
            throw new UnsupportedOperationException();
        }

        @Override
        public byte[] get() {
            throw new UnsupportedOperationException();
        }
    }
}
