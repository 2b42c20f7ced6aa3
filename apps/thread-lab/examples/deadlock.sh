netloom-thread-lab deadlock
