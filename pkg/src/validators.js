// The validators, with their wasm module inside.
import load from 'efecty:glue/validators';
import wasm from 'efecty:wasm/validators';

export function init() {
  ready = load({ module_or_path: wasm() }).then(() => {});
  // Awaiting `ready` still fails; a page that never awaits it is not to be ended by Node for that.
  ready.catch(() => {});
  return ready;
}

export let ready;
init();

export * from 'efecty:exports/validators';
