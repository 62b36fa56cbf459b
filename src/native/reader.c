/* Reads numbers by compiled rules: single values from Python, and columns in Arrow's layouts.
 *
 * Nothing here knows a weight, a length or a separator. `Reader` is given a notation (how a number may be written) and a
 * table (what each pair of digits adds to an index, and a code for each index): see nofields/check/notation.py and tables.py.
 * nofields/check/plain.py does the same in Python. One file for Python 3.11 and later (stable ABI), without dependencies.
 */
#include "column.h"

/* Codes, as in nofields/check/codes.py. */
enum { REQUIRED, CHARACTERS, LENGTH, NUMBER = 10, COUNTRY };
/* Classes of characters, as in nofields/check/notation.py: flags, and above them what floats are written with. */
enum { ANYWHERE = 1, BETWEEN = 2, WHITE = 4, IN_FLOATS = 8, LETTER = 4, OTHER = 1 << LETTER, LETTERS = 8, STRANGE = 128 };
/* The places of a pair in a table: a digit in each half of a byte. */
enum { PAIR = 256 };
#define NOT_DIGITS UINT64_MAX

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
    unsigned char classes[256], automaton[128];
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

static INLINE uint32_t load_four(const unsigned char *from) {
    uint32_t word;
    memcpy(&word, from, sizeof word);
    return word;
}

/* Return eight characters as digits, a byte each; if one is no digit, set a high bit of `*wrong`. */
static INLINE uint64_t eight_digits(const unsigned char *from, uint64_t *wrong) {
    uint64_t word = load_eight(from) ^ 0x3030303030303030u;
    *wrong |= (word + 0x7676767676767676u) | word;
    return word;
}

/* Return the sum of what each pair of `count` digits adds; if one is no digit, set a high bit of `*wrong`. Eight digits become
 * four pairs at once. */
static INLINE uint64_t sum_up(const uint32_t *additions, const unsigned char *digits, Py_ssize_t count, uint64_t *wrong) {
    uint64_t sum = 0;
    const bool eight = count >= 8;
    for (; count >= 8; count -= 8, digits += 8, additions += 4 * PAIR) {
        uint64_t word = eight_digits(digits, wrong);
        word = word << 4 | word >> 8;
        sum += (uint64_t)additions[word & 255] + additions[PAIR + (word >> 16 & 255)]
             + additions[2 * PAIR + (word >> 32 & 255)] + additions[3 * PAIR + (word >> 48 & 255)];
    }
    uint64_t word = 0;
    if (eight && count) /* the last eight, without those before */
        word = eight_digits(digits + count - 8, wrong) >> 8 * (8 - count);
    else
        for (Py_ssize_t place = 0; place < count; place++) {
            unsigned digit = digits[place] ^ '0';
            *wrong |= (digit + 0x76) | digit;
            word |= (uint64_t)digit << 8 * place;
        }
    word = word << 4 | word >> 8;
    for (; count > 0; count -= 2, word >>= 16, additions += PAIR)
        sum += additions[word & 255];
    return sum;
}

