#!/usr/bin/env bash
# Explores main and preempt between four pairs of releases twice, with SPIN and with chanrace, and prints one table of what both found
# and of what that took. Exits 1 when they found different endings, 2 when something is missing or goes wrong.
#
# Needs spin (Debian: apt-get install spin), gcc, a JDK, and the benchmarks' jar (../README.md says how to build it).
set -euo pipefail
export LC_ALL=C

here=$(cd "$(dirname "$0")" && pwd)
jar=$here/../target/benchmarks.jar
# Explorations in one JVM, for a figure without its warm-up.
repeat=3

fail() { printf '%s: %s\n' "$0" "$1" >&2; exit 2; }
for tool in spin gcc java; do command -v "$tool" >/dev/null || fail "$tool was not found"; done
[ -f "$jar" ] || fail "$jar was not found; build it: mvn -q -Pbench -pl sim/bench -am -DskipTests package"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Scenario file, and the releases as macros of the model in Promela.
pairings=(
    '7.2-to-7.2              -DSOURCE_7_2     -DDESTINATION_7_2'
    '8.0-rc1-to-7.2          -DSOURCE_8_0_RC1 -DDESTINATION_7_2'
    '8.0-to-8.0              -DSOURCE_8_0     -DDESTINATION_8_0'
    '8.0-to-7.2-old-machine  -DSOURCE_8_0     -DOLD_MACHINE -DDESTINATION_7_2'
)

now() { date +%s%N; }
seconds() { awk -v from="$1" -v to="$2" 'BEGIN { printf "%.2f", (to - from) / 1e9 }'; }
thousands() { sed -e :a -e 's/\([0-9]\)\([0-9]\{3\}\)\($\|,\)/\1,\2\3/;ta' <<<"$1"; }

# spin_search FILE WITH_REDUCTION MACRO…: states, transitions, seconds of the search, seconds from the source text to the verdict, endings;
# tabs between.
spin_search() {
    local name=$1 reduction=$2 dir began ended errors endings bad
    shift 2
    dir=$work/$name.$reduction
    mkdir "$dir"
    began=$(now)
    local options=(-O2 -w -DSAFETY)
    [ "$reduction" = true ] || options+=(-DNOREDUCE)
    # All errors, not only the first; deep enough that the search is never cut off.
    (cd "$dir" && spin -a "$@" "$here/pairing.pml" && gcc "${options[@]}" -o pan pan.c && ./pan -c0 -m1000000) >"$dir/log" 2>&1 \
        || fail "$name: spin, gcc or the verifier failed: $(head -n 3 "$dir/log")"
    ended=$(now)
    if grep -qE 'Search not completed|search depth too small|out of memory' "$dir/log"; then fail "$name: SPIN's search is not complete"; fi
    # The judge's errors are "assert(0)"; any other assertion is about the model itself.
    if grep 'assertion violated' "$dir/log" | grep -qv 'assertion violated 0 '; then fail "$name: $(grep 'assertion violated' "$dir/log" | grep -v 'violated 0 ')"; fi
    errors=$(sed -n 's/.*errors: \([0-9]*\)$/\1/p' "$dir/log")
    endings=$(sed -n 's/^ending: //p' "$dir/log" | sort -u)
    [ -n "$endings" ] || fail "$name: the verifier has seen no ending"
    # SPIN's own word, invalid end states included, must agree with the judge's.
    bad=$(grep -cv '^completed, guest on destination$' <<<"$endings" || true)
    if [ "$errors" -eq 0 ] && [ "$bad" -gt 0 ] || [ "$errors" -gt 0 ] && [ "$bad" -eq 0 ]; then fail "$name: $errors errors, but the endings are $endings"; fi
    printf '%s\t%s\t%s\t%s\t%s\n' \
        "$(sed -n 's/^ *\([0-9]*\) states, stored.*/\1/p' "$dir/log")" "$(sed -n 's/^ *\([0-9]*\) transitions.*/\1/p' "$dir/log")" \
        "$(sed -n 's/^pan: elapsed time \([0-9.]*\) seconds/\1/p' "$dir/log" | grep -x '.*[1-9].*' || echo '< 0.01')" "$(seconds "$began" "$ended")" "$(paste -sd ';' <<<"$endings" | sed 's/;/; /g')"
}

# chanrace_search FILE WITH_REDUCTION: the same of chanrace.
chanrace_search() {
    local complete states transitions quickest first endings options=(--tsv --repeat "$repeat")
    [ "$2" = true ] || options+=(--no-reduction)
    java -Xmx1g -cp "$jar" org.chanrace.bench.Exhausting "${options[@]}" "$1" >"$work/chanrace" || fail "chanrace could not explore $1"
    IFS=$'\t' read -r _ complete states transitions quickest first endings <"$work/chanrace"
    [ "$complete" = true ] || fail "$1: chanrace's exploration is not complete"
    printf '%s\t%s\t%s\t%s\t%s\n' "$states" "$transitions" "$quickest" "$first" "$endings"
}

row() { printf '| %s | %s | %s | %s | %s | %s | %s | %s |\n' "$@"; }

spin -V
gcc --version | head -n 1
java -version 2>&1 | head -n 1
cat <<END

Seconds of the search: pan's own figure; of chanrace the quickest of $repeat in one JVM. From nothing: with spin and gcc; with the start of a JVM.

END
row pairing explorer reduction states transitions 's, search' 's, from nothing' endings
row --- --- --- ---: ---: ---: ---: ---
differ=0
for pairing in "${pairings[@]}"; do
    read -r name macros <<<"$pairing"
    read -ra macros <<<"$macros"
    seen=
    for reduction in true false; do
        [ "$reduction" = true ] && word=with || word=without
        for explorer in chanrace spin; do
            if [ "$explorer" = chanrace ]; then line=$(chanrace_search "$here/$name.yaml" "$reduction")
            else line=$(spin_search "$name" "$reduction" "${macros[@]}"); fi
            IFS=$'\t' read -r states transitions search total endings <<<"$line"
            row "$name" "$explorer" "$word" "$(thousands "$states")" "$(thousands "$transitions")" "$search" "$total" "$endings"
            [ "${seen:=$endings}" = "$endings" ] || { differ=1; printf '%s: the endings differ\n' "$name" >&2; }
        done
    done
done
echo
if [ "$differ" -eq 0 ]; then echo 'The endings are the same in all pairings.'; else echo 'The endings differ.'; fi
exit "$differ"
