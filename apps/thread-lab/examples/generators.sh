netloom-thread-lab generators
