"""The failure laboratory: what people, machines and files can do to the program, done on purpose.

`laboratory` counts what was really done; the counts of a session of tests are its last lines.
"""
