"""The plain generators give the outputs their authors published."""

from itertools import islice

from reference.streams import splitmix64, xoshiro256pp


def test_xoshiro256pp_gives_its_published_outputs():
    assert list(islice(xoshiro256pp([1, 2, 3, 4]), 4)) == [
        41943041,
        58720359,
        3588806011781223,
        3591011842654386,
    ]


def test_splitmix64_gives_its_published_outputs():
    assert list(islice(splitmix64(1234567), 5)) == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]
