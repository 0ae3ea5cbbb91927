-- How often a user has put off an authenticator that the enrolment policy wants: some policies count it.
CREATE TABLE enrolment_skip (
    org_id        bigint  NOT NULL,
    user_id       text    COLLATE "C" NOT NULL,
    authenticator text    COLLATE "C" NOT NULL,
    skips         integer NOT NULL,
    PRIMARY KEY (org_id, user_id, authenticator),
    CONSTRAINT enrolment_skip_user FOREIGN KEY (org_id, user_id)
        REFERENCES users (org_id, id) ON DELETE CASCADE
);

SELECT ostiary_wall('enrolment_skip');
