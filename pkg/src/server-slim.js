// Validators and gateways for runtimes that do not compile wasm from bytes.
import load from 'efecty:glue/server';

export async function init(source) {
  await load({ module_or_path: source });
}

export * from 'efecty:exports/server';
