"""The kinds of value a setting can hold: money, ratios, whole numbers, text, formulas.

Each is an annotation that carries its bounds, checks a value exactly (a bool is no number, text
is no amount, nothing is rounded) and can say in words what it allows. Errors, forms and the
reference take those words from here.
"""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from let_it_ride.expressions import variables
from let_it_ride.expressions.limits import LONGEST

#: Numbers with more digits before the point than this are refused before anything is computed
#: with them: arithmetic on 1e999999999 would never end.
_MOST_DIGITS: Final = 16


def _exact(value: object) -> Decimal:
    """Return a number as the decimal it was written as.

    Raises:
        PydanticCustomError: the value is no finite number.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise unfit("not a number")
    if isinstance(value, int):
        if abs(value) >= 10**_MOST_DIGITS:
            raise unfit("too large" if value > 0 else "too small")
        return Decimal(value)
    number = value if isinstance(value, Decimal) else Decimal(float.__repr__(value))
    if not number.is_finite():
        raise unfit("not a finite number")
    if number and number.adjusted() >= _MOST_DIGITS:
        raise unfit("too large" if number > 0 else "too small")
    return number


def _within(number: Decimal, minimum: Decimal, maximum: Decimal) -> None:
    if number < minimum:
        raise unfit("too small")
    if number > maximum:
        raise unfit("too large")


def unfit(message: str) -> PydanticCustomError:
    """Return the error for a value that its kind does not allow."""
    return PydanticCustomError("unfit", message)


@dataclass(frozen=True, slots=True)
class Money:
    """Dollars: a `Decimal` of whole cents, with exactly two decimals.

    Takes an int, a `Decimal`, or a float that is written with at most two decimals.
    """

    minimum: Decimal
    maximum: Decimal
    kind: ClassVar[Literal["money"]] = "money"

    @property
    def allowed(self) -> str:
        """What a value may be, in words."""
        bounds = f"from {self.minimum:,.2f} to {self.maximum:,.2f}"
        return f"an amount in dollars, at most two decimals, {bounds}"

    def check(self, value: object) -> Decimal:
        """Return the amount, or raise for what is none."""
        amount = _exact(value)
        _within(amount, self.minimum, self.maximum)
        cents = amount.quantize(Decimal("0.01"))
        if cents != amount:
            raise unfit("finer than a cent")
        return cents + 0  # -0.00 is 0.00

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(
            self.check, handler(source), serialization=_AS_JSON_NUMBER
        )


@dataclass(frozen=True, slots=True)
class Ratio:
    """A multiplier, share or rate: an exact `Decimal` with at most six decimals."""

    minimum: Decimal
    maximum: Decimal
    kind: ClassVar[Literal["number"]] = "number"

    @property
    def allowed(self) -> str:
        """What a value may be, in words."""
        return f"a number with at most six decimals, from {self.minimum} to {self.maximum}"

    def check(self, value: object) -> Decimal:
        """Return the number without trailing zeros, or raise for what is none."""
        number = _exact(value)
        _within(number, self.minimum, self.maximum)
        if number != number.quantize(Decimal("0.000001")):
            raise unfit("more than six decimals")
        whole = number.quantize(Decimal(1))
        return whole + 0 if whole == number else number.normalize()

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(
            self.check, handler(source), serialization=_AS_JSON_NUMBER
        )


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number, or one of a few words that stand for one."""

    minimum: int
    maximum: int
    words: tuple[str, ...] = ()
    kind: ClassVar[Literal["integer"]] = "integer"

    @property
    def allowed(self) -> str:
        """What a value may be, in words."""
        number = f"a whole number from {self.minimum:,} to {self.maximum:,}"
        return " or ".join((number, *(f'"{word}"' for word in self.words)))

    def check(self, value: object) -> int | str:
        """Return the number or word, or raise for what is neither."""
        if isinstance(value, str) and value in self.words:
            return value
        if isinstance(value, bool) or not isinstance(value, int):
            raise unfit("not a whole number")
        if value < self.minimum:
            raise unfit("too small")
        if value > self.maximum:
            raise unfit("too large")
        return int(value)

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.check, handler(source))


