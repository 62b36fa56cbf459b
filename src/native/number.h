/* Reads a number by a compiled rule. Nothing here knows a weight, a length or a separator: a rule is a notation (how a number
 * may be written) and a table (what each pair of digits adds to an index, and a code for each index), see
 * nofields/check/notation.py and tables.py. plain.py does the same in Python. */
#pragma once
#include "column.h"

/* Codes, as in nofields/check/codes.py. */
enum { REQUIRED, CHARACTERS, LENGTH, CHECK_DIGIT = 5, NUMBER = 10, COUNTRY };
/* Classes of characters, as in nofields/check/notation.py: flags, and in the bits of LETTERS what floats are written with. */
enum { ANYWHERE = 1, BETWEEN = 2, WHITE = 4, NEVER = 8, STRANGE = 128, DASH = 256 };
enum { LETTER = 4, LETTERS = 8, DECIMAL = 5, OTHER = STRANGE | 1 << LETTER };
/* The places of a pair in a table: a digit in each half of a byte. */
enum { PAIR = 256 };

/* The gaps of a way of grouping digits, and those where a decimal sign may stand: a bit for each place. */
typedef struct {
    uint64_t all, decimals;
} Gaps;

/* Characters from one to another, outside ASCII, and their class. */
typedef struct {
    uint32_t first, last, class;
} Span;

/* What may stand around the digits: texts of `length` and of `behind` characters, and `head` digits behind the first. The sum of
 * these and of the number's digits leaves `remainder`, if `modulus` is not 0. */
typedef struct {
    unsigned char before[12], after[4], weights[16];
    int32_t length, head, behind, modulus, remainder;
} Affix;

/* What marks another country's number if so many digits follow; or the own country code. */
typedef struct {
    unsigned char text[12];
    int32_t length, digits;
} Mark;

/* A compiled rule, as nofields/check/native.py packs it. `bare`: no affix is digits alone. */
typedef struct {
    Gaps gaps[8];
    Span beyond[32];
    Affix affixes[16];
    Mark foreign[4], own;
    int32_t gap_count, beyond_count, affix_count, foreign_count, bare, low, high, last, pairs, bits, either, first_codes, tables;
    unsigned char classes[256], automaton[128];
    uint32_t last_additions[16], additions[];
} Program;

/* How a rule is read now: its program, and the codes of both tables, one behind the other, as the setting means them. The
 * objects are borrowed from the list that the rule's functions are bound to. */
typedef struct {
    const Program *program;
    unsigned char *codes;
    PyObject *compiled, *environment, *name, *setting;
} Rule;

/* The digits of a text, in `text` or where it stands, and their index. */
typedef struct {
    unsigned char text[LONGEST + 1];
    const unsigned char *digits;
    Py_ssize_t count;
    uint64_t index;
} Number;

/* ---- Tables ---- */

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

/* Return the index of a number, as `sum_up` does. If the last character has a table of its own, pairs count from the right. */
static INLINE uint64_t index_of(const Program *program, const unsigned char *digits, Py_ssize_t count, uint64_t *wrong) {
    if (program->last < 0)
        return sum_up(program->additions, digits, count, wrong);
    const unsigned last = digits[--count] ^ '0';
    if (last > 9 && digits[count] != program->last)
        *wrong = HIGH_BITS;
    const uint32_t *additions = program->additions + PAIR * (program->pairs - (count + 1) / 2);
    uint64_t sum = program->last_additions[last > 9 ? 10 : last];
    if (count & 1) {
        unsigned first = *digits++ ^ '0';
        *wrong |= (first + 0x76) | first;
        sum += additions[first], additions += PAIR;
    }
    return sum + sum_up(additions, digits, count & ~(Py_ssize_t)1, wrong);
}

/* Return the code of an index in `one` table, or in both of them, of which `either` suffices. */
static INLINE int code_at(const Program *program, const unsigned char *codes, uint64_t index, bool one, bool either) {
    if (one)
        return codes[index];
    int code = codes[index & ((1ull << program->bits) - 1)], other = codes[program->first_codes + (index >> program->bits)];
    return (code < other) != either ? code : other;
}

