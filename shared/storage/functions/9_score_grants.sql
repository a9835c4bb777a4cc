-- Scores are the clock's.

GRANT INSERT ON score TO leadmill_clock;
