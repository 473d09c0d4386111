"""The web application: each body does its part of a round in the browser, and nothing else. Holds no rule of its own.

`views` > `forms` > `actions` > `queries` > `permissions` > `models`. Actions are the only writers.
"""
