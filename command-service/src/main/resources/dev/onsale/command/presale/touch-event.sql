-- $1 event. The next version of its presales.
UPDATE events SET presales_version = presales_version + 1 WHERE id = $1
