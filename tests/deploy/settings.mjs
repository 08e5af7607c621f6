// deploy/.env.example names what .env.example at the top does, which tests/tidy_test.cc holds to what the
// program reads.
import assert from 'node:assert/strict';
import { check } from '../clients/checks.mjs';
import { compose, text } from './files.mjs';

const setting = /\b(?:HERALD_[A-Z0-9_]*[A-Z0-9]|[A-Z]+(?:_LOGIN)?_(?:APP_ID|APP_SECRET|CLIENT_ID|CLIENT_KEY|CLIENT_SECRET|REDIRECT_URI|SCOPES_LEFT_OUT|OWNER))\b/g;
const named = (words) => new Set(words.match(setting));
// Of Compose, or of one role.
const beyond = ['HERALD_IMAGE', 'HERALD_MONGODB_URI', 'HERALD_GATEWAY_URL', 'HERALD_UPLOADER_URL'];

export async function judge() {
  const program = named(text('.env.example'));
  const example = text('deploy/.env.example');
  const here = named(example);

  await check('every variable is named', () => {
    assert.ok(program.size > 50, 'the settings are found');
    assert.deepEqual([...program].filter((name) => !here.has(name)), []);
  });
  await check('no variable is named that nothing reads', () => {
    const known = (name) => program.has(name) || beyond.includes(name);
    assert.deepEqual([...here].filter((name) => !known(name)), []);
    const set = Object.values(compose().services).flatMap((one) => Object.keys(one.environment ?? {}));
    const image = [...named(text('deploy/Dockerfile').replace(/^[^]*^ENV/m, ''))];
    const ours = [...set, ...image].filter((name) => name.startsWith('HERALD_'));
    assert.deepEqual(ours.filter((name) => !known(name)), []);
  });
  await check('a copy of it sets nothing, and no secret can be set in it', () => {
    for (const line of example.split('\n')) {
      assert.ok(line === '' || line.startsWith('#'), line);
      assert.doesNotMatch(line, /^#[A-Z0-9_]*(SECRET|KEYS|MONGODB_URI)[A-Z_]*=/);
    }
  });
}