/* Return the code of a number; FAILED if these are no digits, or too few or too many. */
static INLINE int read_digits(const Rule *rule, const unsigned char *digits, Py_ssize_t count, Number *number) {
    const Program *program = rule->program;
    if (count < program->low || count > program->high)
        return FAILED;
    uint64_t wrong = 0;
    number->digits = digits, number->count = count, number->index = index_of(program, digits, count, &wrong);
    if (wrong & HIGH_BITS)
        return FAILED;
    return code_at(program, rule->codes, number->index, false, program->either);
}

/* ---- Texts as people write them ---- */

/* The characters of a text but its separators, in lower case, and the places of these: a bit for each place before a character
 * where a separator of any kind stands, one that may not stand anywhere, and a decimal sign among these. */
typedef struct {
    unsigned char *text;
    Py_ssize_t count;
    uint64_t any, between, decimals;
} Written;

/* Return the class of the character at `*at`, and move behind it. */
static inline unsigned next_class(const Program *program, const unsigned char **at, const unsigned char *end) {
    if (**at < 128)
        return program->classes[*(*at)++];
    uint32_t character = next_character(at, end);
    for (int place = 0; place < program->beyond_count; place++)
        if (character - program->beyond[place].first <= program->beyond[place].last - program->beyond[place].first)
            return program->beyond[place].class;
    return OTHER;
}

static bool begins(const unsigned char *text, Py_ssize_t count, const unsigned char *with, Py_ssize_t length) {
    return count >= length && !memcmp(text, with, length);
}

static Py_ssize_t count_digits(const unsigned char *text, Py_ssize_t count) {
    Py_ssize_t digits = 0;
    while (digits < count && (unsigned)(text[digits] - '0') <= 9)
        digits++;
    return digits;
}

/* Return how many characters stand between an affix; FAILED if it does not. */
static Py_ssize_t between_affix(const Written *written, const Affix *affix) {
    const Py_ssize_t count = written->count - affix->length - affix->behind;
    return count >= 0 && begins(written->text, written->count, affix->before, affix->length)
        && !memcmp(written->text + written->count - affix->behind, affix->after, affix->behind) ? count : FAILED;
}

/* Return whether separators stand where they may around digits that `lead` characters precede: anywhere, behind these, and
 * between all groups of one grouping. */
static bool separates(const Program *program, const Written *written, Py_ssize_t lead) {
    if (!written->between)
        return true;
    const uint64_t behind = lead > 0, between = written->between >> lead & ~behind, decimals = written->decimals >> lead & ~behind;
    bool fits = !between;
    for (int place = 0; place < program->gap_count; place++) {
        const Gaps *gaps = &program->gaps[place];
        fits |= !(between & ~gaps->all) && !(decimals & ~gaps->decimals) && (written->any >> lead & gaps->all) == gaps->all;
    }
    return fits && !(written->between & ((1ull << lead) - 1));
}

/* Return the code of the digits between an affix; FAILED if it does not stand there. */
static int read_affix(const Rule *rule, const Written *written, const Affix *affix, Number *number) {
    const Py_ssize_t count = between_affix(written, affix) - affix->head, lead = affix->length + affix->head;
    const unsigned char *digits = written->text + affix->length;
    if (count < rule->program->low || count > rule->program->high || count_digits(digits, affix->head) < affix->head
        || !separates(rule->program, written, lead))
        return FAILED;
    const int code = read_digits(rule, written->text + lead, count, number);
    if (code != RIGHT || !affix->modulus)
        return code;
    int32_t sum = 0;
    for (Py_ssize_t place = 0; place < affix->head + count && place < (Py_ssize_t)sizeof affix->weights; place++)
        sum += affix->weights[place] * (digits[place] - '0');
    return sum % affix->modulus == affix->remainder ? RIGHT : CHECK_DIGIT;
}

