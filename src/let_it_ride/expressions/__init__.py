"""The small language of formulas and conditions: text to tree, tree to value.

`parser` reads a text into a tree of `trees`, `arrays` evaluates a tree over many states at once,
`programs` compiles it to a flat program for one state at a time. What may be named is in
`variables`. Nothing here is ever given to Python to evaluate.
"""
