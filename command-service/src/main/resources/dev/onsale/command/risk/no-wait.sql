-- The commit doesn't wait for the disk: a crash may lose the last moment.
SET LOCAL synchronous_commit = off
