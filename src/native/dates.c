/* Remembers dates, which are few and come again, and reads columns of them by their shapes: texts with every digit replaced by 0.
 *
 * Nothing here knows how a date may be written. nofields/columns/date.py describes each shape, once for a part of a column: where
 * day, month and year stand in it, or the code of every text of that shape.
 */
#include "column.h"

/* Where up to four digits stand: in the four bytes at a place of a text, of which `mask` takes the digits, and `shift` puts the
 * last of them into the highest byte. */
typedef struct {
    uint32_t mask;
    unsigned char place, shift, unused[2];
} Group;

/* A text of up to fifteen bytes, padded with zeros, and in the sixteenth its size + 1; an unused slot has 0 there. If its code
 * is RIGHT, its texts have a day, a month and a year; any other code is that of all its texts. */
typedef struct {
    uint64_t text[2];
    Group day, month, year;
    unsigned char code, unused[7];
} Shape;

enum { SHAPES = 512, LONGEST_SHAPE = 15, UNREAD = 253 };

/* Load a text of up to fifteen bytes, with zeros behind it. Nothing around it is read. */
static inline void load_short(const unsigned char *text, Py_ssize_t size, uint64_t words[2]) {
    words[0] = words[1] = 0;
    if (size < 8) {
        for (Py_ssize_t place = 0; place < size; place++)
            words[0] |= (uint64_t)text[place] << 8 * place;
    } else {
        words[0] = load_eight(text);
        words[1] = load_eight(text + size - 8) >> 1 >> (127 - 8 * size);  /* in two steps: the first word may be all */
    }
}

/* Replace every digit among eight characters by 0. */
static inline uint64_t without_digits(uint64_t word) {
    uint64_t low = word ^ 0x3030303030303030u;
    uint64_t digits = ~(((low & 0x7f7f7f7f7f7f7f7fu) + 0x7676767676767676u) | low) & 0x8080808080808080u;
    return word & ~((digits >> 3) - (digits >> 7));
}

/* Return the slot of a shape, or the unused slot where it belongs. At least one slot must be unused. */
static inline Shape *slot_of(Shape *shapes, const uint64_t text[2]) {
    size_t slot = (text[0] * 0x9e3779b97f4a7c15u + text[1]) * 0xd6e8feb86659fd93u >> 55;
    while (((shapes[slot].text[0] ^ text[0]) | (shapes[slot].text[1] ^ text[1])) && shapes[slot].text[1])
        slot = (slot + 1) % SHAPES;
    return &shapes[slot];
}

static inline unsigned number_at(const unsigned char *text, const Group *group) {
    const unsigned char *from = text + group->place;
    uint32_t digits = (uint32_t)from[0] | (uint32_t)from[1] << 8 | (uint32_t)from[2] << 16 | (uint32_t)from[3] << 24;
    digits = (digits & group->mask) << group->shift;
    digits = digits * (10 << 8 | 1) >> 8 & 0x00ff00ff;  /* two numbers of two digits */
    return digits * (100 << 16 | 1) >> 16;
}

/* The calendar: for each year from 0 to 9999 the days from 1970-01-01 to its first day, times four, and the kind of the year;
 * for each kind, 16 months and 32 days the days from the first of the year, or -1 where there is no such day. */
enum { YEARS = 10000, KINDS = 4, YEAR_DAYS = 512 };
typedef struct {
    int32_t years[YEARS], days[KINDS * YEAR_DAYS];
} Calendar;

/* What is written for each row: a code and a date; what is read besides Arrow's buffers. */
enum { CODES, DAYS, SHAPE_TABLE, CALENDAR };
typedef struct {
    Column rows;
    Py_ssize_t row; /* the next row to read */
    Shape *new;
    int room;       /* how many more shapes may be described */
    unsigned char no_date;
} Dates;

/* Texts of some rows and their shapes. Finding all of them before any is read lets the processor work on several at once. */
enum { BATCH = 64 };
typedef struct {
    const unsigned char *texts[BATCH];
    const Shape *shapes[BATCH];
} Batch;

static const Shape null_row = {.code = NO_VALUE}, unread = {.code = UNREAD};

/* Return the shape of a row's text, which is written to `*text`; NULL if it is outside of the buffers. A new shape is entered. */
static inline const Shape *shape_of(Dates *dates, int width, Py_ssize_t row, const unsigned char **text) {
    Py_ssize_t size;
    *text = text_at(&dates->rows, width, row, &size);
    if (is_null(&dates->rows, row)) /* the view of a null may be any; its offsets are read by Arrow */
        return width == 16 || *text ? &null_row : NULL;
    if (!*text)
        return NULL;
    PREFETCH(*text);
    if (size <= LONGEST) /* blanks fill columns of a fixed width; the check strips them, unless the text is too long */
        while (size > LONGEST_SHAPE && (*text)[size - 1] == ' ')
            size--;
    if (size > LONGEST_SHAPE)
        return &unread;
    uint64_t blind[2];
    load_short(*text, size, blind);
    blind[0] = without_digits(blind[0]), blind[1] = without_digits(blind[1]) | (uint64_t)(size + 1) << 56;
    Shape *shape = slot_of(dates->rows.list[SHAPE_TABLE].buf, blind);
    if (shape->text[1])
        return shape;
    if (dates->room)
        dates->new = memcpy(shape, blind, sizeof blind);
    return &unread;
}

