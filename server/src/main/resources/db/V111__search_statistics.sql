-- Whether a value is common decides how a page of those who have it is found: in the order of the page until it is full, or all of
-- them, to be sorted. Of documents PostgreSQL can only tell by trying the condition on those that it has kept as samples. Of 100,
-- its default, none may have what 15 000 of a million users have, and two may have what a thousand have; then far too much is read
-- for a page. More samples than these are dear themselves: each is tried whenever a search is planned.
ALTER TABLE user_search ALTER COLUMN doc SET STATISTICS 400, ALTER COLUMN words SET STATISTICS 300;
