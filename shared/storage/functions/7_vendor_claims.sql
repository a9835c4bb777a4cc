-- Claims to vendors: their moves, and who may write them.

CREATE OR REPLACE TRIGGER vendor_claim_move AFTER INSERT OR UPDATE OF state ON vendor_claim
  FOR EACH ROW EXECUTE FUNCTION check_move('vendor claim');
