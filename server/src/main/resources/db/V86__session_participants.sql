-- Apps that somebody came into in a session, and that want to be told when it ends (front-channel logout).
CREATE TABLE session_participant (
    org_id     bigint NOT NULL,
    session_id text   COLLATE "C" NOT NULL,
    client_id  text   COLLATE "C" NOT NULL,
    -- id of the custom server, or of the org for its own
    server     text   COLLATE "C" NOT NULL,
    PRIMARY KEY (org_id, session_id, client_id, server),
    CONSTRAINT session_participant_session
        FOREIGN KEY (org_id, session_id) REFERENCES user_session (org_id, id) ON DELETE CASCADE
);

SELECT ostiary_wall('session_participant');

-- What the ID tokens of an app say of the session that they came from (sid); null where they say nothing.
ALTER TABLE authorization_code ADD COLUMN sid text COLLATE "C";

ALTER TABLE refresh_token ADD COLUMN sid text COLLATE "C";

ALTER TABLE polled_request ADD COLUMN sid text COLLATE "C";

-- SAML services that somebody came into in a session, as whom, and by which name of the session.
CREATE TABLE session_service (
    org_id        bigint NOT NULL,
    session_id    text   COLLATE "C" NOT NULL,
    app_id        text   COLLATE "C" NOT NULL,
    name          text   NOT NULL,
    session_index text   COLLATE "C" NOT NULL,
    PRIMARY KEY (org_id, session_id, app_id),
    CONSTRAINT session_service_session
        FOREIGN KEY (org_id, session_id) REFERENCES user_session (org_id, id) ON DELETE CASCADE
);

SELECT ostiary_wall('session_service');
