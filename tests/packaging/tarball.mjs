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

/** A new directory, removed when the process ends. */
export function temporaryDirectory() {
  const directory = mkdtempSync(join(tmpdir(), 'efecty-checkout-'));
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Packs the package: the tarball's path and the paths of the files in it. */
export function pack() {
  const destination = temporaryDirectory();
  const output = run(join(root, 'pkg'), 'npm', 'pack', '--json', '--pack-destination', destination);
  const [{ filename, files }] = JSON.parse(output);
  return { path: join(destination, filename), files: files.map(({ path }) => path).sort() };
}

/** Copies the app `name` out of this repository and installs the tarball in it. */
export function install(name) {
  const directory = temporaryDirectory();
  if (name) cpSync(new URL(`apps/${name}`, import.meta.url), directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), '{ "private": true, "type": "module" }');
  run(directory, 'npm', 'install', '--offline', '--no-audit', '--no-fund', pack().path);
  return directory;
}
