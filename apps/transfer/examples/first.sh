mkdir shared
echo "hello from the shared folder" > shared/hello.txt

# A server on a free port, in the background; its first line says which port.
netloom-transfer serve shared --port 0 --allow-upload --json > events.jsonl &
server=$!
trap 'kill $server 2> kill.txt || true' EXIT
for _ in $(seq 100); do
  port=$(sed -n 's/.*"type":"listening".*"port":\([0-9]*\).*/\1/p' events.jsonl)
  if [ -n "$port" ]; then break; fi
  sleep 0.1
done

netloom-transfer get hello.txt --port "$port"
cat hello.txt

echo "你好" > greeting.txt
netloom-transfer put greeting.txt --as 问候.txt --port "$port"
netloom-transfer list --port "$port"

# What is not there, and what is outside, is refused in one line.
netloom-transfer get missing.txt --port "$port" 2>&1 || echo "status $?"
netloom-transfer get ../events.jsonl -o x --port "$port" 2>&1 || echo "status $?"

kill $server
wait $server
