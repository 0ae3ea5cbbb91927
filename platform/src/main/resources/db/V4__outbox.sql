-- Mail that waits to be sent, was sent, or could not be: kept for whoever reads the outbox.
CREATE TABLE outbox_mail (
    org_id bigint NOT NULL,
    id text COLLATE "C" NOT NULL,
    created timestamptz NOT NULL,
    recipient text NOT NULL,
    template text COLLATE "C" NOT NULL,
    subject text NOT NULL,
    body_text text NOT NULL,
    body_html text,
    variables jsonb NOT NULL DEFAULT '{}',
    status text COLLATE "C" NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    next_attempt timestamptz,
    CONSTRAINT outbox_mail_pk PRIMARY KEY (org_id, id)
);
SELECT ostiary_wall('outbox_mail');

CREATE INDEX outbox_mail_created ON outbox_mail (org_id, created, id);
CREATE INDEX outbox_mail_due ON outbox_mail (next_attempt) WHERE next_attempt IS NOT NULL;
