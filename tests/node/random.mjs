/** Chance that repeats itself: the same seed gives the same values. */
export function random(seed) {
  let state = seed >>> 0;
  // mulberry32
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (from, to) => from + Math.floor(next() * (to - from + 1));
  const pick = items => items[int(0, items.length - 1)];
  const text = (alphabet, length) => Array.from({ length }, () => pick([...alphabet])).join('');
  return { int, pick, text, digits: length => text('0123456789', length) };
}
