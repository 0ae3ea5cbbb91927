-- What users have consented to: that a client may have a scope of a custom server.
CREATE TABLE user_consent (
    org_id       bigint      NOT NULL,
    id           text        COLLATE "C" NOT NULL,
    user_id      text        COLLATE "C" NOT NULL,
    client_id    text        COLLATE "C" NOT NULL,
    server       text        COLLATE "C" NOT NULL,
    -- its name: an id goes with the scope, and so does the consent
    scope        text        COLLATE "C" NOT NULL,
    scope_id     text        COLLATE "C" NOT NULL,
    created      timestamptz NOT NULL,
    PRIMARY KEY (org_id, id),
    CONSTRAINT user_consent_user
        FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX user_consent_scope ON user_consent (org_id, user_id, client_id, server, scope_id);

CREATE INDEX user_consent_of_client ON user_consent (org_id, client_id);

SELECT ostiary_wall('user_consent');
