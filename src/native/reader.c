/* Reads numbers by compiled rules: single values from Python, and columns in Arrow's layouts. */
#include "rows.h"

/* What the functions of a rule are bound to: a list of these. NOW is a Rule, in bytes; looking everything up takes as long as
 * reading a number. What COMPILE returns is appended at first use: a tuple whose codes are a bytearray, or one for each setting;
 * or, for a rule without a program, a plain reader. */
enum { COMPILE, OTHERWISE, NOW, SETTING, COMPILED };
enum { PROGRAM, PROBLEMS, CODES_OF, ENVIRONMENT, NAME, DEFINE, NAMED };

/* ---- Single values ---- */

/* Compile a rule at first use; return false with an exception set, or without one for a rule that has no program. */
static bool compile_rule(PyObject *bound, Rule *now) {
    PyObject *made = PyList_Size(bound) > COMPILED ? NULL : PyObject_CallNoArgs(PyList_GetItem(bound, COMPILE));
    int appended = made ? PyList_Append(bound, made) : FAILED; /* behind what another thread has compiled meanwhile */
    Py_XDECREF(made);
    PyObject *compiled = appended == FAILED ? Py_None : PyList_GetItem(bound, COMPILED);
    if (!now->program && PyTuple_Check(compiled)) {
        PyObject *codes = PyTuple_GetItem(compiled, CODES_OF), *environment = PyTuple_GetItem(compiled, ENVIRONMENT);
        now->environment = environment == Py_None ? NULL : environment;
        now->name = PyTuple_GetItem(compiled, NAME), now->compiled = compiled;
        now->codes = now->environment ? NULL : (unsigned char *)PyByteArray_AsString(codes);
        now->program = (const Program *)PyBytes_AsString(PyTuple_GetItem(compiled, PROGRAM));
    }
    return now->program;
}

/* Enter how a rule is read now; return false with an exception set, or without one for a rule that has no program. */
static bool take_rule(PyObject *bound, Rule *rule) {
    Rule *now = (Rule *)PyBytes_AsString(PyList_GetItem(bound, NOW));
    if (!now->program && !compile_rule(bound, now))
        return false;
    PyObject *setting = now->environment ? PyDict_GetItemWithError(now->environment, now->name) : now->setting;
    setting = setting || !now->environment ? setting : Py_None;
    if (setting != now->setting) {
        Py_INCREF(setting); /* another thread may replace it meanwhile */
        PyObject *codes = PyObject_GetItem(PyTuple_GetItem(now->compiled, CODES_OF), setting);
        if (!codes) {
            Py_DECREF(setting);
            return false;
        }
        now->setting = setting, now->codes = (unsigned char *)PyByteArray_AsString(codes);
        Py_DECREF(codes); /* the dictionary keeps them for good */
        PyList_SetItem(bound, SETTING, setting);
    }
    *rule = *now;
    return true;
}

/* Return whether a text has a character that is not to be seen on every keyboard. */
static bool is_strange(const unsigned char *text, Py_ssize_t size) {
    for (Py_ssize_t place = 0; place < size; place++)
        if (text[place] < ' ' || text[place] > '~')
            return true;
    return false;
}

