from typing_extensions import Buffer

def dates(
    width: int,
    first: int,
    row: int,
    count: int,
    bitmap: Buffer | None,
    places: Buffer,
    buffers: tuple[Buffer, ...],
    calendar: Buffer,
    shapes: Buffer,
    room: int,
    codes: Buffer,
    days: Buffer,
    no_date: int,
    /,
) -> tuple[int, int]: ...
