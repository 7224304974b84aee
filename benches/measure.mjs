// Measures the time of a call, in Node or in a browser.

const ROUNDS = 25;
const ROUND_MS = 20;

/** Microseconds a call, of every candidate of every task: the fastest round, which had the machine to itself. */
export function measure(tasks) {
  return tasks.map(({ name, inputs, candidates }) => {
    const rounds = Object.entries(candidates).map(([candidate, call]) => ({ candidate, call, times: [] }));
    for (const { call } of rounds) timeOf(call, inputs);
    // Round by round, so that a slow moment of the machine meets every candidate.
    for (let i = 0; i < ROUNDS; i += 1) for (const round of rounds) round.times.push(timeOf(round.call, inputs));
    return { name, results: rounds.map(({ candidate, times }) => ({ candidate, micros: Math.min(...times) })) };
  });
}

let sink = 0;

function timeOf(call, inputs) {
  let calls = 0;
  const start = performance.now();
  let elapsed = 0;
  while (elapsed < ROUND_MS) {
    for (let i = 0; i < 10; i += 1) for (const input of inputs) if (call(input)) sink += 1;
    calls += 10 * inputs.length;
    elapsed = performance.now() - start;
  }
  return (elapsed * 1000) / calls;
}
