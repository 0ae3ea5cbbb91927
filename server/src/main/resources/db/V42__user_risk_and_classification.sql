-- What is said of a user beside its profile; both go with the user. Who has no row has the risk NONE,
-- and is classified as STANDARD.
CREATE TABLE user_risk (
    org_id  bigint NOT NULL,
    user_id text   COLLATE "C" NOT NULL,
    level   text   COLLATE "C" NOT NULL CHECK (level IN ('LOW', 'MEDIUM', 'HIGH')),
    reason  text   NOT NULL,
    PRIMARY KEY (org_id, user_id),
    CONSTRAINT user_risk_user FOREIGN KEY (org_id, user_id)
        REFERENCES users (org_id, id) ON DELETE CASCADE
);

SELECT ostiary_wall('user_risk');

CREATE TABLE user_classification (
    org_id       bigint      NOT NULL,
    user_id      text        COLLATE "C" NOT NULL,
    type         text        COLLATE "C" NOT NULL CHECK (type IN ('LITE', 'STANDARD')),
    last_updated timestamptz NOT NULL,
    PRIMARY KEY (org_id, user_id),
    CONSTRAINT user_classification_user FOREIGN KEY (org_id, user_id)
        REFERENCES users (org_id, id) ON DELETE CASCADE
);

SELECT ostiary_wall('user_classification');
