-- Where each ready queue begins.

CREATE TABLE queue_floor (
  pool_id bigint NOT NULL REFERENCES pool,
  window_id bigint NOT NULL REFERENCES calling_window,
  rank bigint NOT NULL,
  lead_id bigint NOT NULL,
  known_until timestamptz NOT NULL,
  PRIMARY KEY (pool_id, window_id)
) WITH (fillfactor = 50);
COMMENT ON TABLE queue_floor IS 'No ready entry of this pool and window stood before this place a moment ago: claims need not read the dead rows of what was handed out. Written by foresee_floors() alone; nothing but the cost of a claim hangs on it.';
