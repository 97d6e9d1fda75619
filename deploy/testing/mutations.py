"""Small faults put into a module on purpose: each comparison, limit and logical word, one at a time."""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

SWAPS: dict[type, tuple[type, ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.FloorDiv,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
}
NAMES = {"any": "all", "all": "any", "min": "max", "max": "min"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: where it is, how it reads there, and the whole module with it."""

    line: int
    before: str
    after: str
    tree: ast.Module

    def __str__(self) -> str:
        return f"{self.line}: {self.before}  ->  {self.after}"


def mutants_of(source: str) -> Iterator[Mutant]:
    """Every fault of a module, in the order of its lines."""
    tree = ast.parse(source)
    leave_alone = set(_untouched(tree))
    for node in sorted(ast.walk(tree), key=lambda item: (getattr(item, "lineno", 0), getattr(item, "col_offset", 0))):
        if node in leave_alone:
            continue
        for spoil in _faults(node):
            yield _mutant(tree, node, spoil)


def _untouched(tree: ast.Module) -> Iterator[ast.AST]:
    """Annotations, imports and sentences for people: nothing there decides anything."""
    for node in ast.walk(tree):
        for name in ("annotation", "returns"):
            if isinstance(part := getattr(node, name, None), ast.AST):
                yield from ast.walk(part)
        if isinstance(node, ast.JoinedStr | ast.Import | ast.ImportFrom | ast.Raise):
            yield from ast.walk(node)
        if isinstance(node, ast.Call) and _is_about_shape(node):
            yield from ast.walk(node)


def _is_about_shape(node: ast.Call) -> bool:
    """`dataclass(frozen=True)` and `TypeVar` say nothing about any decision."""
    return isinstance(node.func, ast.Name) and node.func.id in ("dataclass", "TypeVar")


def _faults(node: ast.AST) -> Iterator:
    """Functions that spoil a copy of the node in place."""
    if isinstance(node, ast.Compare):
        for index, operator in enumerate(node.ops):
            for other in SWAPS.get(type(operator), ()):
                yield lambda spoiled, i=index, o=other: spoiled.ops.__setitem__(i, o())
    elif isinstance(node, ast.BoolOp | ast.BinOp):
        for other in SWAPS.get(type(node.op), ()):
            yield lambda spoiled, o=other: setattr(spoiled, "op", o())
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield lambda spoiled: setattr(spoiled, "value", not spoiled.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        for step in (1, -1):
            yield lambda spoiled, s=step: setattr(spoiled, "value", spoiled.value + s)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield lambda spoiled: setattr(spoiled, "op", _Same())
    elif isinstance(node, ast.If | ast.IfExp):
        yield lambda spoiled: setattr(spoiled, "test", ast.UnaryOp(ast.Not(), spoiled.test))
    elif isinstance(node, ast.Name) and node.id in NAMES and isinstance(node.ctx, ast.Load):
        yield lambda spoiled: setattr(spoiled, "id", NAMES[spoiled.id])


class _Same(ast.Not):
    """`not` left out; it is turned into plain truth when the tree is made whole."""


class _WithoutNot(ast.NodeTransformer):
    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.op, _Same):
            return ast.Call(ast.Name("bool", ast.Load()), [node.operand], [])
        return node


def _mutant(tree: ast.Module, node: ast.AST, spoil) -> Mutant:
    """A copy of the whole module with the one node spoiled."""
    memo: dict = {}
    whole = copy.deepcopy(tree, memo)
    spoiled = memo[id(node)]
    before = _shown(node)
    spoil(spoiled)
    whole = ast.fix_missing_locations(_WithoutNot().visit(whole))
    return Mutant(node.lineno, before, _shown(_WithoutNot().visit(copy.deepcopy(spoiled))), whole)


def _shown(node: ast.AST) -> str:
    """The node as code, short; of an `if` only its condition."""
    shown = node.test if isinstance(node, ast.If | ast.IfExp) else node
    return ast.unparse(ast.fix_missing_locations(shown))
