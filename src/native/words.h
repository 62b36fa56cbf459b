/* Eight characters at a time, in 64-bit words. */
#pragma once
#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#error "the first character of a word must be its lowest byte; plain Python reads numbers on machines where it is not"
#endif

#if defined(__GNUC__)
#define INLINE inline __attribute__((always_inline))
#define PREFETCH(address) __builtin_prefetch((const unsigned char *)(address) + 1024)
#define UNROLLED _Pragma("GCC unroll 8")
/* Have a value computed here, and not behind a branch. */
#define COMPUTED(value) __asm__("" : "+r"(value))
#else
#define INLINE inline
#define PREFETCH(address)
#define UNROLLED
#define COMPUTED(value)
#endif

/* Eight bytes that are all the same, and the high bit of each. */
#define EACH(byte) (0x0101010101010101u * (byte))
#define HIGH_BITS EACH(0x80)

static INLINE uint64_t load_eight(const unsigned char *from) {
    uint64_t word;
    memcpy(&word, from, sizeof word);
    return word;
}

/* Eight bytes from a place on are a mask, of which the first or the last are zeros: 24 ones between zeros. */
enum { ONES = 25, ZEROS = 49 };
static const unsigned char masks[ZEROS + 16] = {
    [ONES] = 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};

/* ---- Characters as digits: with the bits of '0' turned ---- */

/* Return a word with a high bit if one of eight characters is no digit. */
static INLINE uint64_t others_among(uint64_t word) {
    return (word + EACH(0x76)) | word;
}

/* Return four characters as digits. */
static INLINE uint64_t four_digits(const unsigned char *from) {
    uint32_t word;
    memcpy(&word, from, sizeof word);
    return word ^ 0x30303030u;
}

/* Return eight characters as digits. */
static INLINE uint64_t eight_digits(const unsigned char *from) {
    return load_eight(from) ^ EACH('0');
}

/* Up to sixteen characters as digits. */
typedef struct {
    uint64_t first, last;
} Text;

/* Load a text of up to `room` characters, with zeros behind it: 12 or 16, of which all are read. */
static INLINE Text load_text(const unsigned char *text, Py_ssize_t size, int room) {
    const uint64_t last = room == 12 ? eight_digits(text + 4) >> 32 : eight_digits(text + 8);
    return (Text){eight_digits(text) & load_eight(masks + ZEROS - size), last & load_eight(masks + ZEROS + 8 - size)};
}

/* Return the high bits of those of eight characters that are blanks. */
static INLINE uint64_t blanks_of(uint64_t word) {
    word ^= EACH(' ' ^ '0');
    return ~(((word & ~HIGH_BITS) + ~HIGH_BITS) | word) & HIGH_BITS;
}

/* Remove the first of some blanks, given by their high bits, if there is one; return whether there is. */
static INLINE bool drop_first(uint64_t *word, uint64_t *blanks) {
    const uint64_t first = *blanks & -*blanks, before = (first >> 7) - 1; /* all ones if there is none */
    *word = (*word & before) | (*word >> 8 & ~before);
    *blanks = (*blanks ^ first) >> 8;
    return first;
}

/* Remove two blanks of the first eight characters, and one of the others, if there are so many; return how many there were. */
static INLINE int drop_blanks(Text *text) {
    uint64_t blanks = blanks_of(text->first), later_ones = blanks_of(text->last);
    int dropped = drop_first(&text->first, &blanks);
    dropped += drop_first(&text->first, &blanks);
    const int later = drop_first(&text->last, &later_ones);
    text->first |= text->last << (63 - 8 * dropped) << 1; /* in two steps: it may be all */
    text->last >>= 8 * dropped;
    return dropped + later;
}

/* Return the first of eight bytes of those that have a high bit in `marks`. */
static INLINE unsigned char first_of(uint64_t word, uint64_t marks) {
    return (unsigned char)((word & ((marks & -marks) >> 7) * 255) * EACH(1) >> 56);
}

/* Move the first characters of a text, up to sixteen, to its end. */
static INLINE Text moved_to_end(Text text, Py_ssize_t count) {
    const int bits = 8 * (16 - (int)count);
    if (bits >= 64)
        return (Text){0, text.first << (bits - 64)};
    return (Text){text.first << bits, text.last << bits | text.first >> (63 - bits) >> 1}; /* in two steps: it may be none */
}

/* Return a bit for each byte of eight codes that is `code`. */
static INLINE unsigned char bits_of(const unsigned char *codes, unsigned char code) {
    uint64_t word = load_eight(codes) ^ EACH(code);
    uint64_t other = ((word & ~HIGH_BITS) + ~HIGH_BITS) | word; /* a high bit where it is not */
    return (unsigned char)((~other >> 7 & EACH(1)) * 0x0102040810204080u >> 56);
}
