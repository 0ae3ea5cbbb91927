package dev.ostiary.platform.store.embedded;

/**
 * What stands in the database's configuration files, which the server writes anew at every start.
 *
 * <p>An operator's own settings go into {@code local.conf} beside them, which is read last.
 */
enum Settings {
    /** Nothing that was answered is ever lost. */
    DURABLE(
            """
            fsync = on
            synchronous_commit = on
            full_page_writes = on
            wal_level = replica
            max_wal_size = 1GB
            """,
            2048),

    /** For tests only: a crash of the machine may destroy the database. */
    FORGETFUL(
            """
            fsync = off
            synchronous_commit = off
            full_page_writes = off
            wal_level = minimal
            max_wal_senders = 0
            max_wal_size = 256MB
            """,
            128);

    /** Loopback only, every connection by SCRAM; no line lets the network or a socket in. */
    static final String ACCESS =
            """
            # Written by Ostiary at every start.
            host all all 127.0.0.1/32 scram-sha-256
            """;

    /**
     * How often a password is hashed to prove it. Many rounds make guesses dear, of passwords that
     * somebody thought of; these are 192 random bits, which nobody guesses. The usual 4096 rounds
     * would be paid by every connection of a start, in code that is not compiled yet.
     */
    static final int SCRAM_ITERATIONS = 1;

    private static final int LEAST_BUFFERS = 128;

    private final String lines;
    private final int mostBuffers;

    Settings(String lines, int mostBuffers) {
        this.lines = lines;
        this.mostBuffers = mostBuffers;
    }

    /**
     * The text of {@code postgresql.conf}.
     *
     * <p>The log tells of starts, crashes and recovery. It holds no statement and no parameter:
     * those carry people's data. What a statement did wrong, the server that sent it logs.
     *
     * <p>Tables are looked at every five seconds, not every minute: a young server is filled faster
     * than that, by statements whose plans were made when the tables were empty. What is looked at
     * is one that has grown by half: by a tenth, growing tables would be read all the time.
     *
     * <p>Buffers are an eighth of the memory, two gigabytes at most: then the indexes of a million
     * users fit. They take what is filled of them. So pages cost what they cost in memory: with the
     * usual costs a page of a search would be found by reading users in their order, and dropping
     * most of them, where to read all that have the value and to sort them takes a tenth of the
     * time.
     *
     * @param memory of the machine in megabytes; 0 if nobody knows
     */
    String text(int port, long memory) {
        return """
            # Written by Ostiary at every start. Put settings of your own into local.conf.
            listen_addresses = '127.0.0.1'
            port = %d
            unix_socket_directories = ''
            max_connections = 64
            password_encryption = 'scram-sha-256'
            scram_iterations = %d
            shared_buffers = %dMB
            work_mem = 8MB
            maintenance_work_mem = 64MB
            huge_pages = off
            jit = off
            seq_page_cost = 0.02
            random_page_cost = 0.025
            autovacuum_naptime = 5s
            autovacuum_analyze_scale_factor = 0.5
            client_connection_check_interval = '10s'
            timezone = 'UTC'
            lc_messages = 'C'
            default_text_search_config = 'pg_catalog.simple'
            logging_collector = on
            log_directory = 'log'
            log_filename = 'postgresql-%%a.log'
            log_truncate_on_rotation = on
            log_rotation_age = 1d
            log_rotation_size = 0
            log_timezone = 'UTC'
            log_line_prefix = '%%m [%%p] '
            log_min_messages = log
            log_min_error_statement = panic
            log_parameter_max_length_on_error = 0
            log_error_verbosity = terse
            log_checkpoints = off
            %s\
            include_if_exists 'local.conf'
            """
                .formatted(port, SCRAM_ITERATIONS, buffers(memory), lines);
    }

    private long buffers(long memory) {
        return Math.clamp(memory / 8, LEAST_BUFFERS, mostBuffers);
    }
}
