-- How profiles in apps are made of users' profiles, and the other way round; two for each app.
CREATE TABLE profile_mapping (
    org_id       bigint      NOT NULL,
    id           text        COLLATE "C" NOT NULL,
    app_id       text        COLLATE "C" NOT NULL,
    -- which way: from users into the app, or from it
    into_app     boolean     NOT NULL,
    -- expressions by the names of the attributes that they make
    properties   jsonb       NOT NULL,
    last_updated timestamptz NOT NULL,
    PRIMARY KEY (org_id, id),
    CONSTRAINT profile_mapping_app
        FOREIGN KEY (org_id, app_id) REFERENCES app (org_id, id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX profile_mapping_way ON profile_mapping (org_id, app_id, into_app);

SELECT ostiary_wall('profile_mapping');
