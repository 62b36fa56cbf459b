/* Reads numbers by compiled rules: single values from Python, and columns in Arrow's layouts.
 *
 * Nothing here knows a weight, a length or a separator. `Reader` is given a notation (how a number may be written) and a
 * table (what each pair of digits adds to an index, and a code for each index); see nofields/check/notation.py and
 * nofields/check/tables.py. nofields/check/plain.py does the same in Python.
 *
 * One file for Python 3.11 and later (stable ABI), without dependencies.
 */
#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Codes, as in nofields/check/codes.py. */
enum { REQUIRED, CHARACTERS, LENGTH, NUMBER = 10, COUNTRY, REASONS, UNKNOWN = 15, NO_VALUE = 254, RIGHT = 255 };
/* Classes of characters, as in nofields/check/notation.py: flags, and above them what floats are written with. */
enum { ANYWHERE = 1, BETWEEN = 2, WHITE = 4, IN_FLOATS = 8, LETTER = 4, OTHER = 1 << LETTER, LETTERS = 8 };
/* The longest text that is read, in characters; the places of a pair in a table: a digit in each half of a byte. */
enum { LONGEST = 64, PAIR = 256 };
#define NOT_DIGITS UINT64_MAX
#if defined(__GNUC__)
#define INLINE inline __attribute__((always_inline))
#else
#define INLINE inline
#endif

typedef struct {
    unsigned char text[8];
    int32_t length, digits;
} Prefix;

/* A rule, as nofields/check/native.py packs it. */
typedef struct {
    uint64_t groupings[4];
    uint32_t beyond[32][2];
    Prefix prefixes[4], foreign[3], own;
    int32_t grouping_count, beyond_count, prefix_count, foreign_count, low, high, last, pairs, bits, either;
    unsigned char classes[128], automaton[128];
    uint32_t last_additions[16], additions[];
} Program;

/* Objects of both types begin alike. */
enum { PROBLEMS, POLICIES, ENVIRONMENT, NAME, DEFINE, SETTING, POLICY, COMPILE, OTHERWISE, PLAIN, REFERENCES };
enum { READER, OWN, REJECT, SHOWN };
typedef struct {
    PyObject_HEAD
    PyObject *references[REFERENCES];
} Object;

typedef struct {
    Object base;
    Program *program;
    Py_buffer codes, second;
} Reader;

/* The digits of a text, in `text` or where it stands. */
typedef struct {
    unsigned char text[LONGEST];
    const unsigned char *digits;
    Py_ssize_t count;
} Number;

/* ---- Tables ---- */

