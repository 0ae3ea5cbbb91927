-- Mail that waits to be sent, or was sent. The content (subject, texts, variables with their links
-- and tokens) is encrypted under the master key: a copy of the database opens no account.
-- recipient_folded is without case, to be found by: the wall lets no index of an expression be used.
CREATE TABLE outbox_mail (
    org_id bigint NOT NULL,
    id text COLLATE "C" NOT NULL,
    created timestamptz NOT NULL,
    recipient text COLLATE "C" NOT NULL,
    recipient_folded text COLLATE "C" NOT NULL,
    template text COLLATE "C" NOT NULL,
    content bytea NOT NULL,
    status text COLLATE "C" NOT NULL CHECK (status IN ('QUEUED', 'SENT', 'FAILED')),
    attempts integer NOT NULL DEFAULT 0,
    last_error text,
    next_attempt timestamptz NOT NULL,
    PRIMARY KEY (org_id, id)
);
SELECT ostiary_wall('outbox_mail');

CREATE INDEX outbox_mail_recipient ON outbox_mail (org_id, recipient_folded, id);

CREATE INDEX outbox_mail_due ON outbox_mail (next_attempt) WHERE status = 'QUEUED';

CREATE INDEX outbox_mail_age ON outbox_mail (created);
