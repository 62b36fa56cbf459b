/* Reads numbers by compiled rules: single values from Python, and columns in Arrow's layouts.
 *
 * Nothing here knows a weight, a length or a separator. `Reader` is given a notation (how a number may be written) and a
 * table (what each pair of digits adds to an index, and a code for each index): see nofields/check/notation.py and tables.py.
 * nofields/check/plain.py does the same in Python. One file for Python 3.11 and later (stable ABI), without dependencies.
 */
#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Codes, as in nofields/check/codes.py. */
enum { REQUIRED, CHARACTERS, LENGTH, NUMBER = 10, COUNTRY, UNKNOWN = 15, NO_VALUE = 254, RIGHT = 255 };
/* Classes of characters, as in nofields/check/notation.py: flags, and above them what floats are written with. */
enum { ANYWHERE = 1, BETWEEN = 2, WHITE = 4, IN_FLOATS = 8, LETTER = 4, OTHER = 1 << LETTER, LETTERS = 8 };
/* The longest text that is read, in characters; the places of a pair in a table: a digit in each half of a byte. */
enum { LONGEST = 64, PAIR = 256 };
/* What functions return instead of an index, and of a code or count. */
#define NOT_DIGITS UINT64_MAX
enum { FAILED = -1 };
#if defined(__GNUC__)
#define INLINE inline __attribute__((always_inline))
#else
#define INLINE inline
#endif

typedef struct {
    unsigned char text[8];
    int32_t length, digits;
} Prefix;

/* A compiled rule, as nofields/check/native.py packs it: behind the additions of all pairs come the codes of both tables. */
typedef struct {
    uint64_t groupings[4];
    uint32_t beyond[32][2];
    Prefix prefixes[4], foreign[3], own;
    int32_t grouping_count, beyond_count, prefix_count, foreign_count, low, high, last, pairs, bits, either, codes, more_codes;
    unsigned char classes[128], automaton[128];
    uint32_t last_additions[16], additions[];
} Program;

/* What the functions of a rule are bound to: a list of these. `compiled` is None, then what `compile` returns: a tuple whose
 * program is a bytearray or, for a rule without one, a plain reader. */
enum { COMPILE, OTHERWISE, COMPILED };
enum { PROGRAM, PROBLEMS, POLICIES, ENVIRONMENT, NAME, DEFINE };

/* The digits of a text, in `text` or where it stands. */
typedef struct {
    unsigned char text[LONGEST];
    const unsigned char *digits;
    Py_ssize_t count;
} Number;

/* ---- Tables ---- */

