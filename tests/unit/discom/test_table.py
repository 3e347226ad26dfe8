"""A file may be anything: a table, or none."""

import io
from itertools import islice

import pytest

from discom.table import LONGEST_LINE, Table, Unusable


def table(content: bytes) -> Table:
    return Table(io.BytesIO(content), "bills.csv")


def rows(content: bytes) -> list[tuple[int, list[str]]]:
    return list(table(content).rows())


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_lines_end_in_any_way(end: bytes) -> None:
    assert rows(end.join([b"a,b", b"1,2", b"3,4"])) == [(2, ["1", "2"]), (3, ["3", "4"])]


def test_a_byte_order_mark_and_spaces_are_no_part_of_a_name() -> None:
    assert table("\ufeffK_Number , Amount\n".encode()).header == ["k_number", "amount"]


def test_a_row_is_known_by_the_line_it_begins_on() -> None:
    content = b'a,b\n1,"x\ny\nz"\n\n,\n2,w\n'

    assert rows(content) == [(2, ["1", "x\ny\nz"]), (7, ["2", "w"])]


def test_blank_lines_may_stand_before_the_header() -> None:
    assert rows(b"\n\na,b\n1,2\n") == [(4, ["1", "2"])]


@pytest.mark.parametrize("content", [b"", b"\n\n", b",,\n", "\ufeff".encode()])
def test_an_empty_file_is_told_so(content: bytes) -> None:
    with pytest.raises(Unusable, match=r"^bills\.csv is empty"):
        table(content)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("a,b\n1,बिजली\n".encode("utf-16"), "not UTF-8 near line 1"),
        (b"a,b\n1,caf\xe9\n", "not UTF-8"),
        (b"a,b\n1,\x00\n", "holds NUL bytes"),
        (b'a,b\n1,"2\n3,4\n', "ends inside the row of line 2"),
        (b'a,b\n1,"' + b"2,3\n" * 60_000, "no CSV table at line 2"),
        (b"a,b\n1," + b"x" * 10_000_000 + b"\n", "longer than"),
        (b"a,b\n" + b'"x\n",' * 400_000, "longer than"),
        (b"x" * (LONGEST_LINE + 5), "longer than"),
    ],
)
def test_what_is_no_table_is_told_in_one_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(Unusable, match=sentence) as told:
        rows(content)

    assert str(told.value).count("\n") == 0


def test_missing_columns_are_named() -> None:
    with pytest.raises(Unusable, match="lacks the columns amount, due_date"):
        table(b"k_number\n").places(["k_number", "amount", "due_date"], [])


def test_another_separator_is_noticed() -> None:
    with pytest.raises(Unusable, match="separated by commas and not by ;"):
        table(b"k_number;amount\n").places(["k_number", "amount"], [])


def test_a_column_named_twice_is_refused_only_where_it_is_wanted() -> None:
    assert table(b"a,note,note\n").places(["a"], ["b"]) == {"a": 0}
    with pytest.raises(Unusable, match="names the column a twice"):
        table(b"a,b,a\n").places(["a"], ["b"])


def test_a_file_is_read_as_it_is_needed() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def readable(self) -> bool:
            return True

        def readinto(self, room: bytearray) -> int:  # type: ignore[override]  # it is one here
            line = b"1,2\n"
            room[: len(line)] = line
            self.given += len(line)
            return len(line)

    stream = Endless()

    assert len(list(islice(Table(stream, "x").rows(), 1000))) == 1000  # type: ignore[arg-type]  # raw is enough
    assert stream.given < 2_000_000


def test_bytes_read_tell_how_far_it_is() -> None:
    content = b"a,b\n" + b"1,2\n" * 100_000
    it = table(content)

    half = len(list(islice(it.rows(), 50_000)))

    assert half == 50_000
    assert len(content) / 4 < it.bytes_read < len(content)
