-- Mail that waits to be sent, or was sent. The content (subject, texts, variables with their links
-- and tokens) is encrypted under the master key: a copy of the database opens no account.
CREATE TABLE outbox_mail (
    org_id       bigint      NOT NULL,
    id           text        COLLATE "C" NOT NULL,
    created      timestamptz NOT NULL,
    recipient    text        COLLATE "C" NOT NULL,
    template     text        COLLATE "C" NOT NULL,
    content      bytea       NOT NULL,
    status       text        COLLATE "C" NOT NULL CHECK (status IN ('QUEUED', 'SENT', 'FAILED')),
    attempts     integer     NOT NULL DEFAULT 0,
    last_error   text,
    next_attempt timestamptz NOT NULL,
    PRIMARY KEY (org_id, id)
);

CREATE INDEX outbox_mail_recipient ON outbox_mail (org_id, lower(recipient), id DESC);

CREATE INDEX outbox_mail_due ON outbox_mail (next_attempt) WHERE status = 'QUEUED';

CREATE INDEX outbox_mail_age ON outbox_mail (created);
