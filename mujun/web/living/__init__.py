"""A fictitious round (示例数据) lived to a stage, by fictitious people, through the same actions that pages use.

Each module lives one stretch of the round. Nothing here writes to the database but through an action, the people apart.
"""