static INLINE uint64_t load_eight(const unsigned char *from)
{
    uint64_t word;
    memcpy(&word, from, sizeof word);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* Return the sum of what each pair of `count` digits adds, or NOT_DIGITS. Eight digits become four pairs at once. */
static INLINE uint64_t add_up(const uint32_t *additions, const unsigned char *digits, Py_ssize_t count)
{
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
static INLINE uint64_t index_of(const Program *rule, const unsigned char *digits, Py_ssize_t count)
{
    if (rule->last < 0)
        return add_up(rule->additions, digits, count);
    unsigned last = digits[--count] ^ '0', first = 0;
    if (last > 9 && digits[count] != rule->last)
        return NOT_DIGITS;
    const uint32_t *additions = rule->additions + PAIR * (rule->pairs - (count + 1) / 2);
    uint64_t before = rule->last_additions[last > 9 ? 10 : last];
    if (count & 1) {
        if ((first = *digits++ ^ '0') > 9)
            return NOT_DIGITS;
        before += additions[first], additions += PAIR;
    }
    uint64_t sum = add_up(additions, digits, count & ~(Py_ssize_t)1);
    return sum == NOT_DIGITS ? NOT_DIGITS : before + sum;
}

static INLINE int code_at(const Reader *reader, uint64_t index)
{
    const unsigned char *codes = reader->codes.buf, *more = reader->second.buf;
    int first = codes[index & ((1ull << reader->program->bits) - 1)], second = more[index >> reader->program->bits];
    return (first < second) != reader->program->either ? first : second;
}

/* ---- Texts as people write them ---- */

/* Return the class of the character at `*at`, which is not ASCII, and move behind it, or a byte into broken UTF-8. */
static unsigned class_beyond_ascii(const Program *rule, const unsigned char **at, const unsigned char *end)
{
    const unsigned char *bytes = *at;
    int length = bytes[0] >= 0xf0 ? 4 : bytes[0] >= 0xe0 ? 3 : 2;
    uint32_t character = bytes[0] & (0xff >> (length + 1));
    *at += 1;
    if (bytes[0] < 0xc2 || bytes[0] > 0xf4 || end - bytes < length)
        return OTHER;
    for (int place = 1; place < length; place++) {
        if ((bytes[place] & 0xc0) != 0x80)
            return OTHER;
        character = character << 6 | (bytes[place] & 0x3f);
    }
    if (character < (length == 4 ? 0x10000u : length == 3 ? 0x800u : 0x80u) || character > 0x10ffff || character >> 11 == 0x1b)
        return OTHER;
    *at = bytes + length;
    for (int place = 0; place < rule->beyond_count; place++)
        if (rule->beyond[place][0] == character)
            return rule->beyond[place][1];
    return OTHER;
}

static inline unsigned next_class(const Program *rule, const unsigned char **at, const unsigned char *end)
{
    return **at < 128 ? rule->classes[*(*at)++] : class_beyond_ascii(rule, at, end);
}

/* Return whether a text without its white space is a number with decimals or an exponent. */
static bool is_float(const Program *rule, const unsigned char *at, const unsigned char *end)
{
    unsigned state = 0;
    while (at < end) {
        unsigned class = next_class(rule, &at, end);
        if (!(class & WHITE))
            state = rule->automaton[LETTERS * state + (class >> LETTER)];
    }
    return rule->automaton[LETTERS * state];
}

/* Return whether separators that belong between groups stand between all groups and nowhere else. */
static bool in_place(const Program *rule, uint64_t any, uint64_t between)
{
    if (!between)
        return true;
    for (int place = 0; place < rule->grouping_count; place++) {
        uint64_t gaps = rule->groupings[place];
        if (!(between & ~gaps) && (any & gaps) == gaps)
            return true;
    }
    return false;
}

static bool are_digits(const unsigned char *text, Py_ssize_t count)
{
    for (Py_ssize_t place = 0; place < count; place++)
        if ((unsigned)(text[place] - '0') > 9)
            return false;
    return true;
}

/* Return the reason that characters without separators are no number of the right form. */
static int misfit(const Program *rule, const unsigned char *text, Py_ssize_t count, bool separated)
{
    for (int place = 0; place < rule->foreign_count; place++) {
        const Prefix *mark = &rule->foreign[place], *own = &rule->own;
        const unsigned char *behind = text + mark->length;
        if (count >= mark->length + mark->digits && !memcmp(text, mark->text, mark->length) && are_digits(behind, mark->digits)
            && (count < mark->length + own->length || memcmp(behind, own->text, own->length)))
            return COUNTRY;
    }
    bool plus = rule->foreign_count && count && *text == '+';
    text += plus, count -= plus;
    if (!count || !are_digits(text, count - 1) || !(are_digits(text + count - 1, 1) || text[count - 1] == rule->last))
        return CHARACTERS;
    return separated && rule->low <= count && count <= rule->high ? CHARACTERS : LENGTH;
}

/* Read a text with separators or a prefix, or that is no number; return its code under a policy. */
static int read_written(const Reader *reader, const unsigned char *policy, const unsigned char *text, Py_ssize_t size, Number *number)
{
    const unsigned char *at = text, *end = text + size;
    const Program *rule = reader->program;
    uint64_t any = 0, between = 0;
    unsigned some = 0, all = WHITE;
    Py_ssize_t count = 0;
    for (int length = 0; at < end; length++) {
        if (length == LONGEST)
            return LENGTH;
        unsigned char character = *at < 128 ? *at : 255;
        unsigned class = next_class(rule, &at, end);
        some |= class, all &= class;
        number->text[count] = character;
        between |= (uint64_t)(class >> 1 & 1) << count;
        any |= (uint64_t)((class | class >> 1) & 1) << count;
        count += !(class & (ANYWHERE | BETWEEN));
    }
    if (all)
        return REQUIRED;
    int code = -1;
    for (int place = 0; place < rule->prefix_count && code < 0; place++) {
        const Prefix *prefix = &rule->prefixes[place];
        Py_ssize_t digits = count - prefix->length;
        if (digits < rule->low || digits > rule->high || memcmp(number->text, prefix->text, prefix->length)
            || !in_place(rule, any, between))
            continue;
        uint64_t index = index_of(rule, number->text + prefix->length, digits);
        if (index != NOT_DIGITS) {
            number->digits = number->text + prefix->length, number->count = digits;
            code = policy[code_at(reader, index)];
        }
    }
    if (code != RIGHT && some & IN_FLOATS && is_float(rule, text, end))
        return NUMBER;
    return code < 0 ? misfit(rule, number->text, count, between != 0) : code;
}

static INLINE int read_text(const Reader *reader, const unsigned char *policy, const unsigned char *text, Py_ssize_t size, Number *number)
{
    const Program *rule = reader->program;
    if (rule->low <= size && size <= rule->high) {
        uint64_t index = index_of(rule, text, size);
        if (index != NOT_DIGITS) {
            number->digits = text, number->count = size;
            return policy[code_at(reader, index)];
        }
    }
    return read_written(reader, policy, text, size, number);
}

/* Ask for the code of a number whose index has none yet, and remember it; return -1 with an exception set. */
static int learn(Reader *reader, const Number *number)
{
    PyObject *found = PyObject_CallFunction(reader->base.references[DEFINE], "s#", number->digits, number->count);
    long code = found ? PyLong_AsLong(found) : -1;
    Py_XDECREF(found);
    if (code >= 0 && !reader->codes.readonly)
        ((unsigned char *)reader->codes.buf)[index_of(reader->program, number->digits, number->count)] = (unsigned char)code;
    return (int)code;
}

/* ---- Programs ---- */

/* Return whether every sum of additions is an index that has a code. */
static bool has_all_codes(const Program *rule, Py_ssize_t codes, Py_ssize_t seconds)
{
    uint64_t first = 0, second = 0, mask = (1ull << rule->bits) - 1;
    for (int pair = -1; pair < rule->pairs; pair++) {
        const uint32_t *additions = pair < 0 ? rule->last_additions : rule->additions + PAIR * pair;
        uint64_t low = 0, high = 0;
        for (int place = 0; place < (pair < 0 ? 16 : PAIR); place++) {
            low = (additions[place] & mask) > low ? additions[place] & mask : low;
            high = (uint64_t)additions[place] >> rule->bits > high ? (uint64_t)additions[place] >> rule->bits : high;
        }
        first += low, second += high;
    }
    return first <= mask && first < (uint64_t)codes && second < (uint64_t)seconds;
}

static bool is_sound(const Program *rule, Py_ssize_t size, Py_ssize_t codes, Py_ssize_t seconds)
{
    bool fits = size >= (Py_ssize_t)sizeof(Program) && rule->grouping_count <= 4 && rule->beyond_count <= 32
        && rule->prefix_count <= 4 && rule->foreign_count <= 3 && 0 < rule->low && rule->low <= rule->high && rule->high <= LONGEST
        && 0 < rule->bits && rule->bits <= 32 && rule->pairs == (rule->high + (rule->last < 0)) / 2
        && size == (Py_ssize_t)(sizeof(Program) + sizeof(uint32_t) * PAIR * rule->pairs);
    return fits && has_all_codes(rule, codes, seconds);
}

/* Compile the rule: take its program, or the plain reader of a rule without one. Return false with an exception set. */
static bool prepare(Reader *self)
{
    Py_buffer program = {0}, codes = {0}, second = {0};
    PyObject **references = self->base.references, *given[POLICY] = {NULL};
    PyObject *compiled = PyObject_CallNoArgs(references[COMPILE]);
    if (compiled && !PyTuple_Check(compiled))
        references[PLAIN] = references[PLAIN] ? references[PLAIN] : Py_NewRef(compiled);
    else if (compiled && PyArg_ParseTuple(compiled, "y*y*y*O!OOOO", &program, &codes, &second, &PyTuple_Type, &given[PROBLEMS],
                                          &given[POLICIES], &given[ENVIRONMENT], &given[NAME], &given[DEFINE])) {
        Program *rule = PyMem_Malloc(program.len);
        if (rule && is_sound(memcpy(rule, program.buf, program.len), program.len, codes.len, second.len)
            && PyTuple_Size(given[PROBLEMS]) >= REASONS && !self->program) {
            for (int place = 0; place < SETTING; place++)
                references[place] = Py_NewRef(given[place]);
            self->codes = codes, self->second = second, self->program = rule;
        } else {
            if (!self->program)
                PyErr_SetString(PyExc_ValueError, "the parts of the program do not fit together");
            PyMem_Free(rule);
            PyBuffer_Release(&codes), PyBuffer_Release(&second);
        }
    }
    PyBuffer_Release(&program);
    Py_XDECREF(compiled);
    return !PyErr_Occurred();
}

/* ---- Single values ---- */

/* Return what the codes of kinds mean under the current setting of the environment; NULL with an exception set. */
static const unsigned char *current_policy(Reader *reader)
{
    PyObject **references = reader->base.references, *setting = NULL;
    if (references[ENVIRONMENT] != Py_None && !(setting = PyDict_GetItemWithError(references[ENVIRONMENT], references[NAME]))
        && PyErr_Occurred())
        return NULL;
    setting = setting ? setting : Py_None;
    if (setting != references[SETTING]) {
        PyObject *policy = PyObject_CallFunctionObjArgs(references[POLICIES], setting, NULL);
        if (!policy || !PyBytes_Check(policy) || PyBytes_Size(policy) != 256) {
            if (policy)
                PyErr_SetString(PyExc_TypeError, "a policy must be 256 bytes");
            Py_XDECREF(policy);
            return NULL;
        }
        PyObject *old_setting = references[SETTING], *old_policy = references[POLICY];
        references[SETTING] = Py_NewRef(setting), references[POLICY] = policy;
        Py_XDECREF(old_setting);
        Py_XDECREF(old_policy);
    }
    return (const unsigned char *)PyBytes_AsString(references[POLICY]);
}

/* Return a text in UTF-8, with U+FFFD for half surrogates, or NULL with an exception set; `*owner` may own it. */
static const char *utf8_of(PyObject *value, Py_ssize_t *size, PyObject **owner)
{
    const char *text = PyUnicode_AsUTF8AndSize(value, size);
    if (text || !PyErr_ExceptionMatches(PyExc_UnicodeEncodeError))
        return text;
    PyErr_Clear();
    if (!(*owner = PyUnicode_AsEncodedString(value, "utf-8", "surrogatepass")))
        return NULL;
    char *bytes = PyBytes_AsString(*owner);
    *size = PyBytes_Size(*owner);
    for (Py_ssize_t place = 0; place + 2 < *size; place++)
        if ((unsigned char)bytes[place] == 0xed && (unsigned char)bytes[place + 1] >= 0xa0)
            memcpy(bytes + place, "\xef\xbf\xbd", 3);
    return bytes;
}

enum { NO_TEXT = 256, FAILED = -1 };

/* Read a text by the plain reader, of a rule that has no program. */
static int read_plainly(Reader *reader, PyObject *value, PyObject **clean)
{
    int code = FAILED;
    PyObject *digits, *read = PyObject_CallMethod(reader->base.references[PLAIN], "read", "O", value);
    if (read && PyArg_ParseTuple(read, "iO", &code, &digits) && code == RIGHT && clean)
        *clean = Py_NewRef(digits);
    Py_XDECREF(read);
    return code;
}

/* Read any object; return its code, NO_TEXT or FAILED. If it is right, `*clean` is a new reference to its digits. */
static int read_value(Reader *reader, PyObject *value, PyObject **clean)
{
    Number number;
    PyObject *owner = NULL;
    Py_ssize_t size;
    if (!PyUnicode_Check(value))
        return NO_TEXT;
    if (!reader->program && !reader->base.references[PLAIN] && !prepare(reader))
        return FAILED;
    if (!reader->program)
        return read_plainly(reader, value, clean);
    const unsigned char *policy = current_policy(reader);
    const char *text = policy ? utf8_of(value, &size, &owner) : NULL;
    if (!text)
        return FAILED;
    int code = read_text(reader, policy, (const unsigned char *)text, size, &number);
    if (code == UNKNOWN && (code = learn(reader, &number)) != FAILED)
        code = policy[code];
    if (code == RIGHT && clean) {
        bool same = number.digits == (const unsigned char *)text && PyUnicode_CheckExact(value);
        *clean = same ? Py_NewRef(value) : PyUnicode_FromStringAndSize((const char *)number.digits, number.count);
        code = *clean ? RIGHT : FAILED;
    }
    Py_XDECREF(owner);
    return code;
}

static PyObject *problem_of(Reader *reader, int code, PyObject *value)
{
    if (code == FAILED)
        return NULL;
    if (code == NO_TEXT)
        return PyObject_CallFunctionObjArgs(reader->base.references[OTHERWISE], value, NULL);
    PyObject *problems = reader->base.references[PROBLEMS];
    return problems ? Py_XNewRef(PyTuple_GetItem(problems, code)) : PyObject_CallMethod(reader->base.references[PLAIN], "clean", "O", value);
}

static PyObject *Reader_is_valid(PyObject *self, PyObject *value)
{
    int code = read_value((Reader *)self, value, NULL);
    return code == FAILED ? NULL : PyBool_FromLong(code == RIGHT);
}

static PyObject *Reader_problem(PyObject *self, PyObject *value)
{
    int code = read_value((Reader *)self, value, NULL);
    return code == RIGHT ? Py_NewRef(Py_None) : problem_of((Reader *)self, code, value);
}

static PyObject *Reader_clean(PyObject *self, PyObject *value)
{
    PyObject *clean = NULL;
    int code = read_value((Reader *)self, value, &clean);
    return code == RIGHT ? clean : problem_of((Reader *)self, code, value);
}

/* ---- Instances of a class ---- */

typedef struct {
    Object base;
    PyMethodDef parse, new;
} Maker;

static PyObject *Maker_parse(PyObject *self, PyObject *value)
{
    PyObject **references = ((Maker *)self)->base.references, *clean = NULL, *made = NULL;
    if ((PyObject *)Py_TYPE(value) == references[OWN])
        return Py_NewRef(value);
    int code = read_value((Reader *)references[READER], value, &clean);
    PyObject *given = code == RIGHT ? PyTuple_Pack(1, clean) : problem_of((Reader *)references[READER], code, value);
    if (given && code == RIGHT)
        made = ((newfunc)PyType_GetSlot(&PyUnicode_Type, Py_tp_new))((PyTypeObject *)references[OWN], given, NULL);
    else if (given)
        made = PyObject_CallFunctionObjArgs(references[REJECT], given, NULL);
    Py_XDECREF(clean);
    Py_XDECREF(given);
    return made;
}

/* `__new__` of the class. A subclass that has none of its own gets what it constructs by itself. */
static PyObject *Maker_new(PyObject *self, PyObject *const *given, Py_ssize_t count, PyObject *names)
{
    Py_ssize_t named = names ? PyTuple_Size(names) : 0;
    PyObject **references = ((Maker *)self)->base.references;
    if (count < 1 || count + named != 2 || (named && PyUnicode_CompareWithASCIIString(PyTuple_GetItem(names, 0), "value")))
        return PyErr_Format(PyExc_TypeError, "%U() takes one argument, value", references[SHOWN]);
    if (given[0] == references[OWN])
        return Maker_parse(self, given[1]);
    return PyObject_CallMethod(given[0], "_construct", "O", given[1]);
}

static PyTypeObject *maker_type;

/* Return two functions for a class: from any value to the instance, and `__new__`. */
static PyObject *Reader_constructor(PyObject *self, PyObject *arguments)
{
    PyObject *own, *reject, *shown, *parse = NULL, *new = NULL, *both = NULL;
    if (!PyArg_ParseTuple(arguments, "O!OU", &PyType_Type, &own, &reject, &shown))
        return NULL;
    if (!PyType_IsSubtype((PyTypeObject *)own, &PyUnicode_Type))
        return PyErr_Format(PyExc_TypeError, "%U is not a subclass of str", shown);
    const char *name = PyUnicode_AsUTF8AndSize(shown, NULL);
    Maker *maker = name ? (Maker *)((allocfunc)PyType_GetSlot(maker_type, Py_tp_alloc))(maker_type, 0) : NULL;
    if (!maker)
        return NULL;
    maker->base.references[READER] = Py_NewRef(self), maker->base.references[OWN] = Py_NewRef(own);
    maker->base.references[REJECT] = Py_NewRef(reject), maker->base.references[SHOWN] = Py_NewRef(shown);
    maker->parse = (PyMethodDef){name, Maker_parse, METH_O, NULL};
    maker->new = (PyMethodDef){"__new__", (PyCFunction)(void (*)(void))Maker_new, METH_FASTCALL | METH_KEYWORDS, NULL};
    if ((parse = PyCFunction_NewEx(&maker->parse, (PyObject *)maker, NULL))
        && (new = PyCFunction_NewEx(&maker->new, (PyObject *)maker, NULL)))
        both = PyTuple_Pack(2, parse, new);
    Py_XDECREF(parse);
    Py_XDECREF(new);
    Py_DECREF(maker);
    return both;
}

/* ---- Columns ---- */

/* Rows that are right but not written clean: their numbers, where the digits of each end, and the digits. */
typedef struct {
    int64_t *rows, *ends;
    unsigned char *digits;
    Py_ssize_t count, room;
} Repaired;

/* Rows of an Arrow array to read: where their texts stand, and what is written for each. */
typedef struct {
    Reader *reader;
    const unsigned char *places, *present;   /* offsets of 4 or 8 bytes or views of 16; the validity bitmap, or NULL */
    const Py_buffer *data;
    Py_ssize_t data_count, first, count;
    unsigned char *codes, *valid, *known;    /* a byte a row; bits: is right, is not null */
    unsigned char policy[256];
    Repaired repaired;
    PyThreadState *thread;
} Column;

enum { DONE, BROKEN, NO_MEMORY, RAISED };

/* Return where a row's text stands, and its size; NULL if that is outside of the buffers. */
static INLINE const unsigned char *text_at(const Column *column, int width, Py_ssize_t row, Py_ssize_t *size)
{
    const unsigned char *place = column->places + width * row;
    int64_t begin, end, buffer = 0;
    if (width == 16) {
        int32_t view[4];
        memcpy(view, place, sizeof view);
        *size = view[0];
        if (0 <= view[0] && view[0] <= 12)
            return place + 4;
        buffer = view[2], begin = view[3], end = begin + view[0];
    } else if (width == 8) {
        memcpy(&begin, place, 8);
        memcpy(&end, place + 8, 8);
    } else {
        int32_t ends[2];
        memcpy(ends, place, sizeof ends);
        begin = ends[0], end = ends[1];
    }
    if (buffer < 0 || buffer >= column->data_count || begin < 0 || end < begin || end > column->data[buffer].len)
        return NULL;
    *size = (Py_ssize_t)(end - begin);
    return (const unsigned char *)column->data[buffer].buf + begin;
}

static bool grow(void **memory, size_t size)
{
    void *larger = realloc(*memory, size);
    *memory = larger ? larger : *memory;
    return larger != NULL;
}

static bool keep(Repaired *repaired, Py_ssize_t row, const Number *number)
{
    int64_t end = repaired->count ? repaired->ends[repaired->count - 1] : 0;
    if (repaired->count == repaired->room) {
        Py_ssize_t room = repaired->room ? 2 * repaired->room : 64;
        if (!grow((void **)&repaired->rows, room * sizeof(int64_t)) || !grow((void **)&repaired->ends, room * sizeof(int64_t))
            || !grow((void **)&repaired->digits, room * LONGEST))
            return false;
        repaired->room = room;
    }
    memcpy(repaired->digits + end, number->digits, number->count);
    repaired->rows[repaired->count] = row;
    repaired->ends[repaired->count++] = end + number->count;
    return true;
}

/* Return the code of a row's text, or one of the above, negative. */
static int read_row(Column *column, Py_ssize_t row, const unsigned char *text, Py_ssize_t size)
{
    Number number;
    if (!text)
        return -BROKEN;
    int code = read_text(column->reader, column->policy, text, size, &number);
    if (code == UNKNOWN) {
        PyEval_RestoreThread(column->thread);
        code = learn(column->reader, &number);
        column->thread = PyEval_SaveThread();
        if (code < 0)
            return -RAISED;
        code = column->policy[code];
    }
    return code == RIGHT && number.digits != text && !keep(&column->repaired, row, &number) ? -NO_MEMORY : code;
}

/* Read all rows. `width` and `digits`, the count of digits if it is fixed, are constants, for which the compiler unrolls. */
static INLINE int read_rows(Column *column, int width, int digits)
{
    const Reader *reader = column->reader;
    const uint32_t *additions = reader->program->additions;
    const unsigned char *present = column->present, *policy = column->policy;
    const Py_ssize_t first = column->first, count = column->count;
    for (Py_ssize_t row = 0; row < count;) {
        unsigned valid = 0, known = 0;
        Py_ssize_t byte = row >> 3, stop = row + 8 < count ? row + 8 : count, size = 0;
        for (int bit = 0; row < stop; row++, bit++) {
            int code = NO_VALUE;
            if (!present || present[(first + row) >> 3] >> ((first + row) & 7) & 1) {
                const unsigned char *text = text_at(column, width, first + row, &size);
                uint64_t index = digits && size == digits && text ? add_up(additions, text, digits) : NOT_DIGITS;
                code = index == NOT_DIGITS ? UNKNOWN : policy[code_at(reader, index)];
                if (code == UNKNOWN && (code = read_row(column, row, text, size)) < 0)
                    return -code;
            }
            column->codes[row] = (unsigned char)code;
            valid |= (unsigned)(code == RIGHT) << bit, known |= (unsigned)(code != NO_VALUE) << bit;
        }
        column->valid[byte] = (unsigned char)valid, column->known[byte] = (unsigned char)known;
    }
    return DONE;
}

static INLINE int read_texts(Column *column, int width)
{
    const Program *rule = column->reader->program;
    switch (rule->low == rule->high && rule->last < 0 ? rule->low : 0) {
    case 4: return read_rows(column, width, 4);
    case 8: return read_rows(column, width, 8);
    case 9: return read_rows(column, width, 9);
    case 11: return read_rows(column, width, 11);
    default: return read_rows(column, width, 0);
    }
}

static PyObject *result_of(Column *column, int width)
{
    Repaired *repaired = &column->repaired;
    PyObject *result = NULL;
    column->thread = PyEval_SaveThread();
    int ended = width == 4 ? read_texts(column, 4) : width == 8 ? read_texts(column, 8) : read_texts(column, 16);
    PyEval_RestoreThread(column->thread);
    if (ended == BROKEN)
        PyErr_SetString(PyExc_ValueError, "an offset or view of the column lies outside of its buffers");
    else if (ended == NO_MEMORY)
        PyErr_NoMemory();
    else if (ended == DONE)
        result = Py_BuildValue("y#y#y#", repaired->count ? (char *)repaired->rows : "", repaired->count * 8,
                               repaired->count ? (char *)repaired->ends : "", repaired->count * 8,
                               repaired->count ? (char *)repaired->digits : "",
                               repaired->count ? (Py_ssize_t)repaired->ends[repaired->count - 1] : 0);
    free(repaired->rows), free(repaired->ends), free(repaired->digits);
    return result;
}

/* Read some rows of an array; return the repaired ones as bytes: their numbers, ends and digits. */
static PyObject *Reader_column(PyObject *self, PyObject *arguments)
{
    Column column = {.reader = (Reader *)self};
    Py_buffer places, codes, valid, known, present = {0}, *data = NULL;
    PyObject *bitmap, *buffers, *result = NULL;
    int width;
    if (!PyArg_ParseTuple(arguments, "innOy*O!w*w*w*", &width, &column.first, &column.count, &bitmap, &places,
                          &PyTuple_Type, &buffers, &codes, &valid, &known))
        return NULL;
    Py_ssize_t total = PyTuple_Size(buffers), stop = column.first + column.count, bytes = (column.count + 7) / 8;
    const unsigned char *policy = column.reader->program || prepare(column.reader) ? current_policy(column.reader) : NULL;
    bool ready = policy && column.reader->program && (bitmap == Py_None || PyObject_GetBuffer(bitmap, &present, PyBUF_SIMPLE) == 0);
    if (ready && !(data = calloc(total + 1, sizeof *data)))
        PyErr_NoMemory();
    while (data && column.data_count < total
           && PyObject_GetBuffer(PyTuple_GetItem(buffers, column.data_count), &data[column.data_count], PyBUF_SIMPLE) == 0)
        column.data_count++;
    if (data && column.data_count == total) {
        if (column.first >= 0 && column.count >= 0 && (width == 4 || width == 8 || width == 16)
            && stop + (width < 16) <= places.len / width && (!present.buf || (stop + 7) / 8 <= present.len)
            && codes.len >= column.count && valid.len >= bytes && known.len >= bytes) {
            memcpy(column.policy, policy, sizeof column.policy);
            column.places = places.buf, column.data = data, column.present = present.buf;
            column.codes = codes.buf, column.valid = valid.buf, column.known = known.buf;
            result = result_of(&column, width);
        } else
            PyErr_SetString(PyExc_ValueError, "the column has more rows than its buffers");
    }
    while (column.data_count)
        PyBuffer_Release(&data[--column.data_count]);
    free(data);
    PyBuffer_Release(&places), PyBuffer_Release(&present), PyBuffer_Release(&codes);
    PyBuffer_Release(&valid), PyBuffer_Release(&known);
    return result;
}

/* ---- Types and module ---- */

static int object_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    for (int place = 0; place < REFERENCES; place++)
        Py_VISIT(((Object *)self)->references[place]);
    return 0;
}

static int object_clear(PyObject *self)
{
    for (int place = 0; place < REFERENCES; place++)
        Py_CLEAR(((Object *)self)->references[place]);
    return 0;
}

static void object_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    object_clear(self);
    if (type != maker_type) {
        Reader *reader = (Reader *)self;
        PyMem_Free(reader->program);
        PyBuffer_Release(&reader->codes), PyBuffer_Release(&reader->second);
    }
    PyObject_GC_Del(self);
    Py_DECREF(type);
}

