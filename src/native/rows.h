/* Reads columns of numbers, many rows at a time.
 *
 * The processor cannot foresee which rows are odd: written with blanks, too short, null. A branch for each would take longer
 * than reading it. So the rows of a batch are first read as if none was odd, and the odd ones are listed; then these are read. */
#pragma once
#include "number.h"

/* What is written for each row: a code, and bits: is right, is not null, is right but not clean, for `write_digits` to repair. The
 * last ones are zeros before. */
enum { CODES, VALID, KNOWN, REPAIRED };
typedef struct {
    Column rows;
    Rule rule;
} Reading;

/* Read eight rows at once, if all are `digits` digits, as most are; otherwise return false. */
static INLINE bool read_eight(const Reading *reading, Py_ssize_t row, int width, int digits, bool one, unsigned char *codes) {
    const Program *program = reading->rule.program;
    const Py_buffer *data = &reading->rows.list[DATA];
    const unsigned char *places = (const unsigned char *)reading->rows.list[PLACES].buf + width * (reading->rows.first + row);
    const uint64_t begin = width == 16 ? 0 : offset_at(places, width), size = (uint64_t)data->len;
    uint64_t wrong = width < 16 && (begin > size || size - begin < (uint64_t)(8 * digits));
    uint32_t sums[8];
    unsigned char eight[8]; /* not in `codes`: for the compiler, these may be anywhere */
    for (int place = 0; place < 8; place++)
        wrong |= width == 16 ? offset_at(places + 16 * place, 4) ^ (uint64_t)digits
                             : offset_at(places + width * (place + 1), width) ^ (begin + digits * (place + 1));
    if (wrong)
        return false;
    const unsigned char *text = width == 16 ? places + 4 : (const unsigned char *)data->buf + begin;
    PREFETCH(text);
    PREFETCH(text + 64);
    UNROLLED for (int place = 0; place < 8; place++)
        sums[place] = sum_up(program->additions, text + place * (width == 16 ? 16 : digits), digits, &wrong);
    for (int place = 0; place < 8; place++)
        eight[place] = (unsigned char)code_at(program, reading->rule.codes, sums[place], one, false);
    memcpy(codes, eight, sizeof eight);
    return !(wrong & HIGH_BITS);
}

/* The rows of a batch that are no numbers as they stand, from its first on. One more is written ahead. */
enum { ROWS = 256 };
typedef struct {
    Py_ssize_t count;
    int32_t rows[ROWS + 1];
} Odd;

/* In the place of a count of digits: any count, or up to MOST digits whose pairs are counted from the end. */
enum { ANY = 0, FROM_END = -1 };
/* So many characters stand in a view, and are loaded of an odd row. */
enum { IN_VIEW = 12, LOADED = 16 };

/* Return bits of eight rows: is null. */
static INLINE unsigned nulls_of(const Column *column, Py_ssize_t row) {
    const unsigned char *present = column->list[PRESENT].buf;
    const Py_ssize_t place = column->first + row;
    return present ? ~((unsigned)present[place >> 3] | (unsigned)present[(place + 7) >> 3] << 8) >> (place & 7) : 0;
}

/* Write where eight rows begin, and where the last of them ends; return false if a text, or what is read of it, may lie outside of
 * the buffers: `digits` characters from its begin, or MOST before its end. */
static INLINE bool find_eight(const Column *column, Py_ssize_t row, int width, int digits, uint64_t begins[9]) {
    const Py_ssize_t place = column->first + row;
    const unsigned char *places = (const unsigned char *)column->list[PLACES].buf + width * place;
    const uint64_t size = (uint64_t)column->list[DATA].len, behind = digits > 0 ? digits : 0, ahead = digits > 0 ? 0 : MOST;
    uint64_t outside = 0; /* negative if one does */
    UNROLLED for (int each = 0; each <= 8; each++) {
        begins[each] = width == 16 ? (uint64_t)each * 16 : offset_at(places + width * each, width);
        outside |= begins[each] | (size - begins[each] - (each < 8 ? behind : 0)) | (each ? begins[each] - ahead : 0);
    }
    return width == 16 ? place >= 2 || !ahead : !(outside >> 63);
}

/* Read eight rows as if all were `digits` digits, and list those that are not: without a branch. Return false if it would read
 * outside of the buffers. */
