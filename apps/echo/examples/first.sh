# A server on any free port; its first line says which one it got.
exec 3< <(netloom-echo serve --port 0 --json)
server=$!
read -r listening <&3
port=${listening##*:}
port=${port%\}}

netloom-echo send --port "$port" 'Hello, world!' '你好，世界！'
printf 'line by line\n逐行\n' | netloom-echo send --port "$port" --protocol udp --encoding gbk

# Ctrl-C does the same: the server ends what is open, and tells what it has done.
kill "$server"
cat <&3
