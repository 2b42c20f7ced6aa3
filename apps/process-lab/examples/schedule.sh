cat >cases.json <<'CASES'
{
  "cases": [
    {
      "name": "late",
      "algorithm": "srtf",
      "processes": [
        { "id": "P1", "arrival": 0, "burst": 8 },
        { "id": "P2", "arrival": 1, "burst": 4 },
        { "id": "P3", "arrival": 2, "burst": 9 }
      ]
    }
  ]
}
CASES
netloom-process-lab schedule --file cases.json
netloom-process-lab schedule --file cases.json --algorithm rr --quantum 3 --json
