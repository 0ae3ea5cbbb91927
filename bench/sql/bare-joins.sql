-- The rows that a rule has written when everybody joined, written again into another org as fast as SQL can: memberships, what holds
-- them, an event each, 500 a transaction; no reading, no judging. Prints users a second. :from is the org, :passing the other, :'grp'
-- the group. What the rows refer to is made first and does not count.
SET client_min_messages = warning;
CREATE TEMP TABLE staged AS
    SELECT m.user_id, m.added, g.rule_id, l.uuid, l.published, l.recorded_at, l.ordinal, l.event_type, l.actor_id, l.second_target_id,
        l.body, row_number() OVER (ORDER BY m.user_id) AS n
    FROM group_membership m
    JOIN group_rule_grant g ON g.org_id = m.org_id AND g.user_id = m.user_id AND g.group_id = m.group_id
    JOIN system_log l ON l.org_id = m.org_id AND l.target_id = m.user_id AND l.event_type = 'group.user_membership.add'
        AND l.second_target_id = m.group_id
    WHERE m.org_id = :from AND m.group_id = :'grp';
CREATE INDEX ON staged (n);
ANALYZE staged;
INSERT INTO users (org_id, id, version, status, created, last_updated, profile, login_key, provider_type, provider_name, password_hook)
    SELECT :passing, u.id, 1, u.status, u.created, u.last_updated, u.profile, u.login_key, u.provider_type, u.provider_name, false
    FROM users u JOIN staged s ON s.user_id = u.id WHERE u.org_id = :from;
INSERT INTO groups (org_id, id, type, profile, name, name_folded, created, last_updated)
    SELECT :passing, id, type, profile, name, name_folded, created, last_updated FROM groups WHERE org_id = :from AND id = :'grp';
SELECT count(*) AS users, set_config('bench.passing', :'passing', false), set_config('bench.grp', :'grp', false) FROM staged \gset
SELECT extract(epoch FROM clock_timestamp()) AS began \gset
DO $$
DECLARE
    passing bigint := current_setting('bench.passing');
    grp text := current_setting('bench.grp');
    many bigint := (SELECT max(n) FROM staged);
BEGIN
    FOR start IN 0..many BY 500 LOOP
        INSERT INTO group_membership (org_id, group_id, user_id, added, by_hand)
            SELECT passing, grp, user_id, added, false FROM staged WHERE n > start AND n <= start + 500;
        INSERT INTO group_rule_grant (org_id, user_id, group_id, rule_id)
            SELECT passing, user_id, grp, rule_id FROM staged WHERE n > start AND n <= start + 500;
        INSERT INTO system_log (org_id, uuid, published, recorded_at, ordinal, event_type, actor_id, target_id, second_target_id,
                more_targets, body)
            SELECT passing, uuid, published, recorded_at, ordinal, event_type, actor_id, user_id, second_target_id, false, body::text::jsonb
            FROM staged WHERE n > start AND n <= start + 500;
        COMMIT;
    END LOOP;
END $$;
SELECT round(:users / (extract(epoch FROM clock_timestamp()) - :began));
