-- What GET /api/v1/users?search=… reads, as the server writes it; the condition and the place in the list are put in.
WITH hits AS MATERIALIZED (
    SELECT s.id, @ORDER@ AS key_0, (s.id COLLATE "C") AS key_1 FROM user_search s
    WHERE s.org_id = :org AND (@CONDITION@) AND @BEYOND@
    ORDER BY @ORDER@ ASC, (s.id COLLATE "C") ASC LIMIT 201)
SELECT u.*, h.* FROM hits h CROSS JOIN LATERAL (
    SELECT u.id, u.version, u.status, u.created, u.activated, u.status_changed, u.last_login,
        u.last_updated, u.password_changed, u.type_id, u.realm_id, u.profile,
        u.password_hash IS NOT NULL OR u.password_hook, u.recovery_question, u.provider_type,
        u.provider_name
    FROM users u WHERE u.org_id = :org AND u.id = h.id OFFSET 0) u;