@dataclass(frozen=True, slots=True)
class Text:
    """Text of bounded length.

    Attributes:
        dates: take a TOML date as its ISO text.
        one_line: no line ends and no other characters that cannot be printed.
        without: characters that may not occur.
    """

    maximum: int
    minimum: int = 0
    dates: bool = False
    one_line: bool = False
    without: str = ""
    kind: ClassVar[Literal["text"]] = "text"

    @property
    def allowed(self) -> str:
        """What a value may be, in words."""
        text = "one line of text" if self.one_line else "text"
        least = "not empty, " if self.minimum else ""
        without = f", without {' '.join(self.without)}" if self.without else ""
        return f"{text} in quotes, {least}at most {self.maximum:,} characters{without}"

    def check(self, value: object) -> str:
        """Return the text, or raise for what is none."""
        if self.dates and isinstance(value, date | time):
            return value.isoformat()
        if not isinstance(value, str):
            raise unfit("not text")
        if len(value) < self.minimum:
            raise unfit("empty")
        if len(value) > self.maximum:
            raise unfit("too long")
        if any("\ud800" <= character <= "\udfff" for character in value):
            raise unfit("not Unicode text")
        if (self.one_line and not value.isprintable()) or set(value) & set(self.without):
            raise unfit("a character that cannot be used here")
        return str(value)

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.check, handler(source))


@dataclass(frozen=True, slots=True)
class Formula:
    """A text of the expression language (see `let_it_ride.expressions`), kept as it is written.

    Attributes:
        variables: the names it may use.
    """

    variables: tuple[str, ...]
    minimum: ClassVar[int] = 1
    maximum: ClassVar[int] = LONGEST
    kind: ClassVar[Literal["text"]] = "text"

    @property
    def allowed(self) -> str:
        """What a value may be, in words."""
        return f"a formula in quotes, at most {self.maximum:,} characters"

    def check(self, value: object) -> str:
        """Return the text, or raise for what is no formula.

        An error of type ``formula`` has the `ExpressionError` in its context.
        """
        # A screen can be drawn without reading a formula.
        from let_it_ride.expressions.errors import ExpressionError
        from let_it_ride.expressions.parser import parse

        text = Text(self.maximum, self.minimum).check(value)
        try:
            parse(text, self.variables)
        except ExpressionError as flaw:
            raise PydanticCustomError(
                "formula", "{text}", {"text": str(flaw), "flaw": flaw}
            ) from None
        return text

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.check, handler(source))


Quantity = Money | Ratio | Whole | Text | Formula

#: JSON has numbers: every amount and ratio here is short enough to survive the trip through a
#: double unchanged, and a reader of an export expects 5.0 and not "5.00".
_AS_JSON_NUMBER: Final = core_schema.plain_serializer_function_ser_schema(
    float, return_schema=core_schema.float_schema(), when_used="json"
)

# The bounds keep every sum a session can make inside 64 bits of cents: 10,000 rounds of three
# circles of 6 × 1,000,000.00 (the highest step of 1-3-2-6), paid 100,000 to one, are 1.8e18.
_CENT: Final = Decimal("0.01")
_MOST_BET: Final = Decimal(1_000_000)
_MOST_MONEY: Final = Decimal(1_000_000_000)

Bet = Annotated[Decimal, Money(_CENT, _MOST_BET)]
"""A stake, or what stakes are counted in: a cent to a million dollars."""

BonusBet = Annotated[Decimal, Money(Decimal(0), _MOST_BET)]
"""A wanted side bet; nothing is an answer too."""

Funds = Annotated[Decimal, Money(_CENT, _MOST_MONEY)]
"""Money somebody has or would win or lose: a cent to a billion dollars."""

Profit = Annotated[Decimal, Money(-_MOST_MONEY, _MOST_MONEY)]
"""A result, which can be a loss."""

Factor = Annotated[Decimal, Ratio(Decimal(0), Decimal(1000))]
"""What an amount is multiplied by."""

Growth = Annotated[Decimal, Ratio(Decimal(1), Decimal(100))]
"""What a progression multiplies its bet by at each step; below one it would shrink to nothing."""

Share = Annotated[Decimal, Ratio(Decimal(0), Decimal(1))]
"""A part of a whole."""

Pay = Annotated[int, Whole(0, 100_000)]
"""Odds to one; 0 is a loss."""

MainBetFormula = Annotated[str, Formula(variables.MAIN_BET)]
"""Arithmetic that gives the bet on one circle."""

BonusBetFormula = Annotated[str, Formula(variables.BONUS_BET)]
"""Arithmetic that gives the bonus bet."""

Condition = Annotated[str, Formula(variables.RULE)]
"""A condition on three or four cards."""