/* Read any object; return a new reference to its digits if it is right, to its problem otherwise, or NULL. */
static PyObject *read_value(PyObject *bound, PyObject *value, bool *right) {
    Number number;
    Rule rule;
    Py_ssize_t size;
    const bool plain = PyUnicode_CheckExact(value);
    const char *text = plain || PyUnicode_Check(value) ? PyUnicode_AsUTF8AndSize(value, &size) : NULL;
    if (!text && PyErr_ExceptionMatches(PyExc_UnicodeEncodeError)) /* half a surrogate pair */
        PyErr_Clear();
    if (!text || !take_rule(bound, &rule)) {
        PyObject *read = PyErr_Occurred() ? NULL : PyObject_CallFunctionObjArgs(PyList_GetItem(bound, OTHERWISE), value, NULL);
        *right = read && PyUnicode_Check(read);
        return read;
    }
    int code = read_digits(&rule, (const unsigned char *)text, size, &number);
    if (code == FAILED)
        code = read_written(&rule, (const unsigned char *)text, size, &number);
    if (code == UNKNOWN) { /* the first number of its index */
        PyObject *found = PyObject_CallFunction(PyTuple_GetItem(rule.compiled, DEFINE), "s#", number.digits, number.count);
        long learned = found ? PyLong_AsLong(found) : FAILED;
        Py_XDECREF(found);
        if (learned == FAILED)
            return NULL;
        rule.codes[number.index] = (unsigned char)learned;
        return read_value(bound, value, right);
    }
    *right = code == RIGHT;
    PyObject *named = code == CHARACTERS ? PyTuple_GetItem(rule.compiled, NAMED) : Py_None;
    if (named != Py_None && is_strange((const unsigned char *)text, size))
        return PyObject_CallFunctionObjArgs(named, value, NULL);
    if (!*right)
        return Py_XNewRef(PyTuple_GetItem(PyTuple_GetItem(rule.compiled, PROBLEMS), code));
    if (plain && number.digits == (const unsigned char *)text)
        return Py_NewRef(value);
    return PyUnicode_FromStringAndSize((const char *)number.digits, number.count);
}

static PyObject *is_valid(PyObject *bound, PyObject *value) {
    bool right;
    PyObject *read = read_value(bound, value, &right);
    Py_XDECREF(read);
    return read ? PyBool_FromLong(right) : NULL;
}

static PyObject *clean(PyObject *bound, PyObject *value) {
    bool right;
    return read_value(bound, value, &right);
}

static PyObject *problem(PyObject *bound, PyObject *value) {
    bool right;
    PyObject *read = read_value(bound, value, &right);
    if (!read || !right)
        return read;
    Py_DECREF(read);
    return Py_NewRef(Py_None);
}

/* ---- Instances of a class ---- */

/* What the functions of a class are bound to: a tuple of these. */
enum { RULE, OWN, REJECT, SHOWN, METHOD, BARE, GIVEN, BOUND };

static newfunc new_text; /* of str */

/* Return a new instance of a class, for the arguments of str. The garbage collector need not visit one that refers to nothing but
 * its class: a list of a million is made three times as fast. A class that keeps an instance of its own is not freed, then. */
static PyObject *new_instance(PyObject *bound, PyObject *given) {
    PyObject *made = new_text((PyTypeObject *)PyTuple_GetItem(bound, OWN), given, NULL);
    if (made && PyTuple_GetItem(bound, BARE) == Py_True)
        PyObject_GC_UnTrack(made);
    return made;
}

static PyObject *parse(PyObject *bound, PyObject *value) {
    PyObject *own = PyTuple_GetItem(bound, OWN), *made = NULL;
    if ((PyObject *)Py_TYPE(value) == own)
        return Py_NewRef(value);
    bool right;
    PyObject *read = read_value(PyTuple_GetItem(bound, RULE), value, &right);
    PyObject *kept = PyTuple_GetItem(bound, GIVEN);
    if (read && right && Py_REFCNT(kept) == 1) { /* a new tuple for `str.__new__` would take a tenth of the time */
        PyTuple_SetItem(kept, 0, read);
        made = new_instance(bound, kept);
        PyTuple_SetItem(kept, 0, Py_NewRef(Py_None));
        return made;
    }
    PyObject *given = read ? PyTuple_Pack(1, read) : NULL;
    Py_XDECREF(read);
    if (given)
        made = right ? new_instance(bound, given) : PyObject_CallObject(PyTuple_GetItem(bound, REJECT), given);
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
    return PyObject_CallMethod(given[0], "_construct", "(O)", given[1]); /* "O" would unpack a tuple */
}

/* Return an attribute of a class that is a number. */
static long number_of(PyTypeObject *type, const char *name) {
    PyObject *number = PyObject_GetAttrString((PyObject *)type, name);
    const long found = number ? PyLong_AsLong(number) : FAILED;
    Py_XDECREF(number);
    return found;
}

/* Return whether instances of a class have a text alone: no other attributes. */
static bool is_bare(PyTypeObject *type) {
    return !number_of(type, "__dictoffset__") && number_of(type, "__basicsize__") == number_of(&PyUnicode_Type, "__basicsize__");
}