static INLINE bool read_each(const Reading *reading, Py_ssize_t first, int row, int width, int digits, bool one, bool nulls,
                             unsigned char *codes, Odd *odd) {
    const Program *program = reading->rule.program;
    const Column *rows = &reading->rows;
    const unsigned char *places = (const unsigned char *)rows->list[PLACES].buf + width * (rows->first + first + row);
    const unsigned char *from = width == 16 ? places + 4 : rows->list[DATA].buf;
    const unsigned absent = nulls ? nulls_of(rows, first + row) : 0;
    uint64_t begins[9];
    unsigned char eight[8];
    if (!find_eight(rows, first + row, width, digits, begins))
        return false;
    PREFETCH(from + begins[0]);
    PREFETCH(from + begins[4]);
    UNROLLED for (int each = 0; each < 8; each++) {
        const uint64_t size = width == 16 ? offset_at(places + 16 * each, 4) : begins[each + 1] - begins[each];
        uint64_t wrong = 0, unfit = size ^ (uint64_t)digits;
        uint32_t index;
        if (digits > 0) {
            index = sum_up(program->additions, from + begins[each], digits, &wrong);
        } else {
            const uint64_t most = width == 16 ? IN_VIEW : (uint64_t)program->high, fit = size < most ? size : most;
            index = index_before(program, from + (width == 16 ? begins[each] + fit : begins[each + 1]), fit, &wrong);
            unfit = size - (uint64_t)program->low > most - (uint64_t)program->low;
        }
        eight[each] = (unsigned char)code_at(program, reading->rule.codes, index, one, digits < 0);
        odd->rows[odd->count] = row + each;
        odd->count += ((wrong & HIGH_BITS) | unfit | (absent >> each & 1)) != 0;
    }
    memcpy(codes, eight, sizeof eight);
    return true;
}

/* Read a row as a number of any count of digits, if it is one. */
static INLINE bool read_any(const Reading *reading, Py_ssize_t row, int width, bool one, unsigned char *code) {
    const Program *program = reading->rule.program;
    Py_ssize_t size = 0;
    uint64_t wrong = 0;
    const unsigned char *text = text_at(&reading->rows, width, row, &size);
    if (!text || size < program->low || size > program->high || is_null(&reading->rows, row))
        return false;
    PREFETCH(text);
    const uint32_t index = index_of(program, text, size, &wrong);
    if (!(wrong & HIGH_BITS))
        *code = (unsigned char)code_at(program, reading->rule.codes, index, one, program->either);
    return !(wrong & HIGH_BITS);
}

/* Return the code of a text of up to `room` characters that has few blanks besides digits; FAILED otherwise. */
static INLINE int read_spaced(const Reading *reading, const unsigned char *at, Py_ssize_t size, int room, int digits, bool one) {
    const Program *program = reading->rule.program;
    if (size > room || !(program->classes[' '] & ANYWHERE))
        return FAILED;
    Text text = load_text(at, size, room);
    const Py_ssize_t count = size - drop_blanks(&text);
    const uint64_t early = others_among(text.first) & HIGH_BITS, late = others_among(text.last) & HIGH_BITS;
    if (early | late) {
        const unsigned char other = early ? first_of(text.first, early) : first_of(text.last, late);
        return program->classes[other ^ '0'] & NEVER && !program->foreign_count ? CHARACTERS : FAILED;
    }
    if (!count || count >= program->bare)
        return FAILED;
    if (digits > 0) {
        const uint32_t index = sum_pairs(program->additions, text.first, digits < 8 ? (digits + 1) / 2 : 4)
                             + (digits < 8 ? 0 : sum_pairs(program->additions + 4 * PAIR, text.last, (digits - 7) / 2));
        int code = code_at(program, reading->rule.codes, index, one, false);
        COMPUTED(code); /* without a branch: which rows are short cannot be foreseen */
        code = count == digits ? code : LENGTH;
        COMPUTED(code);
        return code;
    }
    text = moved_to_end(text, count);
    const uint32_t sum = sum_before(program, text.first << 8, text.first >> 56 | text.last << 8);
    const uint32_t index = sum + program->last_additions[text.last >> 56];
    return count < program->low ? LENGTH : code_at(program, reading->rule.codes, index, one, true);
}

/* Return the code of an odd row; mark it if it is repaired. */
static INLINE int read_odd(const Reading *reading, Py_ssize_t row, int width, int digits, bool one) {
    Py_ssize_t size = 0;
    const unsigned char *text = text_at(&reading->rows, width, row, &size);
    if (is_null(&reading->rows, row)) /* the view of a null may be any; its offsets are read by Arrow */
        return width == 16 || text ? NO_VALUE : FAILED;
    if (!text)
        return FAILED;
    unsigned char known;
    if (digits < 0 && width == 16 && size > IN_VIEW && read_any(reading, row, width, one, &known)) /* not tried yet */
        return known;
    const Py_buffer *data = &reading->rows.list[DATA];
    const Py_ssize_t in_view = size > IN_VIEW ? 0 : IN_VIEW;
    const Py_ssize_t readable = width == 16 ? in_view : data->len - (text - (const unsigned char *)data->buf);
    const int room = readable < LOADED ? IN_VIEW : LOADED;
    Number number;
    int code = digits && readable >= room ? read_spaced(reading, text, size, room, digits, one) : FAILED;
    code = code == FAILED ? read_written(&reading->rule, text, size, &number) : code;
    unsigned char *repaired = reading->rows.list[REPAIRED].buf;
    repaired[row >> 3] |= (unsigned char)((code == RIGHT) << (row & 7));
    return code;
}

/* Read the odd rows of a batch; return whether all lie inside of the buffers. */
static INLINE bool read_odd_rows(const Reading *reading, Py_ssize_t first, int width, int digits, bool one, const Odd *odd) {
    unsigned char *codes = reading->rows.list[CODES].buf;
    int worst = 0;
    for (Py_ssize_t each = 0; each < odd->count; each++) {
        const Py_ssize_t row = first + odd->rows[each];
        const int code = read_odd(reading, row, width, digits, one);
        codes[row] = (unsigned char)code;
        worst |= code;
    }
    return worst >= 0;
}

