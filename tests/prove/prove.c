/* Every number against its definition, written out here by hand: what make prove runs. It includes the extension's source, so
 * that what is proved is what is shipped. */
#include "../../src/native/reader.c"

enum { SERIES = 3, DATE, SYNTHETIC = 6 };

static int weighted(const unsigned char *digits, const int *weights, int count) {
    int sum = 0;
    for (int place = 0; place < count; place++)
        sum += weights[place] * (digits[place] - '0');
    return sum % 11;
}

/* An organisation number begins with 8 or 9, a synthetic one with 2 or 3; its weighted sum is a multiple of eleven. */
static int organisation_code(const unsigned char *digits) {
    static const int weights[] = {3, 2, 7, 6, 5, 4, 3, 2, 1};
    if (!strchr("2389", digits[0]))
        return SERIES;
    if (weighted(digits, weights, 9))
        return CHECK_DIGIT;
    return digits[0] >= '8' ? RIGHT : SYNTHETIC;
}

static int month_length(int month, int year) {
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return lengths[month - 1] + (month == 2 && year % 4 == 0);
}

/* Day + 40: a D-number. Month + 40, 65, 80: synthetic; + 20, 60: synthetic, no D-number. 8 and 9 first: a help number. */
static int identity_code(const unsigned char *digits) {
    static const int first[] = {3, 7, 6, 1, 8, 9, 4, 5, 2, 1}, second[] = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1};
    static const int offsets[] = {0, 20, 40, 60, 65, 80};
    int day = 10 * (digits[0] - '0') + digits[1] - '0', year = 10 * (digits[4] - '0') + digits[5] - '0';
    bool d_number = day > 40, exists = false, real = false;
    day -= d_number ? 40 : 0;
    for (int place = 0; place < 6; place++) {
        int offset = offsets[place], month = 10 * (digits[2] - '0') + digits[3] - '0' - offset;
        bool may_be = month >= 1 && month <= 12 && !(d_number && (offset == 20 || offset == 60));
        if (may_be && 1 <= day && day <= month_length(month, year))
            exists = true, real = real || offset == 0;
    }
    if (!exists && digits[0] < '8')
        return DATE;
    if (weighted(digits, first, 10) > 3 || weighted(digits, second, 11))
        return CHECK_DIGIT;
    return real ? RIGHT : SYNTHETIC;
}

static const unsigned char *phone_codes; /* by the first five digits */

static int phone_code(const unsigned char *digits) {
    int first = 0;
    for (int place = 0; place < 5; place++)
        first = 10 * first + digits[place] - '0';
    return phone_codes[first];
}

/* Read `count` numbers of some digits from `start` on; return how many are right, or minus the first that differs, minus 1. */
static PyObject *prove(PyObject *Py_UNUSED(module), PyObject *arguments) {
    Py_buffer program, codes, plan, bits;
    long long start, count, right = 0, differs = -1;
    int what, digits;
    if (!PyArg_ParseTuple(arguments, "iiLLy*y*y*w*", &what, &digits, &start, &count, &program, &codes, &plan, &bits))
        return NULL;
    int (*const definitions[])(const unsigned char *) = {organisation_code, identity_code, phone_code};
    phone_codes = plan.buf;
    const Rule rule = {.program = program.buf, .codes = codes.buf};
    Py_BEGIN_ALLOW_THREADS
    unsigned char text[16];
    long long rest = start;
    for (int place = digits - 1; place >= 0; place--, rest /= 10)
        text[place] = (unsigned char)('0' + rest % 10);
    for (long long at = 0; at < count; at++) {
        Number number;
        int code = read_digits(&rule, text, digits, &number);
        if (code != definitions[what](text)) {
            differs = start + at;
            break;
        }
        right += code == RIGHT;
        if (at >> 3 < bits.len)
            ((unsigned char *)bits.buf)[at >> 3] |= (unsigned char)((code == RIGHT) << (at & 7));
        for (int place = digits - 1; place >= 0 && ++text[place] > '9'; place--)
            text[place] = '0';
    }
    Py_END_ALLOW_THREADS
    PyBuffer_Release(&program), PyBuffer_Release(&codes), PyBuffer_Release(&plan), PyBuffer_Release(&bits);
    return PyLong_FromLongLong(differs < 0 ? right : -differs - 1);
}

static PyMethodDef proofs[] = {{"prove", prove, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef prover = {PyModuleDef_HEAD_INIT, "_prove", NULL, -1, proofs, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__prove(void) {
    return PyModule_Create(&prover);
}
