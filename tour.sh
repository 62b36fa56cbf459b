#!/bin/sh
# Demonstrate the command line with example values; run by `make tour`.
nofields=${1:-nofields}

show() {
    printf '\n\033[1m$ nofields'
    for word in "$@"; do case $word in *\ *) printf ' "%s"' "$word" ;; *) printf ' %s' "$word" ;; esac; done
    printf '\033[0m\n'
    "$nofields" "$@"
    code=$?
    [ $code -eq 0 ] || echo "(exit code $code)"
    [ $code -lt 2 ] || exit $code
}

echo "nofields: Norwegian form values, validated, cleaned and explained."
show fields
show explain orgnr "974 760 673"
show explain orgnr "974 760 674" --locale nn
show explain kontonr 8601.11.17947 --locale en
show explain postnr 0357
show explain phone "+47 21 23 45 67"
printf '\n\033[1m$ echo "301082 99920" | nofields explain fnr\033[0m   (published by Skatteetaten; a secret is never printed)\n'
echo "301082 99920" | "$nofields" explain fnr
show generate fnr -n 5 --seed 2032
