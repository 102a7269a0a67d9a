"""Line mode: the same questions on standard input and output, for screen readers, dumb terminals and pipes."""
