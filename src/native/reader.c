/* The native reader of tables. */

#include <Python.h>

static int
add_reader(PyObject *module)
{
    static PyType_Slot slots[] = {{0, NULL}};
    static PyType_Spec spec = {"nofields._native.Reader", 0, 0, Py_TPFLAGS_DEFAULT, slots};
    PyObject *type = PyType_FromSpec(&spec);
    if (type == NULL)
        return -1;
    int failed = PyModule_AddObjectRef(module, "Reader", type);
    Py_DECREF(type);
    return failed;
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, add_reader}, {0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "nofields._native", "The native reader of tables.", 0, NULL, module_slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit__native(void)
{
    return PyModuleDef_Init(&module);
}
