"""The part of Liquid that templates may use: values, conditions, short loops, harmless filters.

Templates are written by people of the team and run inside the sender, so nothing they say may take long,
grow without bound, or reach anything but the values they are given.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from liquid import Environment, RenderContext
from liquid.ast import Node
from liquid.builtin.expressions import BooleanExpression, FilteredExpression, Path
from liquid.exceptions import LiquidError, UndefinedError
from liquid.expression import Expression
from liquid.template import BoundTemplate
from liquid.undefined import UNDEFINED, FalsyStrictUndefined

from leadline.errors import TemplateError

LONGEST_TEMPLATE = 8_000

# Left out: what multiplies text, like replace, and what is for web pages.
FILTERS = frozenset(
    {
        *(
            "append",
            "capitalize",
            "date",
            "default",
            "downcase",
            "lstrip",
            "prepend",
            "remove",
            "remove_first",
        ),
        *("rstrip", "slice", "strip", "strip_newlines", "truncate", "truncatewords", "upcase"),
        *("abs", "at_least", "at_most", "ceil", "divided_by", "floor", "minus", "modulo", "plus", "round"),
        *("times", "first", "join", "last", "size", "split"),
    }
)
TAGS = frozenset(
    {
        *("#", "assign", "break", "capture", "case", "comment", "continue", "cycle", "echo", "for"),
        *("if", "unless"),
    }
)
_PARTS_OF_THE_LANGUAGE = frozenset({"content", "illegal", "output"})

Scalar = str | int | float | Decimal | date | datetime


class Absent(FalsyStrictUndefined):
    """A value that was not given: it may be tested and may have a default; anything else needs it."""

    def __init__(self, name: str, *, token: object, obj: object = UNDEFINED, hint: str | None = None) -> None:
        super().__init__(name, token=token, obj=obj, hint=hint)  # type: ignore[arg-type]
        self.msg = name


class Sandbox(Environment):
    """Liquid with bounds. They are far above what a text of 1,600 characters needs."""

    block_nesting_limit = 10
    loop_iteration_limit = 200
    local_namespace_limit = 20_000
    output_stream_limit = 20_000

    def __init__(self) -> None:
        super().__init__(undefined=Absent, strict_filters=True)
        self.filters = {name: each for name, each in self.filters.items() if name in FILTERS}
        known = TAGS | _PARTS_OF_THE_LANGUAGE
        self.tags = {name: each for name, each in self.tags.items() if name in known}


_SANDBOX = Sandbox()


@dataclass(frozen=True, slots=True)
class Compiled:
    """A template ready to render, and the names it needs in the order it uses them."""

    template: BoundTemplate
    required: tuple[str, ...]


@lru_cache(maxsize=512)
def compile_template(body: str) -> Compiled:
    """Parse once; raises TemplateError with the line and column of the fault."""
    if len(body) > LONGEST_TEMPLATE:
        raise TemplateError(f"A template can have {LONGEST_TEMPLATE:,} characters.", field="body")
    try:
        template = _SANDBOX.from_string(body)
        analysis = template.analyze(include_partials=False)
    except (LiquidError, RecursionError) as error:
        raise _fault(error) from None
    unknown = sorted(analysis.filters.keys() - FILTERS)
    if unknown:
        line, _ = analysis.filters[unknown[0]][0].line_col(body)
        raise TemplateError(f"There is no filter {unknown[0]!r} in templates (line {line}).", field="body")
    return Compiled(
        template, _required(template, {name: len(uses) for name, uses in analysis.globals.items()})
    )


def render_compiled(compiled: Compiled, values: Mapping[str, Scalar]) -> str:
    """The output. Raises KeyError with the name of a value that was needed after all, or TemplateError."""
    try:
        return compiled.template.render(**values)
    except UndefinedError as error:
        raise KeyError(str(error.args[0])) from None
    except (LiquidError, ArithmeticError, ValueError, TypeError, RecursionError) as error:
        raise _fault(error) from None


def _required(template: BoundTemplate, uses: Mapping[str, int]) -> tuple[str, ...]:
    """The names that no condition tests and that are used at least once without a default."""
    tested: set[str] = set()
    defaults: Counter[str] = Counter()
    for expression in _expressions(template.nodes, RenderContext(template)):
        if isinstance(expression, BooleanExpression):
            tested.update(_names(expression))
        elif isinstance(expression, FilteredExpression) and _has_default(expression):
            defaults.update(_names(expression.left))
    return tuple(name for name, count in uses.items() if name not in tested and count > defaults[name])


def _has_default(expression: FilteredExpression) -> bool:
    return expression.filters is not None and [each.name for each in expression.filters][:1] == ["default"]


def _expressions(nodes: Iterable[Node], context: RenderContext) -> Iterator[Expression]:
    for node in nodes:
        yield from node.expressions()
        yield from _expressions(node.children(context, include_partials=False), context)


def _names(expression: Expression) -> Iterator[str]:
    if isinstance(expression, Path):
        yield str(expression.path[0])
    for child in expression.children():
        yield from _names(child)


def _fault(error: BaseException) -> TemplateError:
    if not isinstance(error, LiquidError):
        return TemplateError("The template cannot be worked out with these values.", field="body")
    place = error.context()
    where = f" (line {place[0]}, column {place[1] + 1})" if place else ""
    return TemplateError(f"The template has a fault{where}: {error.message}.", field="body")
