-- What a rep did in a day, week or month.

CREATE INDEX contact_person_index ON contact (person_id, at) WHERE assignment_id IS NOT NULL;
