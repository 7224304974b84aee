// Runs the shared table against a build of the validators, in Node or in a browser.
import { codeOf, strangeCalls } from './arguments.mjs';

/** What a call answers, as JSON text to compare to the letter. */
export function answerOf(validators, { call, with: given }) {
  try {
    return JSON.stringify(validators[call](...given) ?? null);
  } catch (error) {
    return JSON.stringify({ throws: error.code });
  }
}

/** The cases whose answer differs from the one that Rust wrote, and how many there are. */
export function compare(validators, cases, answers) {
  const wrong = [];
  cases.forEach((one, i) => {
    const expected = JSON.stringify(answers[i]);
    const found = answerOf(validators, one);
    if (found !== expected) wrong.push({ case: JSON.stringify(one), expected, found });
  });
  return { count: cases.length, wrong };
}

/** The strange calls that do not end as they should, and how many there are. */
export function compareStrange(validators) {
  const wrong = [];
  const calls = strangeCalls(validators);
  calls.forEach(({ name, code, call }, i) => {
    const found = codeOf(call);
    if (found !== code) wrong.push({ i, name, expected: code, found });
  });
  return { count: calls.length, wrong };
}
