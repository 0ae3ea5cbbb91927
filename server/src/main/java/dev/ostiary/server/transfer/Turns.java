package dev.ostiary.server.transfer;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Lets the chunks of an import come to its row in their order, as far as this node has them. What
 * is right does not hang on it: the row says whose turn it is; but a chunk that comes too early has
 * been written in vain. Thread-safe.
 */
final class Turns {

    private final Map<String, Set<Turn>> coming = new HashMap<>();

    /** A chunk is here, and will come to the row of its import. */
    synchronized Turn enter(String importId, long from) {
        Turn turn = new Turn(importId, from);
        coming.computeIfAbsent(importId, _ -> new HashSet<>()).add(turn);
        return turn;
    }

    private synchronized boolean isNext(Turn turn, long deadline) {
        while (isBehindAnother(turn)) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            try {
                wait(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    private boolean isBehindAnother(Turn turn) {
        return coming.getOrDefault(turn.importId, Set.of()).stream()
                .anyMatch(other -> other.from < turn.from);
    }

    private synchronized void leave(Turn turn) {
        coming.computeIfPresent(
                turn.importId,
                (_, turns) -> {
                    turns.remove(turn);
                    return turns.isEmpty() ? null : turns;
                });
        notifyAll();
    }

    /** The place of one chunk; closed when it will come to the row no more. */
    final class Turn implements AutoCloseable {
        private final String importId;
        private final long from;

        private Turn(String importId, long from) {
            this.importId = importId;
            this.from = from;
        }

        /**
         * Waits until those before it have come to the row, or for as long as is said.
         *
         * @return whether they have
         */
        boolean await(Duration most) {
            return isNext(this, System.nanoTime() + most.toNanos());
        }

        /** It holds the row, or has given up: those behind it may come. */
        @Override
        public void close() {
            leave(this);
        }
    }
}