/* Return the reason that a text is no number of the right form. */
static int misfit(const Program *program, const Written *written) {
    for (int place = 0; place < program->foreign_count; place++) {
        const Mark *mark = &program->foreign[place];
        const unsigned char *behind = written->text + mark->length;
        const Py_ssize_t left = written->count - mark->length;
        if (begins(written->text, written->count, mark->text, mark->length) && count_digits(behind, left) >= mark->digits
            && !begins(behind, left, program->own.text, program->own.length))
            return COUNTRY;
    }
    for (int place = 0; place < program->affix_count; place++) {
        const Affix *affix = &program->affixes[place];
        const Py_ssize_t count = between_affix(written, affix), digits = count - affix->head;
        const unsigned char *text = written->text + affix->length;
        if (count < 0 || (!count && !affix->length))
            continue;
        const Py_ssize_t found = count_digits(text, count);
        if (found == count || (found == count - 1 && text[found] == program->last))
            return written->between && program->low <= digits && digits <= program->high ? CHARACTERS : LENGTH;
    }
    return CHARACTERS;
}

/* Read a text with visible separators or an affix, or that is no number; return its code. */
static int read_marked(const Rule *rule, const unsigned char *at, const unsigned char *end, Number *number) {
    const Program *program = rule->program;
    Written written = {.text = number->text};
    unsigned all = WHITE, state = 0;
    Py_ssize_t dash = FAILED; /* the place of a separator that stands for the last character at the end */
    for (int length = 0; at < end; length++) {
        if (length == LONGEST)
            return LENGTH;
        const unsigned first = *at;
        const unsigned class = next_class(program, &at, end), separator = (class | class >> 1) & 1;
        const unsigned letter = class >> LETTER & (LETTERS - 1);
        const uint64_t between = class >> 1 & 1;
        const unsigned lower = first - 'A' < 26 && first != (unsigned)program->last ? first | 32 : first;
        number->text[written.count] = (unsigned char)(class & DASH ? (unsigned)program->last : lower);
        if (separator && class & DASH)
            dash = written.count;
        all &= class;
        written.between |= between << written.count;
        written.decimals |= (between && letter == DECIMAL ? between : 0) << written.count;
        written.any |= (uint64_t)separator << written.count;
        written.count += !separator;
        state = program->automaton[LETTERS * state + letter];
    }
    if (all)
        return REQUIRED;
    if (dash == written.count && written.count && number->text[dash - 1] != program->last)
        number->text[written.count++] = (unsigned char)program->last;
    int code = FAILED;
    for (int place = 0; code == FAILED && place < program->affix_count; place++)
        code = read_affix(rule, &written, &program->affixes[place], number);
    if (code != RIGHT && code != UNKNOWN && program->automaton[LETTERS * state]) /* what is unknown is read again */
        return NUMBER;
    return code == FAILED ? misfit(program, &written) : code;
}

/* Return the code of a text that is no number as it stands. `fixed`, the count of digits if it is fixed, is a constant. */
static INLINE int read_written(const Rule *rule, const unsigned char *text, Py_ssize_t size, Number *number, int fixed) {
    const Program *program = rule->program;
    unsigned some = 0;
    Py_ssize_t count = 0;
    for (Py_ssize_t place = 0; size <= LONGEST && place < size; place++) { /* most are digits and blanks alone */
        unsigned class = program->classes[text[place]];
        some |= class;
        number->text[count] = text[place];
        count += !(class & ANYWHERE);
    }
    const bool digits = count && !(some & STRANGE);
    int code = !digits || (fixed && count != fixed) ? FAILED : read_digits(rule, number->text, fixed ? fixed : count, number);
    if (code == FAILED && program->bare && (digits || some & NEVER))
        return digits ? LENGTH : CHARACTERS;
    return code == FAILED ? read_marked(rule, text, text + size, number) : code;
}
