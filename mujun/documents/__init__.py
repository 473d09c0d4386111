"""Documents for people, made from results and nothing else."""