/* Read all rows; return false if a text lies outside of the buffers. `width`, `digits`, the count of digits if it is fixed, and
 * `one`, whether there is one table, are constants, for which the compiler unrolls. */
static INLINE bool read_rows(const Reading *shared, int width, int digits, bool one) {
    const Reading reading = *shared; /* writing a code cannot change a copy, so that it stays in registers */
    const Column *rows = &reading.rows;
    unsigned char *codes = rows->list[CODES].buf, *valid = rows->list[VALID].buf, *known = rows->list[KNOWN].buf;
    const bool nulls = rows->list[PRESENT].buf;
    Odd odd;
    for (Py_ssize_t row = 0, stop; row < rows->count; row = stop) {
        stop = rows->count - row < ROWS ? rows->count : row + ROWS;
        odd.count = 0;
        for (Py_ssize_t next = row; next < stop; next += 8) {
            PREFETCH((const unsigned char *)rows->list[PLACES].buf + width * (rows->first + next));
            if (digits && stop - next >= 8
                && ((digits > 0 && !nulls && read_eight(&reading, next, width, digits, one, codes + next))
                    || read_each(&reading, row, (int)(next - row), width, digits, one, nulls, codes + next, &odd)))
                continue;
            for (Py_ssize_t each = next; each < stop && each < next + 8; each++) {
                odd.rows[odd.count] = (int32_t)(each - row);
                odd.count += !read_any(&reading, each, width, one, codes + each);
            }
        }
        if (!read_odd_rows(&reading, row, width, digits, one, &odd))
            return false;
        for (Py_ssize_t next = row; next < stop; next += 8) {
            unsigned char eight[8] = {0};
            if (stop - next >= 8) /* the usual size is a constant, for which no function is called */
                memcpy(eight, codes + next, sizeof eight);
            else
                memcpy(eight, codes + next, stop - next);
            valid[next >> 3] = bits_of(eight, RIGHT);
            known[next >> 3] = (unsigned char)~bits_of(eight, NO_VALUE);
        }
    }
    return true;
}

/* Read all rows; return false if a text lies outside of the buffers, or what is written has no room. */
static bool read_texts(const Reading *reading, int width) {
    const Program *program = reading->rule.program;
    const Py_buffer *list = reading->rows.list;
    const Py_ssize_t count = reading->rows.count, bytes = (count + 7) / 8;
    if (list[CODES].len < count || list[VALID].len < bytes || list[KNOWN].len < bytes || list[REPAIRED].len < bytes)
        return false;
    const int digits = program->low == program->high && program->last < 0 && !program->either ? program->low : ANY;
#define READ(digits, one) (width == 4 ? read_rows(reading, 4, digits, one) \
        : width == 8 ? read_rows(reading, 8, digits, one) : read_rows(reading, 16, digits, one))
    const bool fits = program->pairs >= 12 && program->low <= IN_VIEW && LOADED <= program->high && program->high <= MOST;
    if (program->tables == 2 && program->either && program->last >= 0 && fits)
        return READ(FROM_END, false);
    if (program->tables == 2)
        return digits == 11 ? READ(11, false) : READ(ANY, false);
    return digits == 4 ? READ(4, true) : digits == 8 ? READ(8, true) : digits == 9 ? READ(9, true)
         : digits == 11 ? READ(11, true) : READ(ANY, false);
}

/* What `write_digits` reads and writes: bits of the rows that are meant; where the digits of each of them end, with a zero before;
 * and the digits. */
enum { MARKED, ENDS, DIGITS };

/* Write the digits of the rows that are marked; return false if one has none or lies outside of the buffers, or there is no room. */
static bool write_digits(const Reading *reading, int width) {
    const Py_buffer *list = reading->rows.list;
    const unsigned char *marked = list[MARKED].buf;
    unsigned char *digits = list[DIGITS].buf;
    int64_t *ends = list[ENDS].buf, end = 0;
    const int64_t *last = ends + list[ENDS].len / (Py_ssize_t)sizeof *ends;
    if (list[MARKED].len < (reading->rows.count + 7) / 8)
        return false;
    for (Py_ssize_t row = 0, size; row < reading->rows.count; row++) {
        if (!(marked[row >> 3] >> (row & 7))) /* nor are the others of the byte */
            row |= 7;
        if (!(marked[row >> 3] >> (row & 7) & 1))
            continue;
        Number number = {.count = 0};
        const unsigned char *text = text_at(&reading->rows, width, row, &size);
        if (text && read_digits(&reading->rule, text, size, &number) == FAILED)
            read_written(&reading->rule, text, size, &number);
        if (!number.count || last - ends < 2 || list[DIGITS].len - end < number.count)
            return false;
        memcpy(digits + end, number.digits, number.count);
        *ends++ = end, *ends = end += number.count;
    }
    return true;
}
