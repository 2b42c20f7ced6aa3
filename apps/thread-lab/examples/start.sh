netloom-thread-lab start --threads 2 --limit 100000
