"""The checks that anyone can run without network and without this package: `verify.py`, in rooms.

Each module uses Python's own library only and no grammar newer than 3.8; `mujun.proof.script` puts them together into
the one file that lies in every bundle, and `mujun verify` calls the same functions. Builds nothing, decides nothing.
"""
