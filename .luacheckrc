std = "lua51"
read_globals = {"redis", "KEYS", "ARGV", "cjson", "cmsgpack", "bit", "struct"}
max_line_length = 140

-- Parts are pasted in front of a script by `@include`: each is a table or a function that what follows uses.
files["command-service/src/main/resources/redis"] = {
  read_globals = {
    event = {other_fields = true}, places = {other_fields = true}, areas = {other_fields = true},
    hold = {other_fields = true, fields = {}, read_only = false}, best = {other_fields = true, read_only = false},
    presale = {other_fields = true, read_only = false},
    "choose_seats", "choose_area", "choose_best", "book", "ENDED_MS",
  },
}
files["command-service/src/main/resources/redis/part"] = {ignore = {"211", "241", "431"}}
files["waiting-room/src/main/resources/redis/line"] = {
  read_globals = {
    line = {other_fields = true, read_only = false},
    entries = {other_fields = true}, calls = {other_fields = true}, places = {other_fields = true}, drain = {other_fields = true},
    "answer",
  },
}
files["waiting-room/src/main/resources/redis/line/part"] = {ignore = {"211", "241", "431"}}
files["testkit/src/test/resources"] = {ignore = {"113", "211"}}
