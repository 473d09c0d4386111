"""How fast mujun is beside what people would use instead: each rival in the same run, on the same data."""
