# Runs one store and sees to it that it ends with whoever started it.
#
# usage: sh -c <this> guard <log> <stop signal> <folder to remove if the parent dies, or ''> <command> [argument]...
# Prints the store's process id. Standard input is a pipe that nobody writes to: it ends when the parent ends, even by
# kill -9. The store leads its own session, so that Ctrl-C in a terminal reaches only the parent.
log=$1 signal=$2 scratch=$3
shift 3
exec 3<&0
setsid "$@" </dev/null >>"$log" 2>&1 3<&- &
store=$!
echo "$store"
exec >/dev/null 2>&1
(
  while read -r _ <&3; do :; done
  trap '' TERM
  kill -CONT "-$store"
  kill "-$signal" "-$store"
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
    kill -0 "$store" || break
    sleep 0.2
  done
  kill -KILL "-$store"
  [ -z "$scratch" ] || rm -rf -- "$scratch"
) &
watcher=$!
wait "$store"
status=$?
kill -KILL "-$store"
kill "$watcher"
wait "$watcher"
exit "$status"
