netloom-process-lab zombie