/* Read a text of a shape; return its code. */
static inline unsigned char read_date(const Dates *dates, const Calendar *calendar, const unsigned char *text, const Shape *shape,
                                      int32_t *days) {
    if (shape->code != RIGHT)
        return shape->code;
    unsigned year = number_at(text, &shape->year), month = number_at(text, &shape->month), day = number_at(text, &shape->day);
    if (month > 15 || day > 31)
        return dates->no_date;
    int32_t first = calendar->years[year], others = calendar->days[(first & 3) << 9 | month << 5 | day];
    *days = (first >> 2) + others;
    return others < 0 ? dates->no_date : RIGHT;
}

/* Read up to the end, or to the first row of a new shape; return false if a text is outside of the buffers. Rows that have no
 * shape here are UNREAD. */
static INLINE bool read_rows(Dates *shared, int width) {
    Dates dates = *shared; /* writing a code cannot change a copy, so that it stays in registers */
    const Calendar *calendar = dates.rows.list[CALENDAR].buf;
    unsigned char *codes = dates.rows.list[CODES].buf;
    int32_t *days = dates.rows.list[DAYS].buf;
    Batch batch;
    int found = 0, wanted = 0;
    while (found == wanted && dates.row < dates.rows.count) {
        wanted = dates.rows.count - dates.row < BATCH ? (int)(dates.rows.count - dates.row) : BATCH;
        PREFETCH((const unsigned char *)dates.rows.list[PLACES].buf + width * (dates.rows.first + dates.row));
        for (found = 0; found < wanted; found++) {
            batch.shapes[found] = shape_of(&dates, width, dates.row + found, &batch.texts[found]);
            if (!batch.shapes[found] || dates.new)
                break;
        }
        for (int each = 0; each < found; each++, dates.row++)
            codes[dates.row] = read_date(&dates, calendar, batch.texts[each], batch.shapes[each], &days[dates.row]);
    }
    shared->row = dates.row, shared->new = dates.new;
    return found == wanted || batch.shapes[found];
}

/* Read from a row on: dates(width, first, count, buffers, row, room, no_date) returns the row where it stopped and the slot of
 * that row's shape, to be described; or `count` and -1. */
PyObject *read_dates(PyObject *Py_UNUSED(module), PyObject *arguments) {
    Dates dates = {0};
    PyObject *buffers;
    int width;
    bool read = false;
    if (!PyArg_ParseTuple(arguments, "innO!nib", &width, &dates.rows.first, &dates.rows.count, &PyTuple_Type, &buffers, &dates.row,
                          &dates.room, &dates.no_date) || !take_column(&dates.rows, width, buffers))
        return NULL;
    const Py_buffer *list = dates.rows.list;
    const Shape *shapes = list[SHAPE_TABLE].buf;
    if (0 <= dates.row && dates.row <= dates.rows.count && list[CODES].len >= dates.rows.count
        && list[DAYS].len / (Py_ssize_t)sizeof(int32_t) >= dates.rows.count && list[CALENDAR].len == (Py_ssize_t)sizeof(Calendar)
        && list[SHAPE_TABLE].len == (Py_ssize_t)(SHAPES * sizeof(Shape))) {
        Py_BEGIN_ALLOW_THREADS
        read = width == 4 ? read_rows(&dates, 4) : width == 8 ? read_rows(&dates, 8) : read_rows(&dates, 16);
        Py_END_ALLOW_THREADS
    }
    release_column(&dates.rows);
    return read ? Py_BuildValue("nn", dates.row, dates.new ? (Py_ssize_t)(dates.new - shapes) : (Py_ssize_t)-1) : broken_column();
}

/* ---- Memory ---- */

/* What the function of a memory is bound to: a tuple of these. */
enum { MEMORY, MAKE, SHOWN, METHOD, MOST = 1 << 14 };

/* Return what is remembered of a text, or else make it, and remember it if it is short. */
static PyObject *recall(PyObject *bound, PyObject *value) {
    PyObject *memory = PyTuple_GetItem(bound, MEMORY), *kept = NULL;
    const bool keeps = PyUnicode_CheckExact(value) && PyUnicode_GetLength(value) <= LONGEST;
    if (keeps && ((kept = PyDict_GetItemWithError(memory, value)) || PyErr_Occurred()))
        return Py_XNewRef(kept);
    PyObject *made = PyObject_CallFunctionObjArgs(PyTuple_GetItem(bound, MAKE), value, NULL);
    if (made && keeps) {
        if (PyDict_Size(memory) >= MOST)
            PyDict_Clear(memory);
        if (PyDict_SetItem(memory, value, made) < 0)
            Py_CLEAR(made);
    }
    return made;
}

/* remembering(make, name) returns a function that calls `make` once for each text that comes again. */
PyObject *remembering(PyObject *Py_UNUSED(module), PyObject *arguments) {
    PyObject *make, *shown;
    if (!PyArg_ParseTuple(arguments, "OU", &make, &shown))
        return NULL;
    const char *name = PyUnicode_AsUTF8AndSize(shown, NULL);
    PyObject *memory = name ? PyDict_New() : NULL, *method = name ? PyBytes_FromStringAndSize(NULL, sizeof(PyMethodDef)) : NULL;
    PyObject *bound = memory && method ? PyTuple_Pack(METHOD + 1, memory, make, shown, method) : NULL, *function = NULL;
    if (bound) {
        PyMethodDef *definition = (PyMethodDef *)PyBytes_AsString(method);
        *definition = (PyMethodDef){name, recall, METH_O, NULL};
        function = PyCFunction_NewEx(definition, bound, NULL);
    }
    Py_XDECREF(memory);
    Py_XDECREF(method);
    Py_XDECREF(bound);
    return function;
}