/* Return two functions for a class: from any value to the instance, and `__new__`. */
static PyObject *constructor(PyObject *rule, PyObject *arguments) {
    static PyMethodDef of_new = {"__new__", (PyCFunction)(void (*)(void))new, METH_FASTCALL | METH_KEYWORDS, NULL};
    PyObject *own, *reject, *shown, *functions = NULL;
    if (!PyArg_ParseTuple(arguments, "O!OU", &PyType_Type, &own, &reject, &shown))
        return NULL;
    const char *name = PyUnicode_AsUTF8AndSize(shown, NULL);
    PyObject *memory = name ? PyBytes_FromStringAndSize(NULL, sizeof(PyMethodDef)) : NULL;
    PyObject *kept = memory ? PyTuple_Pack(1, Py_None) : NULL;
    PyObject *bound = kept ? PyTuple_Pack(BOUND, rule, own, reject, shown, memory,
                                             is_bare((PyTypeObject *)own) ? Py_True : Py_False, kept) : NULL;
    if (bound) { /* which keeps the method and its name as long as there is a function */
        PyMethodDef *method = (PyMethodDef *)PyBytes_AsString(memory);
        *method = (PyMethodDef){name, parse, METH_O, NULL};
        functions = Py_BuildValue("NN", PyCFunction_NewEx(method, bound, NULL), PyCFunction_NewEx(&of_new, bound, NULL));
    }
    Py_XDECREF(memory);
    Py_XDECREF(kept);
    Py_XDECREF(bound);
    return functions;
}

/* ---- Columns ---- */

/* Run a pass over `count` rows from `first` on, whose places are `width` bytes each. */
static PyObject *pass_over(PyObject *bound, PyObject *arguments, bool (*run)(const Reading *reading, int width)) {
    Reading reading = {0};
    PyObject *buffers;
    bool done;
    int width;
    if (!PyArg_ParseTuple(arguments, "innO!", &width, &reading.rows.first, &reading.rows.count, &PyTuple_Type, &buffers)
        || !take_rule(bound, &reading.rule) || !take_column(&reading.rows, width, buffers))
        return broken_column();
    Py_BEGIN_ALLOW_THREADS
    done = run(&reading, width);
    Py_END_ALLOW_THREADS
    release_column(&reading.rows);
    return done ? Py_NewRef(Py_None) : broken_column();
}

static PyObject *column(PyObject *bound, PyObject *arguments) {
    return pass_over(bound, arguments, read_texts);
}

static PyObject *digits(PyObject *bound, PyObject *arguments) {
    return pass_over(bound, arguments, write_digits);
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
    {"digits", digits, METH_VARARGS, "digits(width, first, count, buffers, /)\n--\n\n"},
};

/* Return the functions of a rule, as a tuple. */
static PyObject *reader(PyObject *Py_UNUSED(module), PyObject *arguments) {
    PyObject *compile, *otherwise;
    if (!PyArg_ParseTuple(arguments, "OO", &compile, &otherwise))
        return NULL;
    static const Rule none; /* copied, and filled in at first use */
    const Py_ssize_t count = sizeof of_rule / sizeof *of_rule;
    PyObject *rule = Py_BuildValue("[OOy#O]", compile, otherwise, (const char *)&none, (Py_ssize_t)sizeof none, Py_None);
    PyObject *made = rule ? PyTuple_New(count) : NULL;
    for (Py_ssize_t place = 0; made && place < count; place++) {
        PyObject *function = PyCFunction_NewEx(&of_rule[place], rule, NULL);
        if (!function || PyTuple_SetItem(made, place, function))
            Py_CLEAR(made);
    }
    Py_XDECREF(rule);
    return made;
}

static PyMethodDef functions[] = {
    {"reader", reader, METH_VARARGS, NULL}, {"dates", read_dates, METH_VARARGS, NULL},
    {"remembering", remembering, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_native", NULL, -1, functions, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__native(void) {
    new_text = (newfunc)PyType_GetSlot(&PyUnicode_Type, Py_tp_new);
    return PyModule_Create(&definition);
}
