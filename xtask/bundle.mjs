// Bundles the entry points of the npm package: node bundle.mjs GLUE PACKAGE
//
// GLUE holds the wasm modules and what wasm-bindgen generated for them; PACKAGE/src is hand-written.
// The sources name the former by three schemes:
//   efecty:glue/NAME     the generated JavaScript, with the functions that load the module
//   efecty:exports/NAME  the module's own functions and nothing else, guarded against traps
//   efecty:wasm/NAME     a function that returns the module's bytes
import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { build, transform } from 'esbuild';

const [glue, out] = process.argv.slice(2).map(path => resolve(path));
const src = join(out, 'src');
const root = join(out, '..');

/** Published file -> source. */
const entries = {
  index: 'index.js',
  element: 'inlined.js',
  slim: 'slim.js',
  validators: 'validators.js',
  server: 'server.js',
  'server-slim': 'server-slim.js',
};

/** What the generated glue exports beside the module's own exports. */
const loading = new Set(['default', 'initSync', '__wbg_reset_state']);

/** Bytes that a script can only hold escaped; the character 256 further on stands for them. */
const escaped = new Set([...'\0\x07\b\n\v\f\r\x1b"\\'].map(character => character.charCodeAt(0)));

/** `bytes` in the notation of pkg/src/bytes.js. */
function asText(bytes) {
  return Array.from(bytes, byte => String.fromCharCode(escaped.has(byte) ? byte + 256 : byte)).join('');
}

const modules = {
  name: 'efecty',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^efecty:glue\// }, ({ path }) => {
      const name = path.split('/')[1];
      return { path: join(glue, name, `${name}.js`), sideEffects: false };
    });
    onResolve({ filter: /^efecty:exports\// }, ({ path }) => ({ path, namespace: 'exports' }));
    onLoad({ filter: /.*/, namespace: 'exports' }, async ({ path }) => {
      const name = path.split('/')[1];
      const exports = Object.keys(await import(pathToFileURL(join(glue, name, `${name}.js`))));
      const own = exports.filter(name => !loading.has(name));
      const contents = [
        `import * as glue from 'efecty:glue/${name}';`,
        `import { guard } from './guard.js';`,
        ...own.map(name => `export const ${name} = /* @__PURE__ */ guard(glue.__wbg_reset_state, glue.${name});`),
      ];
      return { contents: contents.join('\n'), resolveDir: src };
    });
    onResolve({ filter: /^efecty:wasm\// }, ({ path }) => ({ path, namespace: 'wasm' }));
    onLoad({ filter: /.*/, namespace: 'wasm' }, async ({ path }) => {
      const name = path.split('/')[1];
      const bytes = await readFile(join(glue, name, `${name}.wasm`));
      const call = `bytes(${JSON.stringify(asText(bytes))}, ${bytes.length})`;
      return { contents: `import { bytes } from './bytes.js'; export default () => ${call};`, resolveDir: src };
    });
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true });
      return { contents: code.trim(), loader: 'text' };
    });
  },
};

await build({
  entryPoints: Object.entries(entries).map(([out, source]) => ({ in: join(src, source), out })),
  outdir: out,
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  charset: 'utf8',
  minify: true,
  legalComments: 'none',
  plugins: [modules],
  logLevel: 'warning',
});

await copyFile(join(glue, 'checkout/checkout.wasm'), join(out, 'checkout.wasm'));
await copyFile(join(glue, 'server/server.wasm'), join(out, 'server.wasm'));

for (const file of ['LICENSE-APACHE', 'LICENSE-MIT']) await copyFile(join(root, file), join(out, file));
await writeFile(join(out, 'README.md'), withoutRelativeLinks(await readFile(join(root, 'README.md'), 'utf8')));
for (const file of await readdir(src)) {
  if (file.endsWith('.d.ts')) await copyFile(join(src, file), join(out, file));
}
for (const name of ['checkout', 'validators', 'server']) {
  const header = '// Generated from the Rust sources and their documentation.\n';
  const text = await readFile(join(glue, name, `${name}.d.ts`), 'utf8');
  await writeFile(join(out, `${name}.gen.d.ts`), header + text);
}

/** Names the files that links of the repository lead to: on npm there is nothing beside a README. */
function withoutRelativeLinks(markdown) {
  return markdown.replace(/\[([^\]]+)\]\((?!https:|#)([^)]+)\)/g, (_, text, path) => {
    const name = path.startsWith('pkg/') ? `\`${basename(path)}\`` : `\`${path}\``;
    return text.replaceAll('`', '') === path ? name : `${text}, ${name}`;
  });
}
