// The widely used client library masto.js judges the sandbox's side of Mastodon:
//
//     npm ci && node mastodon.mjs http://127.0.0.1:8099
//
// The library is as npm has it and asks https://mastodon.example/...; the one thing changed is
// where that leads: Node's own fetch, which it calls, goes to <sandbox>/mastodon.example/... What
// the library has no call for, the consent page, is asked for directly. Prints a line per check;
// exits 1 on any disagreement.

import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createOAuthAPIClient, createRestAPIClient, MastoHttpError } from 'masto';
import { check, conclude } from './checks.mjs';

const sandbox = (process.argv[2] ?? '').replace(/\/$/, '');
if (!/^https?:\/\//.test(sandbox)) {
  console.error('usage: node mastodon.mjs <sandbox base url>');
  process.exit(2);
}

const url = 'https://mastodon.example';
const callback = 'http://127.0.0.1:45454/callback';
const app = { clientId: 'sandbox-mastodon-client', clientSecret: 'sandbox-mastodon-secret' };
const scope = 'read:accounts read:statuses write:media write:statuses';
const samples = new URL('../../samples/', import.meta.url);
const run = randomUUID().slice(0, 8);  // So that no run looks at another run's posts.

const led = (address) => address.replace(/^https:\/\//, `${sandbox}/`);
const unled = globalThis.fetch;
globalThis.fetch = (request, init) =>
  request instanceof Request && request.url.startsWith(url)
    ? unled(new Request(led(request.url), request), init)
    : unled(request, init);

// What the instance refuses with; fails when the call is not refused.
async function refusal(act) {
  try {
    await act();
  } catch (error) {
    assert.ok(error instanceof MastoHttpError, String(error));
    return error;
  }
  throw new assert.AssertionError({ message: 'the call was not refused' });
}

async function control(verb, body = {}) {
  const answer = await unled(`${sandbox}/_sandbox/${verb}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  assert.ok(answer.ok, `${verb}: ${answer.status}`);
}

const seen = async (text) => {
  const { entries } = await (await unled(`${sandbox}/_sandbox/ledger`)).json();
  return entries.filter((entry) => entry.platform === 'mastodon' && entry.text === text);
};

const oauth = createOAuthAPIClient({ url });
const verifier = randomUUID() + randomUUID();

function authUrl(changes = {}) {
  return `${url}/oauth/authorize?${new URLSearchParams({
    response_type: 'code', client_id: app.clientId, redirect_uri: callback, scope,
    state: 'a b&c', force_login: 'true', code_challenge_method: 'S256',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'), ...changes,
  })}`;
}

// Opens the consent page, presses one of its buttons, and returns where that leads.
async function decide(decision = 'allow', account = 'bluebakery') {
  const page = await unled(led(authUrl()));
  assert.equal(page.status, 200);
  assert.match(await page.text(), /would like permission to access your account/);
  const answer = await unled(led(authUrl()), {
    method: 'POST', body: new URLSearchParams({ decision, account }), redirect: 'manual',
  });
  assert.equal(answer.status, 302);
  return new URL(answer.headers.get('location'));
}

async function connect(account = 'bluebakery') {
  const back = await decide('allow', account);
  assert.equal(back.searchParams.get('state'), 'a b&c');
  return oauth.token.create({
    ...app, grantType: 'authorization_code', redirectUri: callback,
    code: back.searchParams.get('code'), codeVerifier: verifier,
  });
}

const blob = async (name, type) => new Blob([await readFile(new URL(name, samples))], { type });

// Moves the sandbox's clock on while the library polls a medium once a second.
async function processed(upload) {
  const timer = setInterval(() => control('clock', { advance_ms: 8000 }), 300);
  try {
    return await upload;
  } finally {
    clearInterval(timer);
  }
}

let token;
let client;
let me;

await check('a person who declines comes back with access_denied', async () => {
  const back = await decide('deny');
  assert.equal(back.searchParams.get('error'), 'access_denied');
  assert.equal(back.searchParams.get('state'), 'a b&c');
});

await check('what is wrong with the address stays on the instance', async () => {
  for (const changes of [{ redirect_uri: 'https://evil.example/' }, { scope: 'push' },
    { code_challenge_method: 'plain' }]) {
    const page = await unled(led(authUrl(changes)), { redirect: 'manual' });
    assert.equal(page.status, 400);
    assert.equal(page.headers.get('location'), null);
  }
});

await check('consent with PKCE ends in a token that never expires', async () => {
  token = await connect();
  assert.equal(token.tokenType, 'Bearer');
  assert.equal(token.scope, scope);
  assert.equal(token.expiresIn, undefined);
  assert.equal((await connect()).accessToken, token.accessToken);
  client = createRestAPIClient({ url, accessToken: token.accessToken });
});

await check('a code works once, a wrong verifier never', async () => {
  const back = await decide();
  const given = { ...app, grantType: 'authorization_code', redirectUri: callback,
    code: back.searchParams.get('code') };
  const wrong = await refusal(
    () => oauth.token.create({ ...given, codeVerifier: 'x'.repeat(64) }));
  assert.equal(wrong.statusCode, 400);
  assert.equal(wrong.message, 'invalid_grant');
  await oauth.token.create({ ...given, codeVerifier: verifier });
  await refusal(() => oauth.token.create({ ...given, codeVerifier: verifier }));
});

await check('the account and the app are known', async () => {
  me = await client.v1.accounts.verifyCredentials();
  assert.equal(me.username, 'bluebakery');
  assert.equal(me.source.privacy, 'public');
  assert.equal((await client.v1.accounts.$select(me.id).fetch()).displayName, 'Blue Bakery');
  assert.equal((await client.v1.apps.verifyCredentials()).name, 'Herald Demo');
});

await check('the instance tells its limits', async () => {
  const { configuration } = await createRestAPIClient({ url }).v2.instance.fetch();
  assert.equal(configuration.statuses.maxCharacters, 500);
  assert.equal(configuration.mediaAttachments.videoSizeLimit, 103809024);
  assert.ok(configuration.mediaAttachments.supportedMimeTypes.includes('image/webp'));
});

await check('an app registers itself', async () => {
  const made = await createRestAPIClient({ url }).v1.apps.create({
    clientName: `Judge ${run}`, redirectUris: callback, scopes: 'read:accounts' });
  assert.ok(made.clientId && made.clientSecret);
  const own = await oauth.token.create({
    clientId: made.clientId, clientSecret: made.clientSecret, redirectUri: callback,
    grantType: 'client_credentials', scope: 'read:accounts' });
  const alone = createRestAPIClient({ url, accessToken: own.accessToken });
  assert.equal((await refusal(() => alone.v1.accounts.verifyCredentials())).statusCode, 422);
});

await check('a text is posted once, however often its key comes', async () => {
  const text = `Fresh bread ${run}`;
  const post = () => client.v1.statuses.create({ status: text, visibility: 'public' },
    { requestInit: { headers: { 'Idempotency-Key': `text-${run}` } } });
  const first = await post();
  assert.equal(first.content, `<p>${text}</p>`);
  assert.equal(first.application.name, 'Herald Demo');
  assert.equal((await post()).id, first.id);
  const entries = await seen(text);
  assert.equal(entries.length, 1);
  assert.equal(entries[0].link, first.url);
  const page = await unled(led(first.url));
  assert.ok((await page.text()).includes(text));
});

await check('a thread hangs together and can be read back', async () => {
  const first = await client.v1.statuses.create({ status: `One ${run}` });
  const second = await client.v1.statuses.create(
    { status: `Two ${run}`, inReplyToId: first.id, spoilerText: 'CW', language: 'de' });
  assert.equal(second.inReplyToId, first.id);
  assert.equal(second.sensitive, true);
  const source = await client.v1.statuses.$select(second.id).source.fetch();
  assert.deepEqual([source.text, source.spoilerText], [`Two ${run}`, 'CW']);
  const both = await client.v1.statuses.list({ id: [first.id, second.id, '1'] });
  assert.equal(both.length, 2);
});

await check('pictures are uploaded and posted in their order', async () => {
  const one = await client.v2.media.create({
    file: await blob('photo.jpg', 'image/jpeg'), description: 'Bread', focus: '-0.5,0.25' });
  const two = await client.v2.media.create({ file: await blob('photo.jpg', 'image/jpeg') });
  assert.equal(one.description, 'Bread');
  assert.equal(one.meta.focus.x, -0.5);
  const changed = await client.v1.media.$select(two.id).update({ description: 'More bread' });
  assert.equal(changed.description, 'More bread');
  const post = await client.v1.statuses.create(
    { status: `Look ${run}`, mediaIds: [two.id, one.id] });
  assert.deepEqual(post.mediaAttachments.map((medium) => medium.id), [two.id, one.id]);
  assert.equal((await seen(`Look ${run}`))[0].media.length, 2);
  const again = await refusal(() => client.v1.statuses.create({ status: 'x', mediaIds: [one.id] }));
  assert.match(again.message, /not found or already attached/);
});

await check('a film is waited for and posted', async () => {
  const film = await processed(
    client.v2.media.create({ file: await blob('video.mp4', 'video/mp4') }));
  assert.equal(film.type, 'video');
  assert.ok(film.url);
  const post = await client.v1.statuses.create({ status: `Film ${run}`, mediaIds: [film.id] });
  assert.equal(post.mediaAttachments[0].type, 'video');
});

await check('a poll and a quotation', async () => {
  const poll = await client.v1.statuses.create({
    status: `Rye or wheat? ${run}`, poll: { options: ['Rye', 'Wheat'], expiresIn: 3600 } });
  assert.deepEqual(poll.poll.options.map((option) => option.title), ['Rye', 'Wheat']);
  const quoting = await client.v1.statuses.create(
    { status: `Please vote ${run}`, quotedStatusId: poll.id });
  assert.equal(quoting.quote.state, 'accepted');
  assert.equal(quoting.quote.quotedStatus.id, poll.id);
});

await check('the account\'s posts come in pages', async () => {
  const ids = [];
  let pages = 0;
  for await (const page of client.v1.accounts.$select(me.id).statuses.list({ limit: 3 })) {
    ids.push(...page.map((status) => status.id));
    pages += 1;
    if (pages === 2) break;
  }
  assert.equal(ids.length, 6);
  assert.deepEqual(ids, ids.toSorted().reverse());
});

await check('errors carry what the instance says', async () => {
  const blank = await refusal(() => client.v1.statuses.create({ status: ' ' }));
  assert.equal(blank.statusCode, 422);
  assert.equal(blank.message, 'Validation failed: Text can\'t be blank');
  const long = await refusal(() => client.v1.statuses.create({ status: 'a'.repeat(501) }));
  assert.match(long.message, /limit of 500/);
  const gone = await refusal(() => client.v1.statuses.$select('1').fetch());
  assert.equal(gone.statusCode, 404);
  const file = new Blob(['no picture'], { type: 'image/png' });
  assert.equal((await refusal(() => client.v2.media.create({ file }))).statusCode, 422);
});

await check('what the limits allow is used up', async () => {
  let refused;
  for (let i = 0; i < 31 && !refused; i += 1)
    refused = await client.v1.statuses.$select('1').remove().catch(
      (error) => (error.statusCode === 429 ? error : undefined));
  assert.equal(refused?.message, 'Too many requests');
  await control('clock', { advance_ms: 30 * 60 * 1000 });
});

await check('a deleted post gives its text back', async () => {
  const post = await client.v1.statuses.create({ status: `Oops ${run}` });
  const removed = await client.v1.statuses.$select(post.id).remove();
  assert.equal(removed.text, `Oops ${run}`);
  assert.equal((await refusal(() => client.v1.statuses.$select(post.id).fetch())).statusCode, 404);
  assert.deepEqual((await seen(`Oops ${run}`)).map((entry) => entry.event), ['post', 'removed']);
});

await check('a token that was given back is revoked', async () => {
  await oauth.revoke({ ...app, token: token.accessToken });
  const refused = await refusal(() => client.v1.accounts.verifyCredentials());
  assert.equal(refused.statusCode, 401);
  assert.equal(refused.message, 'The access token was revoked');
});

conclude();
