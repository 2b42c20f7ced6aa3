# Something that listens on a free port, and says which one it got.
exec 3< <(exec node -e 'const server = require("node:net").createServer();
  server.listen(0, "127.0.0.1", () => console.log(server.address().port))')
read -r port <&3

netloom-netinfo ports --port "$port" --listening

# For a script: the process's number, and an end to it.
pid=$(netloom-netinfo ports --port "$port" --listening --json | grep -o '"pid":[0-9]*')
kill "${pid#*:}"
