package dev.ostiary.server.directory.users.password;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator.Block;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;

/**
 * The memory that one thread computes Argon2 hashes in, one after the other.
 *
 * <p>A hash at the standard cost fills 19 MiB. Whoever allocates that anew for each leaves the
 * garbage collector so much to move and to sweep that it takes longer than the hash, and everybody
 * else waits meanwhile. So blocks are kept from hash to hash, as many as a hash at the standard
 * cost needs; what an imported hash takes beyond that is left to the collector.
 *
 * <p>Every block is zeroed when its hash is done: what could be read here later says nothing of a
 * password. Nothing is allocated before the first hash. Used by one thread.
 */
final class Argon2Memory implements BlockPool {

    /** Besides its memory a hash works with four blocks. */
    private static final int KEPT = Argon2Cost.STANDARD.memoryKiB() + 4;

    private final Block[] blocks = new Block[KEPT];
    private int free;

    @Override
    public Block allocate() {
        return free == 0 ? new Block() : blocks[--free];
    }

    @Override
    public void deallocate(Block block) {
        block.clear();
        if (free < KEPT) {
            blocks[free++] = block;
        }
    }
}
