-- Browsers that came to an app and sign in on a page of the org's own ("SP-initiated step-up
-- authentication"), by the hash of their state token. Nobody knows yet whose they are.
CREATE TABLE step_up_arrival (
    org_id  bigint      NOT NULL,
    hash    bytea       NOT NULL,
    app_id  text        COLLATE "C" NOT NULL,
    -- the path and query of the own host that they came to, and come to again
    way     text        NOT NULL,
    expires timestamptz NOT NULL,
    PRIMARY KEY (org_id, hash),
    CONSTRAINT step_up_arrival_app
        FOREIGN KEY (org_id, app_id) REFERENCES app (org_id, id) ON DELETE CASCADE
);

CREATE INDEX step_up_arrival_expires ON step_up_arrival (org_id, expires);
CREATE INDEX step_up_arrival_of_app ON step_up_arrival (org_id, app_id);

SELECT ostiary_wall('step_up_arrival');
