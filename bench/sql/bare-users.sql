-- The rows of users that an import has written, written again into another org as fast as SQL can: no parsing, no
-- judging, no network, a thousand users a transaction. Prints users a second. :from is the org, :passing the other.
SET client_min_messages = warning;
CREATE TEMP TABLE staged AS
    SELECT u.*, s.doc, s.words, l.uuid, l.published, l.recorded_at, l.ordinal, l.event_type, l.actor_id, l.body,
        row_number() OVER (ORDER BY u.id) AS n
    FROM users u
    JOIN user_search s ON s.org_id = u.org_id AND s.id = u.id
    JOIN system_log l ON l.org_id = u.org_id AND l.target_id = u.id AND l.event_type = 'user.lifecycle.create'
    WHERE u.org_id = :from AND u.login_key LIKE :'logins';
CREATE INDEX ON staged (n);
ANALYZE staged;
SELECT count(*) AS users, set_config('bench.passing', :'passing', false) FROM staged \gset
SELECT extract(epoch FROM clock_timestamp()) AS began \gset
DO $$
DECLARE
    passing bigint := current_setting('bench.passing');
    many bigint := (SELECT max(n) FROM staged);
BEGIN
    FOR start IN 0..many BY 1000 LOOP
        INSERT INTO users (org_id, id, version, status, created, activated, status_changed, last_updated, password_changed,
                type_id, profile, login_key, provider_type, provider_name, password_hash, password_hook, recovery_question,
                recovery_answer, locked_at)
            SELECT passing, id, version, status, created, activated, status_changed, last_updated, password_changed, type_id,
                profile, login_key, provider_type, provider_name, password_hash, password_hook, recovery_question,
                recovery_answer, locked_at
            FROM staged WHERE n > start AND n <= start + 1000;
        INSERT INTO user_search (org_id, id, created, last_updated, doc, words)
            SELECT passing, id, created, last_updated, doc, words FROM staged WHERE n > start AND n <= start + 1000;
        INSERT INTO system_log (org_id, uuid, published, recorded_at, ordinal, event_type, actor_id, target_id, more_targets,
                body)
            SELECT passing, uuid, published, recorded_at, ordinal, event_type, actor_id, id, false, body
            FROM staged WHERE n > start AND n <= start + 1000;
        COMMIT;
    END LOOP;
END $$;
SELECT round(:users / (extract(epoch FROM clock_timestamp()) - :began));
