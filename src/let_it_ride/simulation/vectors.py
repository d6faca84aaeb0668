"""Four numbers at once, where a loop of three or four turns would take longer than its work."""

from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic


@intrinsic
def add_four(_: Any, array: Any, at: Any, weight: Any, a: Any, b: Any, c: Any, d: Any) -> Any:
    """Add a weight times four numbers to four neighbours in an array of doubles, the first at `at`.

    The caller sees to it that they are in the array.
    """
    numbers = (weight, a, b, c, d)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        there = cgutils.create_struct_proxy(signature.args[0])(context, builder, value=arguments[0])
        vector = ir.VectorType(ir.DoubleType(), 4)
        place = builder.bitcast(builder.gep(there.data, [arguments[1]]), vector.as_pointer())
        factor = added = ir.Constant(vector, ir.Undefined)
        for lane, number in enumerate(arguments[3:]):
            index = ir.Constant(ir.IntType(32), lane)
            factor = builder.insert_element(factor, arguments[2], index)
            added = builder.insert_element(added, number, index)
        before = builder.load(place)
        before.align = 8
        stored = builder.store(builder.fadd(before, builder.fmul(factor, added)), place)
        stored.align = 8
        return context.get_dummy_value()

    return types.void(array, at, *(types.float64 for _ in numbers)), generate
