;; Finds in one sentence where patterns are worth trying: where what each cannot do without comes near enough behind a word that it can begin with. The same as
;; `AttemptFinder.findPlainly` does, ten times as fast while the engine's own code is not optimized yet. All numbers are 32 bits wide.
(module
  (import "attempts" "memory" (memory 1))
  ;; Where the rows of `LinkedPatterns` begin, in bytes.
  (import "attempts" "firstNeed" (global $firstNeed i32))
  (import "attempts" "firstWithin" (global $firstWithin i32))
  (import "attempts" "needs" (global $needs i32))
  (import "attempts" "needsFrom" (global $needsFrom i32))
  ;; By feature: the next token that has it.
  (import "attempts" "nextAt" (global $nextAt i32))
  ;; Where the feature that every token has stands in that row.
  (import "attempts" "always" (global $always i32))

  ;; The address of a number in a row.
  (func $at (param $row i32) (param $index i32) (result i32)
    (i32.add (local.get $row) (i32.shl (local.get $index) (i32.const 2))))

  ;; Notes that the features between two addresses come next at a place.
  (func $note (param $from i32) (param $to i32) (param $place i32)
    (block $done
      (loop $feature
        (br_if $done (i32.ge_u (local.get $from) (local.get $to)))
        (i32.store (call $at (global.get $nextAt) (i32.load (local.get $from))) (local.get $place))
        (local.set $from (i32.add (local.get $from) (i32.const 4)))
        (br $feature))))

  ;; Whether a feature comes within so many tokens behind a place. One that came before it is as far away as can be, since distances have no sign.
  (func $isNear (param $feature i32) (param $within i32) (param $place i32) (result i32)
    (i32.le_u
      (i32.sub (i32.load (call $at (global.get $nextAt) (local.get $feature))) (local.get $place))
      (local.get $within)))

  ;; Writes each pattern between two addresses, the last one first, with its place, where all its needs are near. Returns where the next one goes.
  (func $try (param $from i32) (param $to i32) (param $place i32) (param $slack i32) (param $out i32) (result i32)
    (local $number i32) (local $need i32) (local $end i32)
    (block $done
      (loop $pattern
        (br_if $done (i32.le_u (local.get $to) (local.get $from)))
        (local.set $to (i32.sub (local.get $to) (i32.const 4)))
        (local.set $number (i32.load (local.get $to)))
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
        (i32.store (local.get $out) (local.get $number))
        (i32.store offset=4 (local.get $out) (local.get $place))
        (local.set $out (i32.add (local.get $out) (i32.const 8)))
        (br $pattern)))
    (local.get $out))

  ;; Goes through tokens from a sentence's last one, which is at $place, to its first one. For each, $in holds twice how many rows it has, and one more where it
  ;; is a sign that is passed over; then where its rows are: its word's first. A row is how many features are noted for patterns that begin here too, how many
  ;; patterns can begin with it, how many features are noted for those that begin before it; then these. Returns where the output ends.
  (func (export "find") (param $in i32) (param $count i32) (param $place i32) (param $out i32) (result i32)
    (local $slack i32) (local $rows i32) (local $at i32) (local $row i32) (local $starts i32)
    (block $done
      (loop $token
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (local.set $slack (i32.add (local.get $slack) (i32.and (i32.load (local.get $in)) (i32.const 1))))
        (local.set $rows (call $at (i32.add (local.get $in) (i32.const 4)) (i32.shr_u (i32.load (local.get $in)) (i32.const 1))))
        (local.set $in (i32.add (local.get $in) (i32.const 4)))
        (i32.store (global.get $always) (local.get $place))
        (local.set $at (local.get $in))
        (loop $each
          (local.set $row (i32.load (local.get $at)))
          (local.set $starts (i32.add (local.get $row) (i32.const 12)))
          (call $note (local.get $starts) (call $at (local.get $starts) (i32.load (local.get $row))) (local.get $place))
          (br_if $each (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (local.get $rows))))
        (loop $each
          (local.set $row (i32.load (local.tee $at (i32.sub (local.get $at) (i32.const 4)))))
          (local.set $starts (call $at (i32.add (local.get $row) (i32.const 12)) (i32.load (local.get $row))))
          (local.set $out (call $try
            (local.get $starts)
            (call $at (local.get $starts) (i32.load offset=4 (local.get $row)))
            (local.get $place)
            (local.get $slack)
            (local.get $out)))
          (br_if $each (i32.gt_u (local.get $at) (local.get $in))))
        (loop $each
          (local.set $row (i32.load (local.get $at)))
          (local.set $starts (call $at
            (i32.add (local.get $row) (i32.const 12))
            (i32.add (i32.load (local.get $row)) (i32.load offset=4 (local.get $row)))))
          (call $note (local.get $starts) (call $at (local.get $starts) (i32.load offset=8 (local.get $row))) (local.get $place))
          (br_if $each (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (local.get $rows))))
        (local.set $in (local.get $rows))
        (local.set $place (i32.sub (local.get $place) (i32.const 1)))
        (br $token)))
    (local.get $out)))
