// What the image is made of, held to what the build and the built programs need. The image cannot be built
// here, but the machine that runs this is a Debian 12 with the same packages.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { check } from '../clients/checks.mjs';
import { root, text } from './files.mjs';

// In tools/packages.txt for other ends than building the two programs.
const notForTheImage = {
  ccache: 'repeated builds',
  chromium: 'tests in a browser',
  'clang-format-19': 'formatting',
  curl: 'run and the benchmarks',
  git: 'developing',
  'libbenchmark-dev': 'benchmarks',
  'libclang-rt-19-dev': 'sanitizers and fuzzing',
  'libgmock-dev': 'tests',
  'libgtest-dev': 'tests',
  'libyaml-cpp-dev': 'tests',
};
// In the image, though no program links them.
const byName = { 'ca-certificates': 'whom TLS trusts', tzdata: "the people's time zones" };
// debian:12-slim has them.
const inTheBase = ['libc6', 'libgcc-s1', 'libstdc++6', 'zlib1g'];
const baseBytes = 74.8e6; // debian:12-slim, as its registry says; what is installed of it here is 73 MB.
const imageBytesMax = 300e6;

const output = (program, ...words) =>
  execFileSync(program, words, {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
const lists = () =>
  [...text('deploy/Dockerfile').matchAll(/--no-install-recommends \\\n((?: {6}[a-z0-9.+-]+ \\\n)+)/g)].map(
    ([, block]) => block.trim().split(/\s*\\\n\s*/).map((name) => name.replace(/ \\$/, '')),
  );

function needed(program) {
  const names = [...output('readelf', '-d', program).matchAll(/\(NEEDED\).*\[(.*)\]/g)].map(([, n]) => n);
  const paths = new Map(
    [...output('ldd', program).matchAll(/^\s*(\S+) => (\S+) /gm)].map(([, name, path]) => [name, path]),
  );
  return names.filter((name) => paths.has(name)).map((name) => packageOf(paths.get(name)));
}

function packageOf(library) {
  for (const path of [realpathSync(library), library, library.replace(/^\/lib\//, '/usr/lib/')]) {
    try {
      return output('dpkg', '-S', path).split(':')[0];
    } catch {
      // Known by another of its names: /lib is a link on this system.
    }
  }
  throw new Error(`no package has ${library}`);
}

function installed() {
  const format = '${Package}\t${Priority}\t${Essential}\t${Pre-Depends}, ${Depends}\t${Provides}\n';
  const all = new Map();
  const provided = new Map();
  for (const line of output('dpkg-query', '-W', '-f', format).trim().split('\n')) {
    const [name, priority, essential, depends = '', provides = ''] = line.split('\t');
    all.set(name, { base: priority === 'required' || essential === 'yes', depends });
    for (const one of provides.split(',')) provided.set(one.trim().split(' ')[0], name);
  }
  return { all, provided };
}

function closure({ all, provided }, names) {
  const found = new Set();
  const left = [...names];
  while (left.length > 0) {
    const name = left.pop();
    if (found.has(name)) continue;
    assert.ok(all.has(name), `${name} is not installed here, so its size is not known`);
    found.add(name);
    for (const wish of all.get(name).depends.split(',')) {
      const ways = wish.split('|').map((way) => way.trim().split(/[ :]/)[0]);
      const met = ways.find((way) => all.has(way)) ?? provided.get(ways.find((way) => provided.has(way)));
      if (met) left.push(met);
    }
  }
  return found;
}

// Left out by debian:12-slim's own settings, and by ours.
function leftOut() {
  const ours = [...text('deploy/left_out.cfg').matchAll(/^path-exclude=(.*)$/gm)].map(([, path]) => path);
  const slim = ['/usr/share/doc/*', '/usr/share/man/*', '/usr/share/locale/*', '/usr/share/info/*',
    '/usr/share/lintian/*', '/usr/share/linda/*', '/usr/share/groff/*'];
  const pattern = (path) => new RegExp(`^${path.replace(/[.+]/g, '\\$&').replaceAll('*', '.*')}$`);
  return { ours, patterns: [...slim, ...ours].map(pattern) };
}

function bytesOf(names, patterns) {
  let bytes = 0;
  const lists_ = new Set(readdirSync('/var/lib/dpkg/info'));
  for (const name of names) {
    const file = [`${name}.list`, `${name}:amd64.list`, `${name}:arm64.list`].find((one) => lists_.has(one));
    for (const path of readFileSync(`/var/lib/dpkg/info/${file}`, 'utf8').trim().split('\n')) {
      if (patterns.some((one) => one.test(path))) continue;
      const info = existsSync(path) && lstatSync(path);
      if (info && info.isFile()) bytes += info.size;
    }
  }
  return bytes;
}

function folderBytes(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .reduce((sum, one) => sum + lstatSync(`${one.parentPath ?? one.path}/${one.name}`).size, 0);
}

// What a stage copies from the project: [sources, where to].
function copied(stage) {
  const lines = text('deploy/Dockerfile').split(/^FROM .*$/m)[stage + 1].match(/^COPY (?!--from).*$/gm);
  return lines.map((line) => line.split(' ').slice(1)).map((words) => [words.slice(0, -1), words.at(-1)]);
}

// Puts what the stage copies into an empty folder and lets CMake look for all that the programs are made
// of.
function planBuild() {
  const folder = mkdtempSync(`${tmpdir()}/herald-build-`);
  try {
    for (const [sources, target] of copied(1)) {
      for (const source of sources) {
        const place = target === './' ? `${folder}/${source}` : `${folder}/${target}`;
        cpSync(`${root}/${source}`, place, { recursive: true });
      }
    }
    const inside = { cwd: folder, encoding: 'utf8', stdio: 'pipe', maxBuffer: 64 << 20 };
    execFileSync('cmake', ['--preset', 'release'], inside);
    return execFileSync('ninja', ['-C', 'build/release', '-t', 'commands', 'herald', 'herald-probe'], inside);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function judge() {
  const [build, run] = lists();
  const release = process.env.HERALD_RELEASE ?? `${root}/build/release/src`;
  const programs = [`${release}/herald`, `${release}/herald-probe`];

  await check('the build stage has what tools/packages.txt has for building, and no more', () => {
    const all = text('tools/packages.txt').trim().split('\n');
    assert.deepEqual(build, all.filter((name) => !(name in notForTheImage)));
    assert.deepEqual(Object.keys(notForTheImage).filter((name) => !all.includes(name)), []);
  });
  await check('whatever is copied is there, and is let into the build', () => {
    const let_in = text('deploy/Dockerfile.dockerignore').match(/^!.*$/gm).map((line) => line.slice(1));
    const sources = [0, 1, 2].flatMap(copied).flatMap(([names]) => names);
    assert.ok(sources.length > 10);
    for (const source of sources) {
      assert.ok(existsSync(`${root}/${source}`), `${source} is not there`);
      assert.ok(let_in.some((one) => source === one || source.startsWith(`${one}/`)), `${source} is kept out`);
    }
  });
  await check('the build stage copies every file that the build asks for', () => {
    assert.match(planBuild(), / -o src\/herald-probe [^]* -o src\/herald /);
  });
  await check('the image has every package that the programs are linked with', () => {
    const wanted = new Set(programs.flatMap(needed));
    const missing = [...wanted].filter((name) => !run.includes(name) && !inTheBase.includes(name));
    assert.deepEqual(missing, []);
  });
  await check('the image names no package that the programs do without', () => {
    const wanted = new Set([...programs.flatMap(needed), ...Object.keys(byName)]);
    assert.deepEqual(run.filter((name) => !wanted.has(name)), []);
    assert.deepEqual(run, [...run].sort());
  });
  const { ours, patterns } = leftOut();
  await check('nothing that is left out is linked by a program or by one of its libraries', () => {
    const linked = programs.flatMap((one) => [...output('ldd', one).matchAll(/=> (\S+) /g)].map(([, p]) => p));
    const all = linked.flatMap((path) => [path, path.replace(/^\/lib\//, '/usr/lib/'), realpathSync(path)]);
    assert.ok(all.length > 300);
    assert.deepEqual(all.filter((path) => patterns.some((one) => one.test(path))), []);
    assert.ok(ours.length > 0);
  });
  await check('the image stays under 300 MB', () => {
    const here = installed();
    const base = closure(here, [...here.all].filter(([, one]) => one.base).map(([name]) => name).concat('apt'));
    const added = [...closure(here, run)].filter((name) => !base.has(name));
    const libraries = bytesOf(added, patterns);
    const ourPrograms = programs.reduce((sum, one) => {
      output('strip', '-o', `${root}/build/stripped`, one);
      return sum + lstatSync(`${root}/build/stripped`).size;
    }, 0);
    const bytes = baseBytes + libraries + ourPrograms + folderBytes(`${root}/web/dist`);
    const mb = (count) => `${(count / 1e6).toFixed(1)} MB`;
    console.log(`      image: ${mb(bytes)} = base ${mb(baseBytes)}, ${added.length} packages ${mb(libraries)}, ` +
      `programs ${mb(ourPrograms)}, web app ${mb(folderBytes(`${root}/web/dist`))}`);
    assert.ok(bytes < imageBytesMax, mb(bytes));
  });
}
