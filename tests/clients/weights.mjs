// X's own library, npm's twitter-text, judges how Herald counts texts:
//
//     npm ci && node weights.mjs ../../build/dev/tests/herald-weigh [seed]
//
// Random texts of all that matters: links of every kind, emoji and parts of emoji, marks that join
// their letters, alphabets of either weight. Deterministic by its seed, which is printed.

import { spawnSync } from 'node:child_process';
import twitterText from 'twitter-text';

const program = process.argv[2];
if (!program) {
  console.error('usage: node weights.mjs <herald-weigh> [seed]');
  process.exit(2);
}
const seed = Number(process.argv[3] ?? 20261122);
console.log(`seed ${seed}`);

// mulberry32
let state = seed >>> 0;
function chance() {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = state;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}
const below = (n) => Math.floor(chance() * n);
const one = (list) => list[below(list.length)];
const some = (most, make) => Array.from({ length: below(most + 1) }, make).join('');
const point = (from, to) => {
  for (;;) {
    const code = from + below(to - from + 1);
    if (code < 0xd800 || code > 0xdfff) return String.fromCodePoint(code);
  }
};

const marks = [...'\u0300\u0301\u0308\u0323\u0327\u0328\u0345\u3099\u093c\u05b0\u0315'];
const people = [...'\u{1f468}\u{1f469}\u{1f466}\u{1f467}\u{1f46e}\u{1f3c3}\u{1f575}\u{1f44d}\u270c\u26f9'];
const joiners = [...'\u200d\u200d\ufe0f\ufe0e\u{1f3fb}\u{1f3ff}\u2640\u2642\u2695\u2764\u20e3\u{1f33e}'];
const flags = () => point(0x1f1e6, 0x1f1ff);
const ends = ['com', 'co', 'jp', 'org', 'COM', 'co.uk', 'рф', 'РФ', '中国', 'भारतम्', 'xn--p1ai', 'xn--',
  'invalid', 'c', 'comx', 'com-', 'com@', 'community', 'みんな', 'გე', 'VERMÖGENSBERATER'];
const letters = [...'abcxyzABC0189-_'];
const strange = [...'éßñŁİıſKαιБя日本ก한\u{20021}\u{1f600}\u200e\u202a\u00ad~`"\u0001\u3002\uff0e'];
const label = () => one([() => some(8, () => one(letters)), () => some(4, () => one(strange)),
  () => some(5, () => one([...letters, ...strange])), () => 'a'.repeat(60 + below(6)),
  () => 'é'.repeat(50 + below(12)), () => one(['t', 'www', 'xn--a', 'twitter', 'a_b', '-a', 'a-'])])();
const pathPart = () => one([() => some(6, () => one(letters)), () => one([...'/.,;:!?()@#$%&=+*\'~|[]_-–']),
  () => one(['(film)', '(a_(b)_c)', '((', '))', '@user/', '/@x', '%20', '(', ')']), () => one(strange)])();
const link = () => one(['', '', 'http://', 'https://', 'HTTP://', 'ftp://', '//', '@', '#', '$', '.', '-'])
  + some(2, () => label() + '.') + label() + '.' + one(ends)
  + one(['', '', '', ':80', ':', '.']) + one(['', '', '/' + some(5, pathPart)])
  + one(['', '', '?' + some(5, pathPart)]);
const short = () => `http${one(['', 's'])}://t.co/${some(45, () => one(letters))}${one(['', '?a=1', '/x', '.'])}`;
const hangul = () => point(0x1100, 0x1112) + one(['', point(0x1161, 0x1175)]) + one(['', point(0x11a8, 0x11c2)]);
const piece = () => one([
  link, link, link, short,
  () => some(3, () => one(people) + some(4, () => one([...joiners, ...people]))),
  () => flags() + one(['', flags()]),
  () => one([...'#*059']) + one(['', '\ufe0f']) + one(['', '\u20e3']),
  () => point(0x20, 0x24f) + some(3, () => one(marks)),
  () => point(0x1e00, 0x1fff) + some(2, () => one(marks)), hangul,
  () => point(0x2000, 0x2bff), () => point(0x1f000, 0x1faff), () => point(0x300, 0x1fff),
  () => point(0x3000, 0xffff), () => point(0x10000, 0x2fa1d),
  () => one([' ', ' ', '\n', '.', '/', '@', '_', '-', ',', '(', '…', '—', '"']),
])();

// What changes with the version of Unicode that Node brings is not ours to judge: normal forms of
// characters that Unicode 15.0 does not have.
const known = (text) => [...text].every((c) => !/\p{Cn}/u.test(c));

const texts = ['', 'Hi http://test.co', 'http://t.co/abc#x', '\u{1f600}b.com', '@\u{1f600}.com?a.com'];
while (texts.length < 20000) {
  const text = some(6, piece);
  if (known(text)) texts.push(text);
}
const asked = texts.map((text) => Buffer.from(text, 'utf8').toString('hex')).join('\n') + '\n';
const run = spawnSync(program, { input: asked, encoding: 'utf8', maxBuffer: 1 << 28 });
if (run.status !== 0) {
  console.error(run.error ?? run.stderr);
  process.exit(1);
}
const heard = run.stdout.trim().split('\n').map(Number);

let wrong = heard.length === texts.length ? 0 : 1;
texts.forEach((text, i) => {
  const expected = twitterText.parseTweet(text).weightedLength;
  if (heard[i] === expected) return;
  wrong += 1;
  if (wrong <= 10) console.log(`FAIL  ${JSON.stringify(text)}: X ${expected}, Herald ${heard[i]}`);
});
console.log(wrong === 0 ? `ok    ${texts.length} texts are as long as X says` : `${wrong} differ`);
console.log(wrong === 0 ? '1 passed, 0 failed' : '0 passed, 1 failed');
process.exit(wrong === 0 ? 0 : 1);