/* Return the sum, or NOT_DIGITS. */
static INLINE uint64_t add_up(const uint32_t *additions, const unsigned char *digits, Py_ssize_t count) {
    uint64_t wrong = 0, sum = sum_up(additions, digits, count, &wrong);
    return wrong & HIGH_BITS ? NOT_DIGITS : sum;
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

/* Return the code of an index in both tables, one behind the other. */
static INLINE int code_at(const Program *program, const unsigned char *codes, uint64_t index) {
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
            state = program->automaton[LETTERS * state + (class >> LETTER & (LETTERS - 1))];
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
    for (; size <= LONGEST && at < end; at++) { /* digits and blanks alone, as most are */
        unsigned class = program->classes[*at];
        some |= class;
        number->text[count] = *at;
        count += !(class & ANYWHERE);
    }
    if (count && !(some & STRANGE)) {
        number->digits = number->text, number->count = count;
        if (program->low <= count && count <= program->high)
            return policy[code_at(program, codes_of(program), index_of(program, number->text, count))];
        if (program->prefix_count == 1)
            return LENGTH;
    }
    at = text, count = 0;
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
            code = policy[code_at(program, codes_of(program), index)];
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
            return policy[code_at(program, codes_of(program), index)];
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

/* What is written for each row: a code, and bits: is right, is not null. And for each repaired row a record: 256 times the row
 * and the count of digits, and the digits. */
enum { CODES, VALID, KNOWN, REPAIRED };
typedef struct {
    Column rows;
    const Program *program;
    const unsigned char *policy, *settled; /* settled: the codes of both tables under the policy */
    Py_ssize_t repaired, record;
} Reading;

/* Return the code of a text that is no number as it stands. */
static int read_row(Reading *reading, Py_ssize_t row, const unsigned char *text, Py_ssize_t size) {
    Number number;
    int code = read_written(reading->program, reading->policy, text, size, &number);
    if (code == RIGHT) {
        unsigned char *repaired = (unsigned char *)reading->rows.list[REPAIRED].buf + reading->record * reading->repaired++;
        int64_t head = (int64_t)row << 8 | number.count;
        memcpy(repaired, &head, sizeof head);
        memcpy(repaired + sizeof head, number.digits, number.count);
    }
    return code;
}

/* Read eight rows at once, if all are `digits` digits, as most are; otherwise return false. */
static INLINE bool read_eight(const Reading *reading, Py_ssize_t row, int width, int digits, bool one, unsigned char *codes) {
    const Program *program = reading->program;
    const Py_buffer *list = reading->rows.list;
    const unsigned char *places = (const unsigned char *)list[PLACES].buf + width * (reading->rows.first + row);
    uint64_t wrong = 0, begin = 0, sums[8];
    if (width == 16) {
        for (int place = 0; place < 8; place++)
            wrong |= load_four(places + 16 * place) ^ (uint32_t)digits;
    } else {
        const uint64_t size = (uint64_t)list[DATA].len;
        begin = width == 8 ? load_eight(places) : load_four(places);
        for (int place = 1; place <= 8; place++)
            wrong |= (width == 8 ? load_eight(places + 8 * place) : load_four(places + 4 * place)) ^ (begin + digits * place);
        wrong |= begin > size || size - begin < (uint64_t)(8 * digits);
    }
    if (wrong)
        return false;
    const unsigned char *text = width == 16 ? places + 4 : (const unsigned char *)list[DATA].buf + begin;
    PREFETCH(text);
    PREFETCH(text + 64);
    for (int place = 0; place < 8; place++, text += width == 16 ? 16 : digits)
        sums[place] = sum_up(program->additions, text, digits, &wrong);
    for (int place = 0; !(wrong & HIGH_BITS) && place < 8; place++) {
        unsigned char code = reading->settled[one ? sums[place] : sums[place] & ((1ull << program->bits) - 1)];
        unsigned char other = one ? RIGHT : reading->settled[program->codes + (sums[place] >> program->bits)];
        codes[place] = code < other ? code : other;
    }
    return !(wrong & HIGH_BITS);
}

/* Return the code of one row, or FAILED. */
static INLINE int read_one(Reading *reading, Py_ssize_t row, int width, int digits) {
    const Program *program = reading->program;
    Py_ssize_t size = 0;
    const unsigned char *text = text_at(&reading->rows, width, row, &size);
    if (is_null(&reading->rows, row)) /* the view of a null may be any; its offsets are read by Arrow */
        return width == 16 || text ? NO_VALUE : FAILED;
    if (!text)
        return FAILED;
    PREFETCH(text);
    uint64_t index = NOT_DIGITS;
    if (digits ? size == digits : program->low <= size && size <= program->high)
        index = digits ? add_up(program->additions, text, digits) : index_of(program, text, size);
    return index == NOT_DIGITS ? read_row(reading, row, text, size) : code_at(program, reading->settled, index);
}

/* Return a bit for each byte of eight codes that is `code`. */
static INLINE unsigned char bits_of(const unsigned char *codes, unsigned char code) {
    uint64_t word = load_eight(codes) ^ 0x0101010101010101u * code;
    uint64_t other = ((word & ~HIGH_BITS) + ~HIGH_BITS) | word; /* a high bit where it is not */
    return (unsigned char)((~other >> 7 & 0x0101010101010101u) * 0x0102040810204080u >> 56);
}

/* Read rows until there is no room for more repaired ones; return how many were read, or FAILED. `width`, `digits`, the count
 * of digits if it is fixed, and `one`, whether there is one table, are constants, for which the compiler unrolls. */
static INLINE Py_ssize_t read_rows(Reading *reading, int width, int digits, bool one) {
    const Column *rows = &reading->rows;
    unsigned char *codes = rows->list[CODES].buf, *valid = rows->list[VALID].buf, *known = rows->list[KNOWN].buf;
    const Py_ssize_t room = rows->list[REPAIRED].len / reading->record - 8;
    const bool nulls = rows->list[PRESENT].buf;
    Py_ssize_t row = 0;
    while (row < rows->count && reading->repaired <= room) {
        unsigned char eight[8] = {0};
        const int many = rows->count - row < 8 ? (int)(rows->count - row) : 8;
        PREFETCH((const unsigned char *)rows->list[PLACES].buf + width * (rows->first + row));
        if (!digits || nulls || many < 8 || !read_eight(reading, row, width, digits, one, eight))
            for (int place = 0; place < many; place++) {
                int code = read_one(reading, row + place, width, digits);
                if (code == FAILED)
                    return FAILED;
                eight[place] = (unsigned char)code;
            }
        memcpy(codes + row, eight, many);
        valid[row >> 3] = bits_of(eight, RIGHT);
        known[row >> 3] = (unsigned char)~bits_of(eight, NO_VALUE);
        row += many;
    }
    return row;
}

static Py_ssize_t read_texts(Reading *reading, int width) {
    const Program *program = reading->program;
    const int digits = program->low == program->high && program->last < 0 && !program->either ? program->low : 0;
#define READ(digits, one) (width == 4 ? read_rows(reading, 4, digits, one) \
        : width == 8 ? read_rows(reading, 8, digits, one) : read_rows(reading, 16, digits, one))
    if (program->more_codes == 1 && (digits == 4 || digits == 8))
        return digits == 4 ? READ(4, true) : READ(8, true);
    if (program->more_codes == 1 && (digits == 9 || digits == 11))
        return digits == 9 ? READ(9, true) : READ(11, true);
    return digits == 11 ? READ(11, false) : READ(0, false);
}

/* Read `count` rows from `first` on, whose places are `width` bytes each; return how many were read, and repaired. */
static PyObject *column(PyObject *rule, PyObject *arguments) {
    Reading reading = {0};
    PyObject *buffers, *compiled;
    Py_ssize_t read = FAILED;
    unsigned char fixed[256];
    int width;
    if (!PyArg_ParseTuple(arguments, "innO!", &width, &reading.rows.first, &reading.rows.count, &PyTuple_Type, &buffers))
        return NULL;
    const Program *program = reading.program = program_of(rule, &compiled);
    reading.policy = program ? current_policy(compiled) : NULL;
    if (!reading.policy || !take_column(&reading.rows, width, buffers))
        return NULL;
    const Py_buffer *list = reading.rows.list;
    const Py_ssize_t bytes = (reading.rows.count + 7) / 8, both = program->codes + program->more_codes;
    unsigned char *settled = malloc(both);
    reading.record = 8 + program->high;
    if (!settled) {
        PyErr_NoMemory();
    } else if (list[CODES].len >= reading.rows.count && list[VALID].len >= bytes && list[KNOWN].len >= bytes
               && list[REPAIRED].len >= 8 * reading.record) {
        reading.policy = memcpy(fixed, reading.policy, sizeof fixed);
        for (int place = 0; place < both; place++)
            settled[place] = fixed[codes_of((Program *)program)[place]];
        reading.settled = settled;
        Py_INCREF(compiled); /* another thread must not take it away */
        Py_BEGIN_ALLOW_THREADS
        read = read_texts(&reading, width);
        Py_END_ALLOW_THREADS
        Py_DECREF(compiled);
    }
    free(settled);
    release_column(&reading.rows);
    return read == FAILED ? broken_column() : Py_BuildValue("nn", read, reading.repaired);
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
static PyObject *reader(PyObject *Py_UNUSED(module), PyObject *arguments) {
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

static PyMethodDef functions[] = {
    {"reader", reader, METH_VARARGS, NULL}, {"dates", read_dates, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_native", NULL, -1, functions, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__native(void) {
    return PyModule_Create(&definition);
}
