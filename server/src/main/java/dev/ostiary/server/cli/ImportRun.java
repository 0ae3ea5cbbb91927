package dev.ostiary.server.cli;

import dev.ostiary.server.cli.BulkClient.Answer;
import dev.ostiary.server.cli.LineSource.Line;
import dev.ostiary.server.transfer.LineDigest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Sends the lines of a file to an import, from where it stands. Three chunks are under way at a
 * time, so that the server judges one while its database writes the others; it takes them in their
 * order or not at all, and says where to go on. No more of the file is held than those. Not
 * thread-safe.
 */
final class ImportRun {

    private static final int MOST_BYTES = 800 * 1024;
    private static final int MOST_LINES = 1000;
    private static final int MOST_UNANSWERED = 60;
    private static final Pattern PLACE = Pattern.compile("(?<=^line |: Line )[0-9]+(?=: | has)");

    private final BulkClient client;
    private final LineSource source;
    private final Progress progress;
    private final PrintWriter out;
    private final String path;
    private final Deque<Line> waiting = new ArrayDeque<>();
    private final Deque<Sent> underWay = new ArrayDeque<>();
    private long position;
    private long next;
    private int width = 3;
    private int unanswered;
    private JsonNode job;

    /** A chunk under way. */
    private record Sent(long from, List<Line> lines, CompletableFuture<Answer> answer) {
        long end() {
            return from + lines.size();
        }
    }

    ImportRun(
            BulkClient client,
            LineSource source,
            Progress progress,
            JsonNode job,
            PrintWriter out) {
        this.client = client;
        this.source = source;
        this.progress = progress;
        this.job = job;
        this.out = out;
        this.path = "/ostiary/v1/imports/" + job.path("id").asString() + "/lines?from=";
        this.position = job.path("position").asLong();
        this.next = position;
    }

    /**
     * Passes over what the import has taken before.
     *
     * @throws Failure if the file does not begin with it
     */
    void skip() throws IOException {
        LineDigest digest = new LineDigest();
        for (long n = 0; n < position; n++) {
            Optional<Line> line = source.next();
            line.ifPresent(each -> digest.add(each.text()));
        }
        if (!HexFormat.of().formatHex(digest.value()).equals(job.path("digest").asString())) {
            throw new Failure(
                    ExitCode.FAILED,
                    "an import of this name took "
                            + position
                            + " lines, and the file does not begin with them: --again begins anew,"
                            + " --name NAME keeps them apart");
        }
    }

    /** Sends everything; the import as it is then. */
    JsonNode toTheEnd() throws IOException {
        fill();
        while (!underWay.isEmpty()) {
            Sent first = underWay.removeFirst();
            switch (answer(first)) {
                case Answer.Taken taken -> taken(first, taken.job());
                case Answer.Refused refused -> refuse(first, refused.causes());
                case Answer.Nothing nothing -> nothing(first, nothing.why());
            }
            fill();
        }
        progress.end(position);
        return job;
    }

    private static Answer answer(Sent sent) {
        try {
            return sent.answer().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Failure failure) {
                throw failure;
            }
            throw e;
        }
    }

    private void fill() throws IOException {
        while (underWay.size() < width) {
            List<Line> lines = lines();
            if (lines.isEmpty()) {
                return;
            }
            underWay.addLast(new Sent(next, lines, client.send(path + next, body(lines))));
            next += lines.size();
        }
    }

    private List<Line> lines() throws IOException {
        List<Line> lines = new ArrayList<>();
        int bytes = 0;
        while (lines.size() < MOST_LINES) {
            if (waiting.isEmpty()) {
                source.next().ifPresent(waiting::addLast);
            }
            if (waiting.isEmpty()
                    || (!lines.isEmpty()
                            && bytes + waiting.getFirst().text().length > MOST_BYTES)) {
                return lines;
            }
            Line line = waiting.removeFirst();
            bytes += line.text().length + 1;
            lines.add(line);
        }
        return lines;
    }

    private static byte[] body(List<Line> lines) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(MOST_BYTES);
        for (Line line : lines) {
            body.writeBytes(line.text());
            body.write('\n');
        }
        return body.toByteArray();
    }

    private void taken(Sent sent, JsonNode after) {
        unanswered = 0;
        tell(sent, after.path("problems"));
        // one that came too early was told how far the import had come then
        job = after.path("position").asLong() < position ? present() : after;
        position = job.path("position").asLong();
        progress.at(position);
        if (position > sent.from() && position < sent.end()) {
            // passwords that have to be hashed: less at a time, and nothing hashed in vain
            width = 1;
        }
        if (position != sent.end()) {
            goOnAt(sent);
        }
    }

    private void tell(Sent sent, JsonNode problems) {
        for (JsonNode problem : problems) {
            long line = problem.path("line").asLong();
            problem.path("causes")
                    .forEach(cause -> tell(sent, "line " + line + ": " + cause.asString()));
        }
    }

    /** Lines have other numbers in a file whose records may take several. */
    private void tell(Sent sent, String cause) {
        out.println(
                PLACE.matcher(cause)
                        .replaceAll(
                                named ->
                                        Long.toString(place(sent, Long.parseLong(named.group())))));
    }

    private static long place(Sent sent, long line) {
        int index = (int) (line - sent.from() - 1);
        return index >= 0 && index < sent.lines().size() ? sent.lines().get(index).place() : line;
    }

    /** What was sent and not taken waits again, from the position on. */
    private void goOnAt(Sent first) {
        List<Sent> all = new ArrayList<>(List.of(first));
        all.addAll(underWay);
        underWay.clear();
        for (Sent sent : all.subList(1, all.size())) {
            if (answer(sent) instanceof Answer.Taken taken) {
                job = taken.job();
                position = Math.max(position, job.path("position").asLong());
            }
        }
        if (position < first.from()) {
            throw new Failure(ExitCode.FAILED, "somebody else has begun this import anew");
        }
        List<Line> left = new ArrayList<>();
        for (Sent sent : all) {
            for (int i = 0; i < sent.lines().size(); i++) {
                if (sent.from() + i >= position) {
                    left.add(sent.lines().get(i));
                }
            }
        }
        left.reversed().forEach(waiting::addFirst);
        next = position;
    }

    private void nothing(Sent sent, String why) {
        if (++unanswered > MOST_UNANSWERED) {
            throw new Failure(
                    ExitCode.SERVER_UNREACHABLE,
                    why + "; the same command goes on from line " + position);
        }
        client.again();
        job = present();
        position = job.path("position").asLong();
        goOnAt(sent);
    }

    private JsonNode present() {
        return client.ask("GET", path.substring(0, path.indexOf("/lines")), "");
    }

    private void refuse(Sent sent, List<String> causes) {
        causes.forEach(cause -> tell(sent, cause));
        out.flush();
        throw new Failure(
                ExitCode.FAILED,
                "bad lines: "
                        + position
                        + " lines before them stand, of those behind nothing was imported; mend the"
                        + " file, and the same command goes on");
    }
}
