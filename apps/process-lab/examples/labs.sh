netloom-process-lab start
netloom-process-lab isolation
