-- What each node has let through in windows that are open: nodes tell each other every second. Every node
-- writes its own rows only. Nothing is lost with it but a minute's counts, so it is not logged.
-- edition   of the table of limits, whose rows the buckets are
-- ends      when the window is over, in epoch seconds
CREATE UNLOGGED TABLE rate_count (
    org_id  bigint NOT NULL,
    node    text COLLATE "C" NOT NULL,
    edition text COLLATE "C" NOT NULL,
    token   text COLLATE "C" NOT NULL,
    bucket  int NOT NULL,
    count   int NOT NULL,
    ends    bigint NOT NULL,
    PRIMARY KEY (org_id, node, edition, token, bucket)
);
SELECT ostiary_wall('rate_count');
