;; Finds in one sentence where patterns are worth trying, and follows them: the same as `AttemptFinder` and `PatternRun` do, in a part of the time while the engine's own
;; code is not optimized yet. Numbers of rows are 32 bits wide; those of features and patterns that a word has, 16.
;;
;; The positions that a pattern has come to are bits of one number, counted from a window's start: a step moves all of them. What lies beyond the window's end, or
;; takes too many steps, is not followed: "unknown", and the caller follows the pattern by itself.
(module
  (import "matcher" "memory" (memory 1))
  ;; Where the rows of `LinkedPatterns` begin, in bytes.
  (import "matcher" "firstNeed" (global $firstNeed i32))
  (import "matcher" "firstWithin" (global $firstWithin i32))
  (import "matcher" "needs" (global $needs i32))
  (import "matcher" "needsFrom" (global $needsFrom i32))
  (import "matcher" "lateLevels" (global $lateLevels i32))
  (import "matcher" "groupOf" (global $groupOf i32))
  (import "matcher" "rowOf" (global $rowOf i32))
  (import "matcher" "code" (global $code i32))
  (import "matcher" "groups" (global $groups i32))
  ;; By feature: the next token that has it, in the count of all texts; and where the feature that every token has stands in that row.
  (import "matcher" "nextAt" (global $nextAt i32))
  (import "matcher" "always" (global $always i32))
  ;; Where the rows of a text begin behind its header (see `Text` in assembly.ts).
  (import "matcher" "words" (global $wordsFrom i32))
  (import "matcher" "fills" (global $fillsFrom i32))
  (import "matcher" "slots" (global $slotsFrom i32))
  (import "matcher" "soft" (global $softFrom i32))
  (import "matcher" "borders" (global $bordersFrom i32))
  ;; How many attempts there is room for.
  (import "matcher" "mostFound" (global $mostFound i32))

  ;; What is followed: by position in the window, its word and the first of what fills slots there, as addresses; which positions are signs that are passed
  ;; over, and which are borders of cells, as bits.
  (global $words (mut i32) (i32.const 0))
  (global $fills (mut i32) (i32.const 0))
  (global $soft (mut i64) (i64.const 0))
  (global $borders (mut i64) (i64.const 0))
  ;; Positions of the sentence's start, of its end, and of its last sign where that is a question mark, else of its end again. Not all need be in the window.
  (global $start (mut i32) (i32.const 0))
  (global $end (mut i32) (i32.const 0))
  (global $edge (mut i32) (i32.const 0))
  ;; The positions at which a token of the sentence stands, and those with its end.
  (global $inside (mut i64) (i64.const 0))
  (global $valid (mut i64) (i64.const 0))
  ;; The last positions of a window that the sentence goes beyond: what comes to them may go further than can be told. Else none.
  (global $beyond (mut i64) (i64.const 0))
  (global $isUnknown (mut i32) (i32.const 0))
  ;; How many rows may still be followed: groups in groups could ask for very many, and without this keep what they have found.
  (global $left (mut i32) (i32.const 0))

  ;; The address of a number in a row.
  (func $at (param $row i32) (param $index i32) (result i32)
    (i32.add (local.get $row) (i32.shl (local.get $index) (i32.const 2))))

  ;; Notes that the features between two addresses come next at a place.
  (func $note (param $from i32) (param $to i32) (param $place i32)
    (block $done
      (loop $feature
        (br_if $done (i32.ge_u (local.get $from) (local.get $to)))
        (i32.store (call $at (global.get $nextAt) (i32.load16_u (local.get $from))) (local.get $place))
        (local.set $from (i32.add (local.get $from) (i32.const 2)))
        (br $feature))))

  ;; Whether a feature comes within so many tokens behind a place. One that came before it is as far away as can be, since distances have no sign.
  (func $isNear (param $feature i32) (param $within i32) (param $place i32) (result i32)
    (i32.le_u
      (i32.sub (i32.load (call $at (global.get $nextAt) (local.get $feature))) (local.get $place))
      (local.get $within)))

  ;; Sets the bits of the features between two addresses in a row of bits.
  (func (export "setBits") (param $from i32) (param $to i32) (param $bits i32)
    (local $feature i32) (local $place i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $from) (local.get $to)))
        (local.set $feature (i32.load16_u (local.get $from)))
        (local.set $place (call $at (local.get $bits) (i32.shr_u (local.get $feature) (i32.const 5))))
        (i32.store (local.get $place) (i32.or
          (i32.load (local.get $place))
          (i32.shl (i32.const 1) (i32.and (local.get $feature) (i32.const 31)))))
        (local.set $from (i32.add (local.get $from) (i32.const 2)))
        (br $next))))

  ;; One position as a bit, or none where it is not in the window.
  (func $bit (param $position i32) (result i64)
    (if (result i64) (i32.gt_u (local.get $position) (i32.const 63))
      (then (i64.const 0))
      (else (i64.shl (i64.const 1) (i64.extend_i32_u (local.get $position))))))

  ;; The positions below one.
  (func $below (param $position i32) (result i64)
    (if (result i64) (i32.gt_u (local.get $position) (i32.const 63))
      (then (i64.const -1))
      (else (i64.sub (i64.shl (i64.const 1) (i64.extend_i32_u (local.get $position))) (i64.const 1)))))

  ;; Opens the window in which a token of a text stands.
  (func $open (param $text i32) (param $token i32)
    (local $base i32) (local $bytes i32)
    ;; Rows of bits are read from whole bytes on.
    (local.set $base (i32.and (local.get $token) (i32.const -8)))
    (local.set $bytes (i32.add (local.get $text) (i32.shr_u (local.get $base) (i32.const 3))))
    (global.set $start (i32.sub (i32.load (local.get $text)) (local.get $base)))
    (global.set $end (i32.sub (i32.load offset=4 (local.get $text)) (local.get $base)))
    (global.set $edge (i32.sub (i32.load offset=8 (local.get $text)) (local.get $base)))
    (global.set $words (call $at (i32.add (local.get $text) (global.get $wordsFrom)) (local.get $base)))
    (global.set $fills (call $at (i32.add (local.get $text) (global.get $fillsFrom)) (local.get $base)))
    (global.set $soft (i64.load (i32.add (local.get $bytes) (global.get $softFrom))))
    (global.set $borders (i64.load (i32.add (local.get $bytes) (global.get $bordersFrom))))
    (global.set $inside (call $below (global.get $end)))
    (global.set $valid (call $below (i32.add (global.get $end) (i32.const 1))))
    ;; The last two, since a step over a sign that is passed over goes two on.
    (global.set $beyond (select
      (i64.const 0xc000000000000000)
      (i64.const 0)
      (i32.gt_u (global.get $end) (i32.const 63))))
    (global.set $isUnknown (i32.const 0))
    (global.set $left (i32.const 20000)))

  ;; Whether the word at a position has a feature.
  (func $hasFeature (param $position i32) (param $feature i32) (result i32)
    (i32.and
      (i32.shr_u
        (i32.load offset=24 (call $at
          (i32.load (call $at (global.get $words) (local.get $position)))
          (i32.shr_u (local.get $feature) (i32.const 5))))
        (i32.and (local.get $feature) (i32.const 31)))
      (i32.const 1)))

  ;; Those of some positions whose word has a feature.
  (func $having (param $positions i64) (param $feature i32) (result i64)
    (local $found i64)
    (local.set $positions (i64.and (local.get $positions) (global.get $inside)))
    (block $done
      (loop $next
        (br_if $done (i64.eqz (local.get $positions)))
        (if (call $hasFeature (i32.wrap_i64 (i64.ctz (local.get $positions))) (local.get $feature))
          (then (local.set $found (i64.or
            (local.get $found)
            (i64.and (local.get $positions) (i64.sub (i64.const 0) (local.get $positions)))))))
        (local.set $positions (i64.and (local.get $positions) (i64.sub (local.get $positions) (i64.const 1))))
        (br $next)))
    (local.get $found))

  ;; Those of some positions at which something fills a slot.
  (func $filled (param $positions i64) (result i64)
    (local $found i64)
    (local.set $positions (i64.and (local.get $positions) (global.get $inside)))
    (block $done
      (loop $next
        (br_if $done (i64.eqz (local.get $positions)))
        (if (i32.load (call $at (global.get $fills) (i32.wrap_i64 (i64.ctz (local.get $positions)))))
          (then (local.set $found (i64.or
            (local.get $found)
            (i64.and (local.get $positions) (i64.sub (i64.const 0) (local.get $positions)))))))
        (local.set $positions (i64.and (local.get $positions) (i64.sub (local.get $positions) (i64.const 1))))
        (br $next)))
    (local.get $found))

  ;; Where a word with a feature leads to.
  (func $read (param $positions i64) (param $feature i32) (result i64)
    (i64.shl
      (call $having
        (i64.or (local.get $positions) (call $passed (local.get $positions)))
        (local.get $feature))
      (i64.const 1)))

  ;; The positions behind signs that are passed over ("and/or").
  (func $passed (param $positions i64) (result i64)
    (i64.shl (i64.and (local.get $positions) (global.get $soft)) (i64.const 1)))

  ;; Where what fills a slot leads to.
  (func $readSlot (param $positions i64) (param $slot i32) (result i64)
    (local $found i64) (local $fill i32) (local $base i32)
    (local.set $positions (i64.and
      (i64.or (local.get $positions) (call $passed (local.get $positions)))
      (global.get $inside)))
    (block $done
      (loop $next
        (br_if $done (i64.eqz (local.get $positions)))
        (local.set $base (i32.wrap_i64 (i64.ctz (local.get $positions))))
        (local.set $fill (i32.load (call $at (global.get $fills) (local.get $base))))
        (block $all
          (loop $each
            (br_if $all (i32.eqz (local.get $fill)))
            ;; Of each: the slot, how many tokens it takes, and where the next one is.
            (if (i32.eq (i32.load (local.get $fill)) (local.get $slot))
              (then (local.set $found (i64.or
                (local.get $found)
                (call $reach (i32.add (local.get $base) (i32.load offset=4 (local.get $fill))))))))
            (local.set $fill (i32.load offset=8 (local.get $fill)))
            (br $each)))
        (local.set $positions (i64.and (local.get $positions) (i64.sub (local.get $positions) (i64.const 1))))
        (br $next)))
    (local.get $found))

  ;; A position inside the sentence that something leads to.
  (func $reach (param $position i32) (result i64)
    (if (i32.gt_u (local.get $position) (global.get $end)) (then (return (i64.const 0))))
    (if (i32.gt_u (local.get $position) (i32.const 63)) (then (global.set $isUnknown (i32.const 1))))
    (call $bit (local.get $position)))

  ;; Where a gap leads to. A border of a table's cell ends it.
  (func $gap (param $positions i64) (param $most i32) (result i64)
    (local $last i64)
    (local.set $last (local.get $positions))
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $most)))
        (local.set $last (i64.and
          (i64.shl (i64.and (local.get $last) (i64.xor (global.get $borders) (i64.const -1))) (i64.const 1))
          (global.get $valid)))
        (br_if $done (i64.eqz (local.get $last)))
        (local.set $positions (i64.or (local.get $positions) (local.get $last)))
        (local.set $most (i32.sub (local.get $most) (i32.const 1)))
        (br $next)))
    (call $known (local.get $positions)))

  ;; The same positions, if the window holds all that comes of them.
  (func $known (param $positions i64) (result i64)
    (if (i64.ne (i64.and (local.get $positions) (global.get $beyond)) (i64.const 0))
      (then (global.set $isUnknown (i32.const 1)) (return (i64.const 0))))
    (local.get $positions))

  ;; The positions that an edge stands for (see EDGE).
  (func $placeOf (param $edge i32) (result i64)
    (if (i32.eqz (local.get $edge)) (then (return (call $bit (global.get $start)))))
    (if (i32.eq (local.get $edge) (i32.const 1))
      (then (return (i64.or (call $bit (global.get $end)) (call $bit (global.get $edge))))))
    (local.set $edge (i32.sub (local.get $edge) (i32.const 1)))
    ;; A sentence that begins before the window, whose first tokens may reach into it.
    (if (i32.and
          (i32.lt_s (global.get $start) (i32.const 0))
          (i32.ge_s (i32.add (global.get $start) (local.get $edge)) (i32.const 0)))
      (then (global.set $isUnknown (i32.const 1)) (return (i64.const 0))))
    (call $gap (call $bit (global.get $start)) (local.get $edge)))

  ;; Where the alternatives of a group lead to.
  (func $readGroup (param $positions i64) (param $group i32) (result i64)
    (local $flags i32) (local $row i32) (local $begun i64) (local $found i64)
    (local.set $group (i32.add (global.get $groups) (i32.shl (local.get $group) (i32.const 4))))
    (local.set $flags (i32.load offset=8 (local.get $group)))
    ;; GROUP.floats
    (if (i32.eqz (i32.and (local.get $flags) (i32.const 2)))
      (then
        (local.set $begun (i64.or (local.get $positions) (call $passed (local.get $positions))))
        (local.set $found (call $having (local.get $begun) (i32.load offset=4 (local.get $group))))
        ;; GROUP.slots. Whatever fills one will do: where it is none of the group's, the alternatives lead nowhere.
        (if (i32.and (local.get $flags) (i32.const 8))
          (then (local.set $found (i64.or (local.get $found) (call $filled (local.get $begun))))))
        (local.set $positions (i64.and
          (local.get $positions)
          (i64.or
            (local.get $found)
            (i64.and (global.get $soft) (i64.shr_u (local.get $found) (i64.const 1))))))
        (if (i64.eqz (local.get $positions)) (then (return (i64.const 0))))
        (local.set $found (i64.const 0))
        ;; GROUP.single: that it can begin here is all that there is to it.
        (if (i32.and (local.get $flags) (i32.const 1))
          (then
            (local.set $found (i64.shl
              (i64.and (local.get $positions) (i64.xor (global.get $soft) (i64.const -1)))
              (i64.const 1)))
            (local.set $positions (i64.and (local.get $positions) (global.get $soft)))
            (if (i64.eqz (local.get $positions)) (then (return (local.get $found))))))))
    (local.set $row (call $at (global.get $code) (i32.load (local.get $group))))
    (block $done
      (loop $alternative
        (br_if $done (i32.eqz (i32.load (local.get $row))))
        (local.set $found (i64.or (local.get $found) (call $followRow (local.get $row) (local.get $positions))))
        (loop $element
          (local.set $row (i32.add (local.get $row) (i32.const 4)))
          (br_if $element (i32.load (local.get $row))))
        (local.set $row (i32.add (local.get $row) (i32.const 4)))
        (br $alternative)))
    (local.get $found))

  ;; Where the elements from an address on lead to.
  (func $followRow (param $row i32) (param $positions i64) (result i64)
    (local $element i32) (local $argument i32) (local $next i32)
    (if (i32.eqz (global.get $left)) (then (global.set $isUnknown (i32.const 1)) (return (i64.const 0))))
    (global.set $left (i32.sub (global.get $left) (i32.const 1)))
    (loop $step
      (local.set $element (i32.load (local.get $row)))
      (local.set $argument (i32.shr_u (local.get $element) (i32.const 3)))
      (block $stepped
        (block $border
          (block $slot
            (block $gap
              (block $optional
                (block $group
                  (block $token
                    (block $last
                      ;; ELEMENT
                      (br_table $last $token $group $optional $gap $slot $border
                        (i32.and (local.get $element) (i32.const 7))))
                    (return (local.get $positions)))
                  (local.set $positions (call $read (local.get $positions) (local.get $argument)))
                  (br $stepped))
                (local.set $positions (call $readGroup (local.get $positions) (local.get $argument)))
                (br $stepped))
              (local.set $positions (i64.or
                (local.get $positions)
                (call $followRow (call $at (global.get $code) (local.get $argument)) (local.get $positions))))
              (br $stepped))
            (local.set $positions (call $gap (local.get $positions) (local.get $argument)))
            ;; A sign behind a gap is passed over by the gap.
            (local.set $next (i32.load offset=4 (local.get $row)))
            (br_if $stepped (i32.ne (i32.and (local.get $next) (i32.const 7)) (i32.const 1)))
            (local.set $row (i32.add (local.get $row) (i32.const 4)))
            (local.set $positions (i64.shl
              (call $having (local.get $positions) (i32.shr_u (local.get $next) (i32.const 3)))
              (i64.const 1)))
            (br $stepped))
          (local.set $positions (call $readSlot (local.get $positions) (local.get $argument)))
          (br $stepped))
        (local.set $positions (i64.and
          (local.get $positions)
          (call $placeOf (local.get $argument)))))
      (local.set $positions (call $known (local.get $positions)))
      (if (i64.eqz (local.get $positions)) (then (return (i64.const 0))))
      (local.set $row (i32.add (local.get $row) (i32.const 4)))
      (br $step))
    (unreachable))

  ;; The last token that the row with this number in the code leads to from a token of a text; -1 where it leads nowhere, and -2 where that is unknown.
  (func $follow (export "follow") (param $text i32) (param $row i32) (param $token i32) (result i32)
    (local $found i64)
    (call $open (local.get $text) (local.get $token))
    (local.set $found (call $followRow
      (call $at (global.get $code) (local.get $row))
      (call $bit (i32.and (local.get $token) (i32.const 7)))))
    (if (global.get $isUnknown) (then (return (i32.const -2))))
    (if (i64.eqz (local.get $found)) (then (return (i32.const -1))))
    (i32.add
      (i32.and (local.get $token) (i32.const -8))
      (i32.sub (i32.const 63) (i32.wrap_i64 (i64.clz (local.get $found))))))

  ;; Writes of each pattern between two addresses, the last one first, where all its needs are near: its number, its token, and the last token that it leads to. Where it
  ;; leads nowhere it is not written; where it waits for others or for evidence, or where that is unknown, the last number is 0. Returns where the next one goes.
  (func $try (param $from i32) (param $to i32) (param $place i32) (param $slack i32) (param $text i32) (param $token i32) (param $out i32) (result i32)
    (local $number i32) (local $need i32) (local $end i32) (local $last i32)
    (block $done
      (loop $pattern
        (br_if $done (i32.le_u (local.get $to) (local.get $from)))
        (local.set $to (i32.sub (local.get $to) (i32.const 2)))
        (local.set $number (i32.load16_u (local.get $to)))
        (br_if $pattern (i32.eqz (call $isNear
          (i32.load (call $at (global.get $firstNeed) (local.get $number)))
          (i32.add (i32.load (call $at (global.get $firstWithin) (local.get $number))) (local.get $slack))
          (local.get $place))))
        (local.set $need (i32.add
          (call $at (global.get $needs) (i32.load (call $at (global.get $needsFrom) (local.get $number))))
          (i32.const 8)))
        (local.set $end (call $at (global.get $needs) (i32.load offset=4 (call $at (global.get $needsFrom) (local.get $number)))))
        (block $all
          (loop $further
            (br_if $all (i32.ge_u (local.get $need) (local.get $end)))
            (br_if $pattern (i32.eqz (call $isNear
              (i32.load (local.get $need))
              (i32.add (i32.load offset=4 (local.get $need)) (local.get $slack))
              (local.get $place))))
            (local.set $need (i32.add (local.get $need) (i32.const 8)))
            (br $further)))
        (local.set $last (i32.const 0))
        (if (i32.eq
              (i32.and
                (i32.load (call $at (global.get $lateLevels) (local.get $number)))
                (i32.load (call $at (global.get $groupOf) (local.get $number))))
              (i32.const -1))
          (then
            (local.set $last (call $follow
              (local.get $text)
              (i32.load (call $at (global.get $rowOf) (local.get $number)))
              (local.get $token)))
            (br_if $pattern (i32.eq (local.get $last) (i32.const -1)))
            (br_if $pattern (i32.eq (local.get $last) (local.get $token)))
            (if (i32.eq (local.get $last) (i32.const -2)) (then (local.set $last (i32.const 0))))))
        (i32.store (local.get $out) (local.get $number))
        (i32.store offset=4 (local.get $out) (local.get $token))
        (i32.store offset=8 (local.get $out) (local.get $last))
        (local.set $out (i32.add (local.get $out) (i32.const 12)))
        (br $pattern)))
    (local.get $out))

  ;; How many attempts the sentence of a text can have.
  (func $mostAttempts (param $text i32) (result i32)
    (local $token i32) (local $most i32) (local $slot i32) (local $word i32)
    (local.set $token (i32.load (local.get $text)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_s (local.get $token) (i32.load offset=4 (local.get $text))))
        (local.set $word (i32.load (call $at (i32.add (local.get $text) (global.get $wordsFrom)) (local.get $token))))
        (local.set $most (i32.add (local.get $most) (i32.sub (i32.load offset=12 (local.get $word)) (i32.load offset=8 (local.get $word)))))
        (local.set $slot (i32.load (call $at (i32.add (local.get $text) (global.get $slotsFrom)) (local.get $token))))
        (block $all
          (loop $each
            (br_if $all (i32.eqz (local.get $slot)))
            (local.set $word (i32.load (local.get $slot)))
            (local.set $most (i32.add (local.get $most) (i32.sub (i32.load offset=12 (local.get $word)) (i32.load offset=8 (local.get $word)))))
            (local.set $slot (i32.load offset=4 (local.get $slot)))
            (br $each)))
        (local.set $token (i32.add (local.get $token) (i32.const 1)))
        (br $next)))
    ;; Addresses count bytes.
    (i32.shr_u (local.get $most) (i32.const 1)))

  ;; Goes through the tokens of a text's sentence from the last one to the first one; $base is the number of the text's first token in the count of all texts.
  ;; A word, or what begins a slot, is an address at which stand, as addresses from and to: the features that are noted for patterns that begin here too, the
  ;; patterns that can begin with it, the features that are noted for those that begin before it; then the bits of features. Returns where the output ends, or -1 where
  ;; there may be no room for it.
  (func (export "find") (param $text i32) (param $base i32) (param $out i32) (result i32)
    (local $token i32) (local $place i32) (local $slack i32) (local $word i32) (local $first i32) (local $slot i32)
    (if (i32.gt_u (call $mostAttempts (local.get $text)) (global.get $mostFound)) (then (return (i32.const -1))))
    (local.set $token (i32.load offset=4 (local.get $text)))
    (block $done
      (loop $next
        (br_if $done (i32.le_s (local.get $token) (i32.load (local.get $text))))
        (local.set $token (i32.sub (local.get $token) (i32.const 1)))
        (local.set $place (i32.add (local.get $base) (local.get $token)))
        (local.set $slack (i32.add (local.get $slack) (i32.and
          (i32.shr_u
            (i32.load8_u (i32.add
              (i32.add (local.get $text) (global.get $softFrom))
              (i32.shr_u (local.get $token) (i32.const 3))))
            (i32.and (local.get $token) (i32.const 7)))
          (i32.const 1))))
        (i32.store (global.get $always) (local.get $place))
        (local.set $word (i32.load (call $at (i32.add (local.get $text) (global.get $wordsFrom)) (local.get $token))))
        (local.set $first (i32.load (call $at (i32.add (local.get $text) (global.get $slotsFrom)) (local.get $token))))
        (call $note (i32.load (local.get $word)) (i32.load offset=4 (local.get $word)) (local.get $place))
        (local.set $slot (local.get $first))
        (block $noted
          (loop $each
            (br_if $noted (i32.eqz (local.get $slot)))
            (call $note
              (i32.load (i32.load (local.get $slot)))
              (i32.load offset=4 (i32.load (local.get $slot)))
              (local.get $place))
            (local.set $slot (i32.load offset=4 (local.get $slot)))
            (br $each)))
        (local.set $slot (local.get $first))
        (block $tried
          (loop $each
            (br_if $tried (i32.eqz (local.get $slot)))
            (local.set $out (call $try
              (i32.load offset=8 (i32.load (local.get $slot)))
              (i32.load offset=12 (i32.load (local.get $slot)))
              (local.get $place) (local.get $slack) (local.get $text) (local.get $token) (local.get $out)))
            (local.set $slot (i32.load offset=4 (local.get $slot)))
            (br $each)))
        (local.set $out (call $try
          (i32.load offset=8 (local.get $word))
          (i32.load offset=12 (local.get $word))
          (local.get $place) (local.get $slack) (local.get $text) (local.get $token) (local.get $out)))
        (call $note (i32.load offset=16 (local.get $word)) (i32.load offset=20 (local.get $word)) (local.get $place))
        (local.set $slot (local.get $first))
        (block $noted
          (loop $each
            (br_if $noted (i32.eqz (local.get $slot)))
            (call $note
              (i32.load offset=16 (i32.load (local.get $slot)))
              (i32.load offset=20 (i32.load (local.get $slot)))
              (local.get $place))
            (local.set $slot (i32.load offset=4 (local.get $slot)))
            (br $each)))
        (br $next)))
    (local.get $out)))
