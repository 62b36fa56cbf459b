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

/* A compiled rule, as nofields/check/native.py packs it. `bare`: fewer digits alone have no affix, nor a mark. */
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
    uint32_t index;
} Number;

/* ---- Tables ---- */

/* Return the sum of what some pairs add, of up to eight digits. */
static INLINE uint32_t sum_pairs(const uint32_t *additions, uint64_t digits, Py_ssize_t pairs) {
    uint32_t sum = 0;
    digits = digits << 4 | digits >> 8;
    for (Py_ssize_t pair = 0; pair < pairs; pair++)
        sum += additions[PAIR * pair + (digits >> 16 * pair & 255)];
    return sum;
}

/* Return the sum of what each pair of `count` digits adds; if one is no digit, set a high bit of `*wrong`. Eight digits become
 * four pairs at once. */
static INLINE uint32_t sum_up(const uint32_t *additions, const unsigned char *digits, Py_ssize_t count, uint64_t *wrong) {
    uint32_t sum = 0;
    uint64_t word;
    const bool eight = count >= 8;
    for (; count >= 8; count -= 8, digits += 8, additions += 4 * PAIR)
        word = eight_digits(digits), *wrong |= others_among(word), sum += sum_pairs(additions, word, 4);
    if (eight && count) { /* the last eight, without those before */
        word = eight_digits(digits + count - 8) >> 8 * (8 - count);
    } else if (count >= 4) { /* the first four and the last, some of which may be the same */
        word = four_digits(digits) | four_digits(digits + count - 4) << 8 * (count - 4);
    } else {
        word = 0;
        for (Py_ssize_t place = 0; place < count; place++)
            word |= (uint64_t)(digits[place] ^ '0') << 8 * place;
    }
    *wrong |= others_among(word);
    return sum + sum_pairs(additions, word, (count + 1) / 2);
}

/* Return the index of a number, as `sum_up` does. If the last character has a table of its own, pairs count from the right. */
static INLINE uint32_t index_of(const Program *program, const unsigned char *digits, Py_ssize_t count, uint64_t *wrong) {
    if (program->last < 0)
        return sum_up(program->additions, digits, count, wrong);
    const unsigned last = digits[--count] ^ '0';
    if (last > 9 && digits[count] != program->last)
        *wrong = HIGH_BITS;
    const uint32_t *additions = program->additions + PAIR * (program->pairs - (count + 1) / 2);
    uint32_t sum = program->last_additions[last > 9 ? 10 : last];
    if (count & 1) {
        unsigned first = *digits++ ^ '0';
        *wrong |= (first + 0x76) | first;
        sum += additions[first], additions += PAIR;
    }
    return sum + sum_up(additions, digits, count & ~(Py_ssize_t)1, wrong);
}

/* Return the sum of sixteen digits before the last character of a number; there must be a table for that, and twelve pairs. */
static INLINE uint32_t sum_before(const Program *program, uint64_t early, uint64_t late) {
    const uint32_t *additions = program->additions + PAIR * (program->pairs - 8);
    return sum_pairs(additions, early, 4) + sum_pairs(additions + 4 * PAIR, late, 4);
}

/* Return the index of a number of up to MOST digits as `index_of` does, in the same steps for any count up to 17. As many as MOST
 * bytes before `end` are read. */
enum { MOST = 25 };
static INLINE uint32_t index_before(const Program *program, const unsigned char *end, Py_ssize_t count, uint64_t *wrong) {
    const unsigned last = end[-1] ^ '0';
    const unsigned char *mask = masks + count; /* of all characters but the last */
    uint64_t early = eight_digits(end - 17) & load_eight(mask + 8), late = eight_digits(end - 9) & load_eight(mask + 16);
    uint32_t sum = sum_before(program, early, late);
    *wrong |= others_among(early) | others_among(late) | (last > 9 && end[-1] != program->last ? HIGH_BITS : 0);
    if (count > 17) {
        early = eight_digits(end - 25) & load_eight(mask), *wrong |= others_among(early);
        sum += sum_pairs(program->additions + PAIR * (program->pairs - 12), early, 4);
    }
    return sum + program->last_additions[last > 9 ? 10 : last];
}

/* Return the code of an index in `one` table, or in both of them, of which `either` suffices. */
static INLINE int code_at(const Program *program, const unsigned char *codes, uint32_t index, bool one, bool either) {
    if (one)
        return codes[index];
    const uint64_t both = index;
    const int code = codes[both & ((1ull << program->bits) - 1)], other = codes[program->first_codes + (both >> program->bits)];
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

/* Keep the characters of a text but blanks; return the classes of all, and set `*count`. */
static inline unsigned without_blanks(const Program *program, const unsigned char *text, Py_ssize_t size, unsigned char *kept,
                                      Py_ssize_t *count) {
    unsigned some = 0;
    Py_ssize_t found = 0;
    for (Py_ssize_t place = 0; place < size; place++) {
        const unsigned class = program->classes[text[place]];
        some |= class;
        kept[found] = text[place];
        found += !(class & ANYWHERE);
    }
    *count = found;
    return some;
}

/* Return the reason that a text is no number if its characters but blanks show it: too few or too many digits, or one that
 * stands in no number; FAILED if it has to be read with separators and affixes. */
static INLINE int plain_misfit(const Program *program, const unsigned char *kept, Py_ssize_t count, unsigned some) {
    if (count && !(some & STRANGE))
        return count < program->bare ? LENGTH : FAILED;
    bool foreign = !(some & NEVER);
    for (int place = 0; place < program->foreign_count; place++)
        foreign |= kept[0] == program->foreign[place].text[0] || (unsigned)(kept[0] - '0') > 9;
    return foreign ? FAILED : CHARACTERS;
}

/* Return the code of a text that is no number as it stands. */
static inline int read_written(const Rule *rule, const unsigned char *text, Py_ssize_t size, Number *number) {
    Py_ssize_t count = 0; /* most are digits and blanks alone */
    unsigned some = size > LONGEST ? 0 : without_blanks(rule->program, text, size, number->text, &count);
    int code = count && !(some & STRANGE) ? read_digits(rule, number->text, count, number) : FAILED;
    code = code == FAILED ? plain_misfit(rule->program, number->text, count, some) : code;
    return code == FAILED ? read_marked(rule, text, text + size, number) : code;
}
