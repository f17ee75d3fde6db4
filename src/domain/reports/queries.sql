-- The cockpit. One condition a figure and part: the counts below and the lists name the same ones.
-- A merged need is counted once, with the one that stays. All are of the needs reported within the days.
--   found      numerator: planned, referred or closed  denominator: every need
--   in_time    numerator: contacted within the limit  denominator: contacted, or the limit has passed
--   resolved   numerator: said resolved              denominator: said resolved or not resolved
--   satisfied  numerator: satisfied by the pack of the mark  denominator: gave a mark
--   unmet      numerator: past the handling limit and not closed  denominator: every need
-- What a figure leaves out stands in one condition a reason, again counted and listed:
--   merged        every figure: counted with the need that stays
--   outside_days  every figure: reported before or after the days
--   not_due       in_time: not contacted, and the limit has not passed
--   not_reached   resolved, satisfied: served and closed, and the requester has not answered
--   not_served    resolved, satisfied: closed without a service, so nobody was asked
--   unfinished    resolved, satisfied: not closed, so nobody was asked yet
--   no_mark       satisfied: answered without a mark

-- name: cockpit
SELECT count(*) AS found_all,
  coalesce(sum(CASE WHEN state IN ('planned', 'closed', 'referred') THEN 1 ELSE 0 END), 0) AS found_answered,
  coalesce(sum(CASE WHEN first_contacted_at > 0 OR first_contact_until <= :at THEN 1 ELSE 0 END), 0)
    AS contact_due,
  coalesce(sum(CASE WHEN first_contacted_at > 0 AND first_contacted_at <= first_contact_until
    THEN 1 ELSE 0 END), 0) AS contact_in_time,
  coalesce(sum(CASE WHEN resolution IN ('resolved', 'not_resolved') THEN 1 ELSE 0 END), 0)
    AS answered,
  coalesce(sum(CASE WHEN resolution = 'resolved' THEN 1 ELSE 0 END), 0) AS resolved,
  coalesce(sum(CASE WHEN satisfaction > 0 THEN 1 ELSE 0 END), 0) AS marked,
  coalesce(sum(CASE WHEN satisfied = 1 THEN 1 ELSE 0 END), 0) AS satisfied,
  coalesce(sum(CASE WHEN served = 1 AND state = 'closed'
    AND (resolution IS NULL OR resolution = 'not_answered') THEN 1 ELSE 0 END), 0)
    AS not_reached,
  coalesce(sum(CASE WHEN served = 0 AND state = 'closed'
    AND (resolution IS NULL OR resolution = 'not_answered') THEN 1 ELSE 0 END), 0)
    AS not_served,
  coalesce(sum(CASE WHEN state <> 'closed'
    AND (resolution IS NULL OR resolution = 'not_answered') THEN 1 ELSE 0 END), 0)
    AS unfinished,
  coalesce(sum(CASE WHEN resolution IN ('resolved', 'not_resolved') AND satisfaction = 0
    THEN 1 ELSE 0 END), 0) AS no_mark,
  coalesce(sum(CASE WHEN first_contacted_at = 0 AND first_contact_until > :at
    THEN 1 ELSE 0 END), 0) AS not_due,
  coalesce(sum(CASE WHEN state NOT IN ('closed', 'referred') AND handle_until <= :at THEN 1 ELSE 0 END), 0)
    AS unmet
FROM figure_needs WHERE area_path >= :path AND area_path < :path_end
  AND reported_at >= :from AND reported_at < :until AND state <> 'merged'

-- name: merged
SELECT count(*) AS needs FROM figure_needs WHERE area_path >= :path AND area_path < :path_end
  AND reported_at >= :from AND reported_at < :until AND state = 'merged'

-- Only asked for where the days do not take in all time.
-- name: outside_days
SELECT count(*) AS needs FROM figure_needs WHERE area_path >= :path AND area_path < :path_end
  AND (reported_at < :from OR reported_at >= :until)

-- name: needs_by_area
SELECT area_path, count(*) AS found,
  coalesce(sum(CASE WHEN state NOT IN ('closed', 'referred') AND handle_until <= :at THEN 1 ELSE 0 END), 0)
    AS unmet
FROM figure_needs WHERE area_path >= :path AND area_path < :path_end
  AND reported_at >= :from AND reported_at < :until AND state <> 'merged'
GROUP BY area_path

-- name: found_numerator
SELECT * FROM figure_needs WHERE area_path >= :path AND area_path < :path_end AND id < :before_id
  AND reported_at >= :from AND reported_at < :until AND state <> 'merged'
  AND state IN ('planned', 'closed', 'referred')
ORDER BY id DESC LIMIT :limit

-- name: found_denominator
SELECT * FROM figure_needs WHERE area_path >= :path AND area_path < :path_end AND id < :before_id
  AND reported_at >= :from AND reported_at < :until AND state <> 'merged'
