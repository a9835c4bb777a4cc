"""usage: pytest plugin-less: run as test file copy; env SEED, EX, STEPS, SHRINK"""

import os
from pathlib import Path
from hypothesis import HealthCheck, settings, Phase, seed
from hypothesis.stateful import run_state_machine_as_test
from tests.machine.rules import LedgerMachine
import random


def test_run(make_database, redis_url, tmp_path):
    ph = [Phase.generate] + ([Phase.shrink] if os.environ.get("SHRINK") else [])
    cls = seed(int(os.environ.get("SEED", random.randrange(10**9))))(LedgerMachine) if False else LedgerMachine
    run_state_machine_as_test(
        lambda: cls(make_database(), redis_url, tmp_path),
        settings=settings(
            max_examples=int(os.environ.get("EX", "20")),
            stateful_step_count=int(os.environ.get("STEPS", "40")),
            deadline=None,
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
            phases=ph,
            database=None,
        ),
    )


from tests.machine.world import World

_find = World.find_violations


def _told(self):
    v = _find(self)
    if v:
        d = self.owner
        print("VIOL", v)
        for q in (
            "SELECT 'now', * FROM queue_entry ORDER BY lead_id",
            "SELECT 'wanted', * FROM wanted_entries(ARRAY(SELECT id FROM lead), clock()) ORDER BY lead_id",
            "select 'lead',id,state,merged_into,site_id,fence,relation from lead order by id",
            "select 'booking', subject_kind,subject_id,kind,period,assignment_id,promise_id from booking where upper(period)>clock() order by 2,3",
            "select 'ln',* from lead_number order by 1,2",
            "select 'as',id,lead_id,site_id,person_id,state,end_reason,offered_at,expires_at,ended_at from assignment order by id desc limit 4",
            "select 'co',id,assignment_id,lead_id,site_id,number_id,disposition,at,rest_until,number_rest_until,late,supersedes from contact",
            "select 'pr',id,lead_id,kind,state,person_id,due_at,grace_until from promise",
            "select 'number',id,line_status,shared,suppressed,callable,recheck_at from number",
            "select clock()",
            "select 'me',* from merge",
            "select 'mem',* from membership order by id",
            "select 'sup',id,scope,reason,lifted_at from suppression",
        ):
            for r in d.execute(q).fetchall():
                print("  ", *[str(x) for x in r])
    return v


World.find_violations = _told
