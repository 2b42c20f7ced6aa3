netloom-thread-lab banker

cat > cases.json <<'END'
{"cases": [{"name": "two philosophers", "kind": "request",
  "available": [1, 1], "max": [[1, 1], [1, 1]], "allocation": [[0, 0], [0, 0]],
  "process": 0, "request": [1, 0]}]}
END
netloom-thread-lab banker --file cases.json
netloom-thread-lab banker --file cases.json --json