static PyObject *Reader_new(PyTypeObject *type, PyObject *arguments, PyObject *named)
{
    PyObject *compile, *otherwise;
    if (!PyArg_ParseTuple(arguments, "OO", &compile, &otherwise))
        return NULL;
    PyObject *self = ((allocfunc)PyType_GetSlot(type, Py_tp_alloc))(type, 0);
    if (self) {
        ((Object *)self)->references[COMPILE] = Py_NewRef(compile);
        ((Object *)self)->references[OTHERWISE] = Py_NewRef(otherwise);
    }
    return self;
}

static PyMethodDef reader_methods[] = {
    {"is_valid", Reader_is_valid, METH_O,
     "is_valid($self, value, /)\n--\n\nReturn whether the field accepts ``value``. Never raises, whatever the object."},
    {"problem", Reader_problem, METH_O,
     "problem($self, value, /)\n--\n\nReturn why the field rejects ``value``, if it does. Never raises, whatever the object."},
    {"clean", Reader_clean, METH_O, "clean($self, value, /)\n--\n\nReturn the clean value, or the problem."},
    {"constructor", Reader_constructor, METH_VARARGS, NULL},
    {"column", Reader_column, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static PyType_Slot reader_slots[] = {
    {Py_tp_new, Reader_new}, {Py_tp_dealloc, object_dealloc}, {Py_tp_traverse, object_traverse}, {Py_tp_clear, object_clear},
    {Py_tp_methods, reader_methods}, {0, NULL},
};
static PyType_Spec reader_spec = {
    "nofields._native.Reader", sizeof(Reader), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, reader_slots};
static PyType_Spec maker_spec = {
    "nofields._native.Maker", sizeof(Maker), 0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION, reader_slots + 1};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_native", NULL, -1, NULL, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__native(void)
{
    PyObject *module = PyModule_Create(&definition), *reader_type = PyType_FromSpec(&reader_spec);
    maker_type = (PyTypeObject *)PyType_FromSpec(&maker_spec);
    if (!module || !reader_type || !maker_type || PyModule_AddObjectRef(module, "Reader", reader_type) < 0)
        Py_CLEAR(module);
    Py_XDECREF(reader_type);
    return module;
}