static INLINE uint64_t load_eight(const unsigned char *from) {
    uint64_t word;
    memcpy(&word, from, sizeof word);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* Return the sum of what each pair of `count` digits adds, or NOT_DIGITS. Eight digits become four pairs at once. */
static INLINE uint64_t add_up(const uint32_t *additions, const unsigned char *digits, Py_ssize_t count) {
    uint64_t sum = 0, wrong = 0;
    for (; count >= 8; count -= 8, digits += 8, additions += 4 * PAIR) {
        uint64_t word = load_eight(digits) ^ 0x3030303030303030u;  /* below ten where a byte is a digit */
        wrong |= (word + 0x7676767676767676u) | word;
        word = word << 4 | word >> 8;
        sum += (uint64_t)additions[word & 255] + additions[PAIR + (word >> 16 & 255)]
             + additions[2 * PAIR + (word >> 32 & 255)] + additions[3 * PAIR + (word >> 48 & 255)];
    }
    for (; count >= 2; count -= 2, digits += 2, additions += PAIR) {
        unsigned left = digits[0] ^ '0', right = digits[1] ^ '0';
        wrong |= (left + 0x76) | left | (right + 0x76) | right;
        sum += additions[(left << 4 | right) & 255];
    }
    if (count) {
        unsigned left = *digits ^ '0';
        wrong |= (left + 0x76) | left;
        sum += additions[left << 4 & 255];
    }
    return wrong & 0x8080808080808080u ? NOT_DIGITS : sum;
}

/* Return the index of a number, or NOT_DIGITS. If the last character has a table of its own, pairs count from the right. */
static INLINE uint64_t index_of(const Program *program, const unsigned char *digits, Py_ssize_t count) {
    if (program->last < 0)
        return add_up(program->additions, digits, count);
    unsigned last = digits[--count] ^ '0', first = 0;
    if (last > 9 && digits[count] != program->last)
        return NOT_DIGITS;
    const uint32_t *additions = program->additions + PAIR * (program->pairs - (count + 1) / 2);
    uint64_t before = program->last_additions[last > 9 ? 10 : last];
    if (count & 1) {
        if ((first = *digits++ ^ '0') > 9)
            return NOT_DIGITS;
        before += additions[first], additions += PAIR;
    }
    uint64_t sum = add_up(additions, digits, count & ~(Py_ssize_t)1);
    return sum == NOT_DIGITS ? NOT_DIGITS : before + sum;
}

static INLINE unsigned char *codes_of(const Program *program) {
    return (unsigned char *)(program->additions + PAIR * program->pairs);
}

static INLINE int code_at(const Program *program, uint64_t index) {
    const unsigned char *codes = codes_of(program);
    int code = codes[index & ((1ull << program->bits) - 1)], other = codes[program->codes + (index >> program->bits)];
    return (code < other) != program->either ? code : other;
}

/* ---- Texts as people write them ---- */

/* Return the class of the character at `*at`, which is not ASCII, and move behind it, or a byte into broken UTF-8. */
static unsigned class_beyond_ascii(const Program *program, const unsigned char **at, const unsigned char *end) {
    const unsigned char *bytes = *at;
    int length = bytes[0] >= 0xf0 ? 4 : bytes[0] >= 0xe0 ? 3 : 2;
    uint32_t character = bytes[0] & (0xff >> (length + 1)), least = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80;
    bool broken = bytes[0] < 0xc0 || bytes[0] >= 0xf8 || end - bytes < length;
    for (int place = 1; !broken && place < length; place++) {
        broken = (bytes[place] & 0xc0) != 0x80;
        character = character << 6 | (bytes[place] & 0x3f);
    }
    if (broken || character < least || character > 0x10ffff || character >> 11 == 0x1b)
        length = 1;
    *at += length;
    for (int place = 0; length > 1 && place < program->beyond_count; place++)
        if (program->beyond[place][0] == character)
            return program->beyond[place][1];
    return OTHER;
}

static inline unsigned next_class(const Program *program, const unsigned char **at, const unsigned char *end) {
    return **at < 128 ? program->classes[*(*at)++] : class_beyond_ascii(program, at, end);
}

/* Return whether a text without its white space is a number with decimals or an exponent. */
static bool is_float(const Program *program, const unsigned char *at, const unsigned char *end) {
    unsigned state = 0;
    while (at < end) {
        unsigned class = next_class(program, &at, end);
        if (!(class & WHITE))
            state = program->automaton[LETTERS * state + (class >> LETTER)];
    }
    return program->automaton[LETTERS * state];
}

/* Return whether separators that belong between groups stand between all groups and nowhere else. */
static bool in_place(const Program *program, uint64_t any, uint64_t between) {
    if (!between)
        return true;
    for (int place = 0; place < program->grouping_count; place++) {
        uint64_t gaps = program->groupings[place];
        if (!(between & ~gaps) && (any & gaps) == gaps)
            return true;
    }
    return false;
}

static bool are_digits(const unsigned char *text, Py_ssize_t count) {
    for (Py_ssize_t place = 0; place < count; place++)
        if ((unsigned)(text[place] - '0') > 9)
            return false;
    return true;
}

/* Return the reason that characters without separators are no number of the right form. */
static int misfit(const Program *program, const unsigned char *text, Py_ssize_t count, bool separated) {
    for (int place = 0; place < program->foreign_count; place++) {
        const Prefix *mark = &program->foreign[place], *own = &program->own;
        const unsigned char *behind = text + mark->length;
        if (count >= mark->length + mark->digits && !memcmp(text, mark->text, mark->length) && are_digits(behind, mark->digits)
            && (count < mark->length + own->length || memcmp(behind, own->text, own->length)))
            return COUNTRY;
    }
    bool plus = program->foreign_count && count && *text == '+';
    text += plus, count -= plus;
    if (!count || !are_digits(text, count - 1) || !(are_digits(text + count - 1, 1) || text[count - 1] == program->last))
        return CHARACTERS;
    return separated && program->low <= count && count <= program->high ? CHARACTERS : LENGTH;
}

/* Read a text with separators or a prefix, or that is no number; return its code under a policy. */
static int read_written(const Program *program, const unsigned char *policy, const unsigned char *text, Py_ssize_t size, Number *number) {
    const unsigned char *at = text, *end = text + size;
    uint64_t any = 0, between = 0;
    unsigned some = 0, all = WHITE;
    Py_ssize_t count = 0;
    for (int length = 0; at < end; length++) {
        if (length == LONGEST)
            return LENGTH;
        unsigned char character = *at < 128 ? *at : 255;
        unsigned class = next_class(program, &at, end);
        some |= class, all &= class;
        number->text[count] = character;
        between |= (uint64_t)(class >> 1 & 1) << count;
        any |= (uint64_t)((class | class >> 1) & 1) << count;
        count += !(class & (ANYWHERE | BETWEEN));
    }
    if (all)
        return REQUIRED;
    int code = -1;
    for (int place = 0; place < program->prefix_count && code < 0; place++) {
        const Prefix *prefix = &program->prefixes[place];
        Py_ssize_t digits = count - prefix->length;
        if (digits < program->low || digits > program->high || memcmp(number->text, prefix->text, prefix->length)
            || !in_place(program, any, between))
            continue;
        uint64_t index = index_of(program, number->text + prefix->length, digits);
        if (index != NOT_DIGITS) {
            number->digits = number->text + prefix->length, number->count = digits;
            code = policy[code_at(program, index)];
        }
    }
    if (code != RIGHT && some & IN_FLOATS && is_float(program, text, end))
        return NUMBER;
    return code < 0 ? misfit(program, number->text, count, between != 0) : code;
}

static INLINE int read_text(const Program *program, const unsigned char *policy, const unsigned char *text, Py_ssize_t size, Number *number) {
    if (program->low <= size && size <= program->high) {
        uint64_t index = index_of(program, text, size);
        if (index != NOT_DIGITS) {
            number->digits = text, number->count = size;
            return policy[code_at(program, index)];
        }
    }
    return read_written(program, policy, text, size, number);
}

/* ---- Single values ---- */

/* Return the rule's program and what else it is compiled to; NULL with an exception set, or for a rule without program. */
static Program *program_of(PyObject *rule, PyObject **compiled) {
    if ((*compiled = PyList_GetItem(rule, COMPILED)) == Py_None) {
        PyObject *made = PyObject_CallNoArgs(PyList_GetItem(rule, COMPILE));
        if (made && PyList_GetItem(rule, COMPILED) == Py_None)
            PyList_SetItem(rule, COMPILED, made);
        else /* another thread has compiled it meanwhile */
            Py_XDECREF(made);
        *compiled = PyList_GetItem(rule, COMPILED);
    }
    return PyTuple_Check(*compiled) ? (Program *)PyByteArray_AsString(PyTuple_GetItem(*compiled, PROGRAM)) : NULL;
}

/* Return what the codes of kinds mean under the current setting of the environment; NULL with an exception set. */
static const unsigned char *current_policy(PyObject *compiled) {
    PyObject *policies = PyTuple_GetItem(compiled, POLICIES), *environment = PyTuple_GetItem(compiled, ENVIRONMENT);
    if (environment == Py_None)
        return (const unsigned char *)PyBytes_AsString(policies);
    PyObject *setting = PyDict_GetItemWithError(environment, PyTuple_GetItem(compiled, NAME));
    PyObject *policy = PyErr_Occurred() ? NULL : PyObject_GetItem(policies, setting ? setting : Py_None);
    Py_XDECREF(policy); /* the dictionary keeps it */
    return policy ? (const unsigned char *)PyBytes_AsString(policy) : NULL;
}

/* Ask for the code of a number whose index has none yet, and remember it. */
static int learn(Program *program, PyObject *compiled, const Number *number) {
    PyObject *found = PyObject_CallFunction(PyTuple_GetItem(compiled, DEFINE), "s#", number->digits, number->count);
    int code = found ? (int)PyLong_AsLong(found) : FAILED;
    Py_XDECREF(found);
    if (code != FAILED)
        codes_of(program)[index_of(program, number->digits, number->count)] = (unsigned char)code;
    return code;
}

/* Read any object; return a new reference to its digits if it is right, to its problem otherwise, or NULL. */
static PyObject *read_value(PyObject *rule, PyObject *value, bool *right) {
    Number number;
    Py_ssize_t size;
    PyObject *compiled = NULL, *read = NULL;
    const char *text = PyUnicode_Check(value) ? PyUnicode_AsUTF8AndSize(value, &size) : NULL;
    Program *program = text ? program_of(rule, &compiled) : NULL;
    const unsigned char *policy = program ? current_policy(compiled) : NULL;
    if (!policy) {
        if (PyErr_Occurred() && !PyErr_ExceptionMatches(PyExc_UnicodeEncodeError))
            return NULL;
        PyErr_Clear();
        read = PyObject_CallFunctionObjArgs(PyList_GetItem(rule, OTHERWISE), value, NULL);
        *right = read && PyUnicode_Check(read);
        return read;
    }
    int code = read_text(program, policy, (const unsigned char *)text, size, &number);
    if (code == UNKNOWN && (code = learn(program, compiled, &number)) == FAILED)
        return NULL;
    *right = policy[code] == RIGHT;
    if (!*right)
        return Py_XNewRef(PyTuple_GetItem(PyTuple_GetItem(compiled, PROBLEMS), policy[code]));
    if (number.digits == (const unsigned char *)text && PyUnicode_CheckExact(value))
        return Py_NewRef(value);
    return PyUnicode_FromStringAndSize((const char *)number.digits, number.count);
}

static PyObject *is_valid(PyObject *rule, PyObject *value) {
    bool right = false;
    PyObject *read = read_value(rule, value, &right);
    Py_XDECREF(read);
    return read ? PyBool_FromLong(right) : NULL;
}

static PyObject *clean(PyObject *rule, PyObject *value) {
    bool right;
    return read_value(rule, value, &right);
}

static PyObject *problem(PyObject *rule, PyObject *value) {
    bool right = false;
    PyObject *read = read_value(rule, value, &right);
    if (!right)
        return read;
    Py_DECREF(read);
    return Py_NewRef(Py_None);
}

/* ---- Instances of a class ---- */

/* What the functions of a class are bound to: a tuple of these. */
enum { RULE, OWN, REJECT, SHOWN, METHODS, BOUND };

static PyObject *parse(PyObject *bound, PyObject *value) {
    PyObject *own = PyTuple_GetItem(bound, OWN), *made = NULL;
    if ((PyObject *)Py_TYPE(value) == own)
        return Py_NewRef(value);
    bool right = false;
    PyObject *read = read_value(PyTuple_GetItem(bound, RULE), value, &right);
    PyObject *given = read ? PyTuple_Pack(1, read) : NULL;
    if (given && right)
        made = ((newfunc)PyType_GetSlot(&PyUnicode_Type, Py_tp_new))((PyTypeObject *)own, given, NULL);
    else if (given)
        made = PyObject_CallObject(PyTuple_GetItem(bound, REJECT), given);
    Py_XDECREF(read);
    Py_XDECREF(given);
    return made;
}

/* `__new__` of the class. A subclass that has none of its own gets what it constructs by itself. */
static PyObject *new(PyObject *bound, PyObject *const *given, Py_ssize_t count, PyObject *names) {
    Py_ssize_t named = names ? PyTuple_Size(names) : 0;
    if (count < 1 || count + named != 2 || (named && PyUnicode_CompareWithASCIIString(PyTuple_GetItem(names, 0), "value")))
        return PyErr_Format(PyExc_TypeError, "%U() takes one argument, value", PyTuple_GetItem(bound, SHOWN));
    if (given[0] == PyTuple_GetItem(bound, OWN))
        return parse(bound, given[1]);
    return PyObject_CallMethod(given[0], "_construct", "O", given[1]);
}

static void free_methods(PyObject *capsule) {
    free(PyCapsule_GetPointer(capsule, NULL));
}

/* Return two functions for a class: from any value to the instance, and `__new__`. */
static PyObject *constructor(PyObject *rule, PyObject *arguments) {
    PyObject *own, *reject, *shown, *functions = NULL;
    if (!PyArg_ParseTuple(arguments, "O!OU", &PyType_Type, &own, &reject, &shown))
        return NULL;
    const char *name = PyUnicode_AsUTF8AndSize(shown, NULL);
    PyMethodDef *methods = name ? calloc(2, sizeof *methods) : NULL;
    PyObject *capsule = methods ? PyCapsule_New(methods, NULL, free_methods) : NULL;
    PyObject *bound = capsule ? PyTuple_Pack(BOUND, rule, own, reject, shown, capsule) : NULL;
    if (bound) {
        methods[0] = (PyMethodDef){name, parse, METH_O, NULL};
        methods[1] = (PyMethodDef){"__new__", (PyCFunction)(void (*)(void))new, METH_FASTCALL | METH_KEYWORDS, NULL};
        functions = Py_BuildValue("NN", PyCFunction_NewEx(methods, bound, NULL), PyCFunction_NewEx(methods + 1, bound, NULL));
    }
    Py_XDECREF(capsule);
    Py_XDECREF(bound);
    return functions;
}

/* ---- Columns ---- */

/* A row that is right but not written clean. */
typedef struct {
    int64_t row, count;
    unsigned char digits[LONGEST];
} Repaired;

/* The buffers of a column: what is written for each row (a code; bits: is right, is not null; repaired rows), and Arrow's. */
enum { CODES, VALID, KNOWN, REPAIRED, PRESENT, PLACES, DATA };
typedef struct {
    const Program *program;
    const Py_buffer *buffers;
    Py_ssize_t buffer_count, first, count, repaired;
    unsigned char policy[256];
} Column;

/* Return where a row's text stands, and its size; NULL if that is outside of the buffers. */
static INLINE const unsigned char *text_at(const Column *column, int width, Py_ssize_t row, Py_ssize_t *size) {
    const unsigned char *place = (const unsigned char *)column->buffers[PLACES].buf + width * row;
    int64_t ends[2], buffer = DATA;
    if (width == 8) {
        memcpy(ends, place, 16);
    } else {
        int32_t words[4];
        memcpy(words, place, width == 16 ? 16 : 8);
        *size = words[0];
        if (width == 16 && 0 <= words[0] && words[0] <= 12)
            return place + 4;
        buffer += width == 16 ? words[2] : 0;
        ends[0] = words[width == 16 ? 3 : 0];
        ends[1] = width == 16 ? ends[0] + words[0] : words[1];
    }
    *size = (Py_ssize_t)(ends[1] - ends[0]);
    if (buffer < DATA || buffer >= column->buffer_count || ends[0] < 0 || *size < 0 || ends[1] > column->buffers[buffer].len)
        return NULL;
    return (const unsigned char *)column->buffers[buffer].buf + ends[0];
}

/* Return the code of a text that is no number as it stands. */
static int read_row(Column *column, Py_ssize_t row, const unsigned char *text, Py_ssize_t size) {
    Number number;
    int code = read_text(column->program, column->policy, text, size, &number);
    if (code == RIGHT && number.digits != text) {
        Repaired *repaired = (Repaired *)column->buffers[REPAIRED].buf + column->repaired++;
        *repaired = (Repaired){.row = row, .count = number.count};
        memcpy(repaired->digits, number.digits, number.count);
    }
    return code;
}

/* Read rows until there is no room for more repaired ones; return how many were read, or FAILED. `width` and `digits`, the
 * count of digits if it is fixed, are constants, for which the compiler unrolls. */
static INLINE Py_ssize_t read_rows(Column *column, int width, int digits) {
    const Program *program = column->program;
    const unsigned char *present = column->buffers[PRESENT].buf, *policy = column->policy;
    unsigned char *codes = column->buffers[CODES].buf;
    Py_ssize_t row = 0, size = 0, room = column->buffers[REPAIRED].len / (Py_ssize_t)sizeof(Repaired) - 8;
    while (row < column->count && column->repaired <= room) {
        unsigned valid = 0, known = 0;
        Py_ssize_t byte = row >> 3, stop = row + 8 < column->count ? row + 8 : column->count;
        for (int bit = 0; row < stop; row++, bit++) {
            Py_ssize_t at = column->first + row;
            int code = NO_VALUE;
            if (!present || present[at >> 3] >> (at & 7) & 1) {
                const unsigned char *text = text_at(column, width, at, &size);
                if (!text)
                    return FAILED;
                uint64_t index = digits && size == digits ? add_up(program->additions, text, digits) : NOT_DIGITS;
                code = index == NOT_DIGITS ? read_row(column, row, text, size) : policy[code_at(program, index)];
            }
            codes[row] = (unsigned char)code;
            valid |= (unsigned)(code == RIGHT) << bit, known |= (unsigned)(code != NO_VALUE) << bit;
        }
        ((unsigned char *)column->buffers[VALID].buf)[byte] = (unsigned char)valid;
        ((unsigned char *)column->buffers[KNOWN].buf)[byte] = (unsigned char)known;
    }
    return row;
}

static INLINE Py_ssize_t read_texts(Column *column, int width) {
    const Program *program = column->program;
    switch (program->low == program->high && program->last < 0 ? program->low : 0) {
    case 4: return read_rows(column, width, 4);
    case 8: return read_rows(column, width, 8);
    case 9: return read_rows(column, width, 9);
    case 11: return read_rows(column, width, 11);
    default: return read_rows(column, width, 0);
    }
}

/* Return whether the buffers have room for all rows. */
static bool fits(const Column *column, int width) {
    const Py_buffer *buffers = column->buffers;
    Py_ssize_t stop = column->first + column->count, bytes = (column->count + 7) / 8;
    return column->buffer_count >= DATA && column->first >= 0 && column->count >= 0 && buffers[CODES].len >= column->count
        && (width == 4 || width == 8 || width == 16) && stop + (width < 16) <= buffers[PLACES].len / width
        && (!buffers[PRESENT].buf || (stop + 7) / 8 <= buffers[PRESENT].len) && buffers[VALID].len >= bytes
        && buffers[KNOWN].len >= bytes && buffers[REPAIRED].len >= 8 * (Py_ssize_t)sizeof(Repaired);
}

/* Read `count` rows from `first` on, whose places are `width` bytes each; return how many were read, and repaired. */
static PyObject *column(PyObject *rule, PyObject *arguments) {
    Column column = {0};
    PyObject *listed, *compiled;
    Py_ssize_t read = FAILED;
    int width;
    if (!PyArg_ParseTuple(arguments, "innO!", &width, &column.first, &column.count, &PyTuple_Type, &listed))
        return NULL;
    column.program = program_of(rule, &compiled);
    const unsigned char *policy = column.program ? current_policy(compiled) : NULL;
    Py_ssize_t total = PyTuple_Size(listed);
    Py_buffer *buffers = policy ? calloc(total + 1, sizeof *buffers) : NULL;
    if (!buffers)
        return PyErr_Occurred() ? NULL : PyErr_NoMemory();
    for (; column.buffer_count < total; column.buffer_count++) {
        PyObject *buffer = PyTuple_GetItem(listed, column.buffer_count);
        int flags = column.buffer_count < PRESENT ? PyBUF_WRITABLE : PyBUF_SIMPLE;
        if (buffer != Py_None && PyObject_GetBuffer(buffer, &buffers[column.buffer_count], flags) < 0)
            break;
    }
    column.buffers = buffers;
    if (!PyErr_Occurred() && fits(&column, width)) {
        memcpy(column.policy, policy, sizeof column.policy);
        Py_BEGIN_ALLOW_THREADS
        read = width == 4 ? read_texts(&column, 4) : width == 8 ? read_texts(&column, 8) : read_texts(&column, 16);
        Py_END_ALLOW_THREADS
    }
    while (column.buffer_count)
        PyBuffer_Release(&buffers[--column.buffer_count]);
    free(buffers);
    if (read == FAILED && !PyErr_Occurred())
        PyErr_SetString(PyExc_ValueError, "an offset or view of the column lies outside of its buffers");
    return read == FAILED ? NULL : Py_BuildValue("nn", read, column.repaired);
}

/* ---- Module ---- */

static PyMethodDef of_rule[] = {
    {"is_valid", is_valid, METH_O,
     "is_valid(value, /)\n--\n\nReturn whether the field accepts ``value``. Never raises, whatever the object."},
    {"problem", problem, METH_O,
     "problem(value, /)\n--\n\nReturn why the field rejects ``value``, if it does. Never raises, whatever the object."},
    {"clean", clean, METH_O, "clean(value, /)\n--\n\nReturn the clean value, or the problem."},
    {"constructor", constructor, METH_VARARGS, "constructor(own, reject, name, /)\n--\n\n"},
    {"column", column, METH_VARARGS, "column(width, first, count, buffers, /)\n--\n\n"},
};

/* Return the functions of a rule, as a tuple. */
static PyObject *reader(PyObject *module, PyObject *arguments) {
    PyObject *compile, *otherwise, *functions = NULL;
    if (!PyArg_ParseTuple(arguments, "OO", &compile, &otherwise))
        return NULL;
    PyObject *rule = Py_BuildValue("[OOO]", compile, otherwise, Py_None), *made[5] = {NULL};
    for (int place = 0; rule && place < 5; place++)
        made[place] = PyCFunction_NewEx(&of_rule[place], rule, NULL);
    if (rule)
        functions = Py_BuildValue("NNNNN", made[0], made[1], made[2], made[3], made[4]);
    Py_XDECREF(rule);
    return functions;
}

static PyMethodDef functions[] = {{"reader", reader, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_native", NULL, -1, functions, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__native(void) {
    return PyModule_Create(&definition);
}
