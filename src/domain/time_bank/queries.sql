-- The ledger and what people earned.

-- The fact of a posting.
-- name: fact_of_posting
SELECT body FROM journal WHERE position = :position

-- Everybody's time on an order, as it is recorded and corrected by now.
-- What is held for a call-back earns after it.
-- name: times_of_order
SELECT id, person, ends_at, minutes, time_was FROM figure_service_records r
WHERE order_id = :order AND minutes > 0
  AND NOT EXISTS (SELECT 1 FROM figure_spot_checks s WHERE s.record = r.id AND s.held = 1)
ORDER BY id

-- name: earning_of_record
SELECT id FROM figure_earned_times WHERE record = :record AND reversed = 0
ORDER BY id DESC LIMIT 1

-- name: calls_awaited
SELECT count(*) AS checks FROM figure_spot_checks WHERE record = :record AND held = 1

-- Whatever became of it.
-- name: judgement_of_record
SELECT id, reversed, taken_back FROM figure_earned_times WHERE record = :record
ORDER BY id DESC LIMIT 1

-- name: earned_by
SELECT * FROM figure_earned_times WHERE person = :person AND id < :before_id
ORDER BY id DESC LIMIT :limit

-- What was earned stands among the services.
-- name: moved_for
SELECT * FROM figure_postings
WHERE person = :person AND account = 'person' AND fact_kind <> 'earning.judged'
  AND posting < :before_id
ORDER BY posting DESC LIMIT :limit

-- The legs on people's accounts, of whoever belongs to the area.
-- name: posted_in
SELECT l.* FROM figure_postings l JOIN figure_people p ON p.id = l.person
WHERE l.account = 'person' AND p.area_path >= :path AND p.area_path < :path_end
  AND l.posted_at >= :from AND l.posted_at < :until
  AND (l.posting < :before_id OR (l.posting = :before_id AND l.leg > :after_leg))
ORDER BY l.posting DESC, l.leg LIMIT :limit

-- name: legs_of
SELECT * FROM figure_postings WHERE posting = :posting ORDER BY leg

-- name: all_postings
SELECT * FROM figure_postings ORDER BY posting, leg

-- name: account_totals
SELECT account, count(DISTINCT person) AS accounts, sum(minutes) AS minutes FROM figure_postings
WHERE posted_at < :until GROUP BY account ORDER BY account

-- name: flows
SELECT fact_kind, count(DISTINCT posting) AS postings,
  sum(CASE WHEN minutes > 0 THEN minutes ELSE 0 END) AS minutes
FROM figure_postings WHERE posted_at >= :from AND posted_at < :until
GROUP BY fact_kind ORDER BY fact_kind

-- name: balances_with_age
SELECT l.person, sum(l.minutes) AS minutes, max(p.age_years) AS age_years,
  max(p.registered_at) AS registered_at
FROM figure_postings l JOIN figure_people p ON p.id = l.person
WHERE l.account = 'person' AND l.posted_at < :until GROUP BY l.person HAVING sum(l.minutes) > 0

-- name: delivered
SELECT coalesce(sum(minutes), 0) AS minutes FROM figure_postings
WHERE fact_kind = 'earning.judged' AND minutes > 0 AND reversed = 0
  AND posted_at >= :from AND posted_at < :until

-- name: last_posting_before
SELECT posting FROM figure_postings WHERE posted_at < :until
ORDER BY posted_at DESC, posting DESC LIMIT 1

-- name: statement_months
SELECT (SELECT max(until_at) FROM figure_time_statements) AS last_until,
  (SELECT min(posted_at) FROM figure_postings) AS first_posted

-- name: last_statements
SELECT * FROM figure_time_statements ORDER BY until_at DESC LIMIT :limit

-- What a person has booked in a month, less what came back.
-- name: held_between
SELECT coalesce(sum(-minutes), 0) AS minutes FROM figure_postings
WHERE person = :person AND account IN ('person', 'grant')
  AND fact_kind IN ('credit.held', 'credit.settled', 'credit.released')
  AND posted_at >= :from AND posted_at < :until

-- name: orders_since
SELECT count(*) AS orders,
  coalesce(sum(CASE WHEN funding <> 'public_service' THEN 1 ELSE 0 END), 0) AS booked
FROM figure_orders WHERE opened_at >= :from

-- name: gifts_since
SELECT coalesce(sum(-minutes), 0) AS minutes FROM figure_postings
WHERE person = :person AND fact_kind = 'credit.gifted' AND minutes < 0 AND reversed = 0
  AND posted_at >= :from

-- name: due_lapses
SELECT person, lapses_at FROM figure_time_accounts
WHERE lapses_at > 0 AND lapses_at <= :now ORDER BY lapses_at, id LIMIT :limit

-- name: due_rests
SELECT person, rests_at FROM figure_time_accounts
WHERE dormant = 0 AND rests_at > 0 AND rests_at <= :now ORDER BY rests_at, id LIMIT :limit

-- name: peers
SELECT * FROM figure_time_peers ORDER BY state, name, id

-- name: transfers_received
SELECT count(*) AS transfers FROM figure_transfers WHERE ledger = :ledger AND number = :number

-- name: transfers_in
SELECT * FROM figure_transfers
WHERE area_path >= :path AND area_path < :path_end AND id < :before_id
ORDER BY id DESC LIMIT :limit

-- name: open_listings_of
SELECT count(*) AS listings FROM figure_listings WHERE person = :person AND state = 'open'

-- name: due_listings
SELECT id, lapses_at FROM figure_listings
WHERE lapses_at > 0 AND lapses_at <= :now ORDER BY lapses_at, id LIMIT :limit

-- name: open_listings_in
SELECT l.* FROM figure_listings l JOIN figure_people p ON p.id = l.person
WHERE l.state = 'open' AND p.erased = 0 AND l.area_path >= :path AND l.area_path < :path_end
  AND (CAST(:side AS TEXT) IS NULL OR l.side = :side) AND l.id < :before_id
ORDER BY l.id DESC LIMIT :limit

-- name: exchanges_of
SELECT * FROM figure_exchanges
WHERE (giver = :person OR receiver = :person) AND id < :before_id
ORDER BY id DESC LIMIT :limit

-- name: exchanges_in
SELECT * FROM figure_exchanges
WHERE area_path >= :path AND area_path < :path_end AND id < :before_id
ORDER BY id DESC LIMIT :limit

-- name: entitlements_asked
SELECT * FROM figure_entitlements
WHERE state = 'asked' AND area_path >= :path AND area_path < :path_end
  AND (asked_at > :after_sort OR (asked_at = :after_sort AND id > :after_id))
ORDER BY asked_at, id LIMIT :limit
