/* Arrow's layouts of text, and the buffers of a column: read and written without a copy, and nothing outside of them.
 * For Python 3.11 and later (stable ABI), without dependencies. */
#pragma once
#include "words.h"
#include <stdlib.h>

/* The longest text that is read, in characters. Codes, as in nofields/check/codes.py. */
enum { LONGEST = 64, UNKNOWN = 15, NO_VALUE = 254, RIGHT = 255, FAILED = -1 };

/* The buffers of a column: four that a reader writes to or has a use of its own for, and those of Arrow: the bitmap of rows
 * that are not null, or none; offsets of 4 or 8 bytes, or views of 16; and the texts' bytes. */
enum { PRESENT = 4, PLACES, DATA };
typedef struct {
    Py_buffer *list;
    Py_ssize_t listed, first, count; /* the first row, and how many there are */
} Column;

static INLINE bool is_null(const Column *column, Py_ssize_t row) {
    const unsigned char *present = column->list[PRESENT].buf;
    return present && !(present[(column->first + row) >> 3] >> ((column->first + row) & 7) & 1);
}

/* Return an offset, or four bytes of a view, in the machine's own order. */
static INLINE uint64_t offset_at(const unsigned char *from, int width) {
    uint32_t four;
    uint64_t eight;
    memcpy(&four, from, sizeof four);
    if (width < 8)
        return four;
    memcpy(&eight, from, sizeof eight);
    return eight;
}

/* Return where a row's text stands, and its size; NULL if that is outside of the buffers. */
static INLINE const unsigned char *text_at(const Column *column, int width, Py_ssize_t row, Py_ssize_t *size) {
    const unsigned char *place = (const unsigned char *)column->list[PLACES].buf + width * (column->first + row);
    const Py_buffer *data = &column->list[DATA];
    uint64_t begin, end;
    if (width == 16) {
        int32_t view[4]; /* the size, and a short text; or four of its bytes, the buffer and the offset */
        memcpy(view, place, sizeof view);
        *size = view[0];
        if (0 <= view[0] && view[0] <= 12)
            return place + 4;
        if (view[2] < 0 || view[2] >= column->listed - DATA)
            return NULL;
        data += view[2], begin = (uint64_t)view[3], end = begin + (uint64_t)view[0]; /* enormous if negative */
    } else {
        begin = offset_at(place, width), end = offset_at(place + width, width);
    }
    *size = (Py_ssize_t)(end - begin);
    return begin <= end && end <= (uint64_t)data->len ? (const unsigned char *)data->buf + begin : NULL;
}

/* Return the character at `*at`, which is not ASCII, and move behind it; 0 for a byte of broken UTF-8, as Python counts it. */
static inline uint32_t next_character(const unsigned char **at, const unsigned char *end) {
    const unsigned char *bytes = *at;
    const int length = bytes[0] >= 0xf0 ? 4 : bytes[0] >= 0xe0 ? 3 : 2;
    uint32_t character = bytes[0] & (0xff >> (length + 1)), least = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80;
    bool broken = bytes[0] < 0xc0 || bytes[0] >= 0xf8 || end - bytes < length;
    for (int place = 1; !broken && place < length; place++) {
        broken = bytes[place] >> 6 != 2;
        character = character << 6 | (bytes[place] & 0x3f);
    }
    broken = broken || character < least || character > 0x10ffff || character >> 11 == 0x1b; /* half a surrogate pair */
    *at += broken ? 1 : length;
    return broken ? 0 : character;
}

static inline void release_column(Column *column) {
    while (column->listed)
        PyBuffer_Release(&column->list[--column->listed]);
    free(column->list);
}

static inline PyObject *broken_column(void) {
    if (!PyErr_Occurred())
        PyErr_SetString(PyExc_ValueError, "an offset or view of the column lies outside of its buffers");
    return NULL;
}

/* Take the buffers; return false with an exception set if they are too few, or too small for all rows. */
static inline bool take_column(Column *column, int width, PyObject *buffers) {
    const Py_ssize_t total = PyTuple_Size(buffers);
    bool taken = (column->list = calloc(total + 1, sizeof *column->list)) || PyErr_NoMemory();
    for (; taken && column->listed < total; column->listed += taken) {
        PyObject *buffer = PyTuple_GetItem(buffers, column->listed);
        int flags = column->listed < PRESENT ? PyBUF_WRITABLE : PyBUF_SIMPLE;
        taken = buffer == Py_None || !PyObject_GetBuffer(buffer, &column->list[column->listed], flags);
    }
    if (taken && total + (width == 16) > DATA && (width == 4 || width == 8 || width == 16)) {
        const Py_buffer *present = &column->list[PRESENT];
        const Py_ssize_t rows = column->list[PLACES].len / width - (width < 16);
        if (0 <= column->first && column->first <= rows && 0 <= column->count && column->count <= rows - column->first
            && (!present->buf || (column->first + column->count + 7) / 8 <= present->len))
            return true;
    }
    broken_column();
    release_column(column);
    return false;
}

extern PyObject *read_dates(PyObject *module, PyObject *arguments);
extern PyObject *remembering(PyObject *module, PyObject *arguments);
