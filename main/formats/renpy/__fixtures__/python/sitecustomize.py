"""Lets Ren'Py 8.0.3 run on Python 3.11, which refuses syntax trees whose nodes end before they begin."""

import ast
import builtins

original_compile = builtins.compile


def compile_with_ends(source, *args, **kwargs):
    if isinstance(source, ast.AST):
        for node in ast.walk(source):
            line = getattr(node, "lineno", None)
            if line is None:
                continue
            column = getattr(node, "col_offset", 0) or 0
            end_line = getattr(node, "end_lineno", None)
            end_column = getattr(node, "end_col_offset", None)
            if end_line is None or end_line < line:
                node.end_lineno = end_line = line
            if end_column is None or (end_line == line and end_column < column):
                node.end_col_offset = column
    return original_compile(source, *args, **kwargs)


builtins.compile = compile_with_ends