ORDER BY id DESC LIMIT :limit

-- name: in_time_numerator
SELECT * FROM figure_needs WHERE area_path >= :path AND area_path < :path_end AND id < :before_id
  AND reported_at >= :from AND reported_at < :until AND state <> 'merged'
  AND first_contacted_at > 0 AND first_contacted_at <= first_contact_until
ORDER BY id DESC LIMIT :limit

-- name: in_time_denominator
SELECT * FROM figure_needs WHERE area_path >= :path AND area_path < :path_end AND id < :before_id
  AND reported_at >= :from AND reported_at < :until AND state <> 'merged'
  AND (first_contacted_at > 0 OR first_contact_until <= :at)
ORDER BY id DESC LIMIT :limit

-- name: resolved_numerator
SELECT * FROM figure_needs WHERE area_path >= :path AND area_path < :path_end AND id < :before_id
  AND reported_at >= :from AND reported_at < :until AND state <> 'merged'
  AND resolution = 'resolved'
ORDER BY id DESC LIMIT :limit

-- name: resolved_denominator
SELECT * FROM figure_needs WHERE area_path >= :path AND area_path < :path_end AND id < :before_id
  AND reported_at >= :from AND reported_at < :until AND state <> 'merged'
  AND resolution IN ('resolved', 'not_resolved')
ORDER BY id DESC LIMIT :limit

-- name: satisfied_numerator
SELECT * FROM figure_needs WHERE area_path >= :path AND area_path < :path_end AND id < :before_id
  AND reported_at >= :from AND reported_at < :until AND state <> 'merged'
  AND satisfied = 1
ORDER BY id DESC LIMIT :limit

-- name: satisfied_denominator
SELECT * FROM figure_needs WHERE area_path >= :path AND area_path < :path_end AND id < :before_id
  AND reported_at >= :from AND reported_at < :until AND state <> 'merged'
  AND satisfaction > 0
ORDER BY id DESC LIMIT :limit

-- name: unmet_numerator
SELECT * FROM figure_needs WHERE area_path >= :path AND area_path < :path_end AND id < :before_id
  AND reported_at >= :from AND reported_at < :until AND state <> 'merged'
  AND state NOT IN ('closed', 'referred') AND handle_until <= :at
ORDER BY id DESC LIMIT :limit

-- Few are merged: they are found first, so that no page reads the whole table for them.
-- name: list_merged
SELECT * FROM figure_needs WHERE id IN (
  SELECT id FROM figure_needs WHERE area_path >= :path AND area_path < :path_end
    AND reported_at >= :from AND reported_at < :until AND state = 'merged')
  AND id < :before_id
ORDER BY id DESC LIMIT :limit

-- name: list_outside_days
SELECT * FROM figure_needs WHERE area_path >= :path AND area_path < :path_end AND id < :before_id
  AND (reported_at < :from OR reported_at >= :until)
ORDER BY id DESC LIMIT :limit

-- name: list_not_due
SELECT * FROM figure_needs WHERE area_path >= :path AND area_path < :path_end AND id < :before_id
  AND reported_at >= :from AND reported_at < :until AND state <> 'merged'
  AND first_contacted_at = 0 AND first_contact_until > :at
ORDER BY id DESC LIMIT :limit

-- name: list_not_reached
SELECT * FROM figure_needs WHERE area_path >= :path AND area_path < :path_end AND id < :before_id
  AND reported_at >= :from AND reported_at < :until AND state <> 'merged'
  AND served = 1 AND state = 'closed' AND (resolution IS NULL OR resolution = 'not_answered')
ORDER BY id DESC LIMIT :limit

-- name: list_not_served
SELECT * FROM figure_needs WHERE area_path >= :path AND area_path < :path_end AND id < :before_id
  AND reported_at >= :from AND reported_at < :until AND state <> 'merged'
  AND served = 0 AND state = 'closed' AND (resolution IS NULL OR resolution = 'not_answered')
ORDER BY id DESC LIMIT :limit

-- name: list_unfinished
SELECT * FROM figure_needs WHERE area_path >= :path AND area_path < :path_end AND id < :before_id
  AND reported_at >= :from AND reported_at < :until AND state <> 'merged'
  AND state <> 'closed' AND (resolution IS NULL OR resolution = 'not_answered')
ORDER BY id DESC LIMIT :limit

-- name: list_no_mark
SELECT * FROM figure_needs WHERE area_path >= :path AND area_path < :path_end AND id < :before_id
  AND reported_at >= :from AND reported_at < :until AND state <> 'merged'
  AND resolution IN ('resolved', 'not_resolved') AND satisfaction = 0
ORDER BY id DESC LIMIT :limit
