package dev.ostiary.conformance.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A DNS server on loopback (RFC 1035, over UDP) that knows the TXT records it is told, only. */
public final class NameServer implements AutoCloseable {

    private static final int HEADER = 12;
    private static final short TXT = 16;
    private static final short IN = 1;
    private static final short ANSWER = (short) 0x8580;
    private static final short NO_SUCH_NAME = (short) 0x8583;

    private final DatagramSocket socket;
    private final Map<String, List<String>> texts = new ConcurrentHashMap<>();

    private NameServer(DatagramSocket socket) {
        this.socket = socket;
        Thread.ofVirtual().start(this::serve);
    }

    /** Opens it on a free port. */
    public static NameServer open() {
        try {
            return new NameServer(new DatagramSocket(0, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it is, {@code host:port}. */
    public String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** From now on these stand under the name. */
    public void texts(String name, String... values) {
        texts.put(name.toLowerCase(Locale.ROOT), List.of(values));
    }

    private void serve() {
        byte[] buffer = new byte[512];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                byte[] reply = answer(Arrays.copyOf(packet.getData(), packet.getLength()));
                socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private byte[] answer(byte[] query) {
        StringBuilder name = new StringBuilder();
        int at = HEADER;
        for (int length = query[at]; length > 0; length = query[at]) {
            name.append(name.isEmpty() ? "" : ".")
                    .append(new String(query, at + 1, length, StandardCharsets.US_ASCII));
            at += 1 + length;
        }
        short type = ByteBuffer.wrap(query).getShort(at + 1);
        byte[] question = Arrays.copyOfRange(query, HEADER, at + 5);
        List<String> known = texts.get(name.toString().toLowerCase(Locale.ROOT));
        List<String> values = known == null || type != TXT ? List.of() : known;
        ByteArrayOutputStream reply = new ByteArrayOutputStream();
        reply.writeBytes(
                ByteBuffer.allocate(HEADER)
                        .put(query, 0, 2)
                        .putShort(known == null ? NO_SUCH_NAME : ANSWER)
                        .putShort((short) 1)
                        .putShort((short) values.size())
                        .array());
        reply.writeBytes(question);
        values.forEach(value -> reply.writeBytes(record(value)));
        return reply.toByteArray();
    }

    /** Its name is that of the question, at offset 12. */
    private static byte[] record(String value) {
        byte[] text = value.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(HEADER + 1 + text.length)
                .putShort((short) (0xC000 | HEADER))
                .putShort(TXT)
                .putShort(IN)
                .putInt(1)
                .putShort((short) (1 + text.length))
                .put((byte) text.length)
                .put(text)
                .array();
    }

    @Override
    public void close() {
        socket.close();
    }
}
