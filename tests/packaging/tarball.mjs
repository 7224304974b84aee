// The package as npm would publish it, and as an app would install it.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Runs a program in `directory` and returns what it prints; its errors are in the exception's message. */
export function run(directory, program, ...args) {
  return execFileSync(program, args, { cwd: directory, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Where everything of this process is, removed when it ends. */
const temporary = mkdtempSync(join(tmpdir(), 'efecty-checkout-'));
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }));

/** The package, packed once: the tarball's path and the paths of the files in it. */
export const tarball = pack();

function pack() {
  const output = run(join(root, 'pkg'), 'npm', 'pack', '--json', '--pack-destination', temporary);
  const [{ filename, files }] = JSON.parse(output);
  return { path: join(temporary, filename), files: files.map(({ path }) => path).sort() };
}

/** Copies the app `name` out of this repository and installs the tarball in it. */
export function install(name) {
  const directory = mkdtempSync(join(temporary, 'app-'));
  if (name) cpSync(new URL(`apps/${name}`, import.meta.url), directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), '{ "private": true, "type": "module" }');
  run(directory, 'npm', 'install', '--offline', '--no-audit', '--no-fund', tarball.path);
  return directory;
}
