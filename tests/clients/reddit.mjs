// The widely used client library snoowrap judges the sandbox's side of Reddit:
//
//     npm ci && node reddit.mjs http://127.0.0.1:8099
//
// The library is as npm has it and asks https://oauth.reddit.com/...; the one thing changed is where
// that leads: Node's own agent for https connects to the sandbox and leaves the request as it is.
// (The sandbox knows the platform by the Host header.) What the library has no call for, uploads
// and galleries, goes through its oauthRequest. Prints a line per check; exits 1 on any
// disagreement.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import https from 'node:https';
import Snoowrap from 'snoowrap';
import { Led } from './led.mjs';
import { check, conclude } from './checks.mjs';

const sandbox = (process.argv[2] ?? '').replace(/\/$/, '');
if (!/^https?:\/\//.test(sandbox)) {
  console.error('usage: node reddit.mjs <sandbox base url>');
  process.exit(2);
}

const redirectUri = 'http://127.0.0.1:45454/callback';
const scope = ['identity', 'read', 'submit', 'flair', 'history', 'edit', 'mysubreddits'];
const app = {
  clientId: 'sandbox-reddit-client', clientSecret: 'sandbox-reddit-secret',
  userAgent: 'linux:herald-clients:1.0 (by /u/bluebakery)',
};
const samples = new URL('../../samples/', import.meta.url);
const run = randomUUID().slice(0, 8);  // So that no run posts another run's titles.

async function refusal(act) {
  try {
    await act();
  } catch (error) {
    return error;
  }
  throw new assert.AssertionError({ message: 'the call was not refused' });
}

https.globalAgent = new Led(sandbox);

const led = (url) => `${sandbox}/${url.replace(/^https:\/\//, '')}`;
const control = async (verb, body = {}) => {
  const answer = await fetch(`${sandbox}/_sandbox/${verb}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  assert.ok(answer.ok, `${verb}: ${answer.status}`);
};
const seen = async (title) => {
  const { entries } = await (await fetch(`${sandbox}/_sandbox/ledger`)).json();
  return entries.filter((entry) => entry.platform === 'reddit' && entry.title === title);
};

// Opens the consent page, presses one of its buttons, and returns where that leads.
async function decide(url, decision = 'allow', account = 'bluebakery') {
  const page = await fetch(led(url));
  assert.equal(page.status, 200);
  assert.match(await page.text(), /would like to connect with your reddit account/);
  const answer = await fetch(led(url), {
    method: 'POST', body: new URLSearchParams({ decision, account }), redirect: 'manual',
  });
  assert.equal(answer.status, 302);
  return new URL(answer.headers.get('location'));
}

const authUrl = (permanent = true) => Snoowrap.getAuthUrl(
  { clientId: app.clientId, scope, redirectUri, permanent, state: 'a b&c' });

async function connect(account = 'bluebakery') {
  const back = await decide(authUrl(), 'allow', account);
  assert.equal(back.searchParams.get('state'), 'a b&c');
  assert.equal(back.hash, '#_');
  const client = await Snoowrap.fromAuthCode(
    { ...app, code: back.searchParams.get('code'), redirectUri });
  client.config({ maxRetryAttempts: 1 });
  return client;
}

const r = await connect();
const submit = (title, rest = {}) => r.submitSelfpost(
  { subredditName: 'breadlab', title: `${title} ${run}`, text: 'It rises.', ...rest });

// Leases a place, uploads a sample there and returns the lease.
async function upload(name, mimetype) {
  const lease = await r.oauthRequest(
    { method: 'post', uri: 'api/media/asset.json', form: { filepath: name, mimetype } });
  const form = new FormData();
  for (const field of lease.args.fields) form.append(field.name, field.value);
  form.append('file', new Blob([await readFile(new URL(name, samples))]), name);
  const url = `https:${lease.args.action}`;
  const answer = await fetch(led(url), { method: 'POST', body: form });
  assert.equal(answer.status, 201, await answer.text());
  const key = lease.args.fields.find((field) => field.name === 'key').value;
  return { id: lease.asset.asset_id, url: `${url}/${key}` };
}

const submitMedia = (title, form) => r.oauthRequest({
  method: 'post',
  uri: 'api/submit',
  form: { api_type: 'json', sr: 'breadlab', title: `${title} ${run}`, ...form },
});

await check('a person who declines comes back with access_denied', async () => {
  const back = await decide(authUrl(), 'decline');
  assert.equal(back.searchParams.get('error'), 'access_denied');
});

await check('a code works once: the second time there is an error inside a 200', async () => {
  const code = (await decide(authUrl())).searchParams.get('code');
  await Snoowrap.fromAuthCode({ ...app, code, redirectUri });
  const again = await refusal(() => Snoowrap.fromAuthCode({ ...app, code, redirectUri }));
  assert.match(again.message, /invalid_grant/);
});

await check('the token is renewed with the refresh token', async () => {
  const before = r.accessToken;
  r.accessToken = null;
  await r.updateAccessToken();
  assert.ok(r.accessToken && r.accessToken !== before);
  assert.deepEqual(r.scope, scope.toSorted());
});

await check('me knows the account', async () => {
  const me = await r.getMe();
  assert.equal(me.name, 'bluebakery');
  assert.equal(typeof me.link_karma, 'number');
});

await check('the library reads the limits from the headers', async () => {
  await r.getMe();
  assert.ok(r.ratelimitRemaining > 0 && r.ratelimitRemaining < 1000);
});

await check('a text is posted, seen once, and read back', async () => {
  const post = await submit('Day 3 & more').fetch();
  assert.equal(post.title, `Day 3 & more ${run}`);
  assert.equal(post.selftext, 'It rises.');
  assert.equal(post.author.name, 'bluebakery');
  assert.equal((await seen(post.title)).length, 1);
});

await check('NSFW, spoiler and flair', async () => {
  const [flair] = (await r.getSubreddit('breadlab').getLinkFlairTemplates())
    .filter(({ flair_text }) => flair_text === 'Recipe');
  const post = await submit('Marked',
    { nsfw: true, spoiler: true, flairId: flair.flair_template_id }).fetch();
  assert.equal(post.over_18, true);
  assert.equal(post.spoiler, true);
  assert.equal(post.link_flair_text, 'Recipe');
});

await check('a link is posted, and not twice', async () => {
  const url = `https://bakery.example.com/${run}`;
  const link = { subredditName: 'breadlab', title: `A link ${run}`, url, resubmit: false };
  assert.equal((await r.submitLink(link).fetch()).url, url);
  assert.match((await refusal(() => r.submitLink(link))).message, /ALREADY_SUB/);
  assert.equal((await seen(`A link ${run}`)).length, 1);
});

await check('refusals come as triples', async () => {
  const said = async (rest) => (await refusal(() => submit('x', rest))).message;
  assert.match(await said({ subredditName: 'nowhere' }), /^SUBREDDIT_NOEXIST,/);
  assert.match(await said({ subredditName: 'BakingNews' }), /^NO_SELFS,/);
  assert.match(await said({ title: '' }), /^NO_TEXT,/);
  assert.match(await said({ title: 'a'.repeat(301) }), /^TOO_LONG,/);
  assert.match(await said({ subredditName: 'CakeClub' }), /^SUBMIT_VALIDATION_FLAIR_REQUIRED,/);
});

await check('a requirement that is asked for is a 400', async () => {
  const error = await refusal(() => submit('A giveaway of cakes',
    { subredditName: 'CakeClub', validate_on_submit: true }));
  assert.equal(error.statusCode, 400);
  assert.equal(error.error.reason, 'SUBMIT_VALIDATION_TITLE_BLACKLISTED_STRING');
});

await check('a new account has to wait between two posts', async () => {
  const fresh = await connect('cornerbooks');
  const act = () => fresh.submitSelfpost({ subredditName: 'breadlab', title: `New ${run}` });
  await act();
  assert.match((await refusal(act)).message, /^RATELIMIT,.*try again in \d+ minutes/);
});

await check('communities: about, rules, membership', async () => {
  const cake = await r.getSubreddit('CakeClub').fetch();
  assert.equal(cake.link_flair_enabled, true);
  const { rules } = await r.getSubreddit('CakeClub').getRules();
  assert.equal(rules.length, 2);
  const mine = await r.getSubscriptions();
  assert.ok(mine.some(({ display_name }) => display_name === 'breadlab'));
  const closed = await refusal(() => r.getSubreddit('SecretCellar').fetch());
  assert.equal(closed.statusCode, 403);
  assert.equal(closed.error.reason, 'private');
});

await check('a comment, its edit and its end', async () => {
  const post = await submit('Talk');
  const comment = await post.reply('First & last');
  assert.equal(comment.body, 'First & last');
  const read = await post.fetch();
  assert.equal(read.comments.length, 1);
  await comment.delete();
  assert.equal((await post.refresh()).num_comments, 0);
});

await check('a text is edited, a post deleted', async () => {
  const post = await submit('Brief');
  await post.edit('It fell.');
  assert.equal((await post.fetch()).selftext, 'It fell.');
  await post.delete();
  const listing = await r.getUser('bluebakery').getSubmissions();
  assert.ok(!listing.some(({ id }) => id === post.id));
});

await check('a picture has no id and is found in the listing later', async () => {
  const { url } = await upload('photo.jpg', 'image/jpeg');
  const { json } = await submitMedia('Oven', { kind: 'image', url });
  assert.deepEqual(json.errors, []);
  assert.equal(json.data.id, undefined);
  assert.match(json.data.websocket_url, /^wss:/);
  const find = async () => (await r.getUser('bluebakery').getSubmissions({ sort: 'new' }))
    .find(({ title }) => title === `Oven ${run}`);
  assert.equal(await find(), undefined);
  await control('clock', { advance_ms: 10_000 });
  const post = await find();
  assert.match(post.url, /^https:\/\/i\.redd\.it\//);
  assert.equal((await seen(`Oven ${run}`))[0].media.length, 1);
});

await check('a film with its poster', async () => {
  const film = await upload('video.mp4', 'video/mp4');
  const poster = await upload('photo.jpg', 'image/jpeg');
  const bare = await submitMedia('Film', { kind: 'video', url: film.url });
  assert.equal(bare.json.errors[0][2], 'video_poster_url');
  await submitMedia('Film', { kind: 'video', url: film.url, video_poster_url: poster.url });
  await control('clock', { advance_ms: 60_000 });
  assert.equal((await seen(`Film ${run}`))[0].kind, 'video');
});

await check('a gallery, by asset ids', async () => {
  const items = [];
  for (const caption of ['crumb', 'crust'])
    items.push({ media_id: (await upload('photo.jpg', 'image/jpeg')).id, caption });
  await control('clock', { advance_ms: 10_000 });
  const gallery = (sr) => r.oauthRequest({
    method: 'post',
    uri: 'api/submit_gallery_post.json',
    body: { api_type: 'json', sr, title: `Loaves ${run}`, items, sendreplies: true },
  });
  const { json } = await gallery('breadlab');
  assert.match(json.data.id, /^t3_/);
  assert.equal((await seen(`Loaves ${run}`))[0].media.length, 2);
  assert.equal((await gallery('CakeClub')).json.errors[0][0], 'GALLERIES_DISABLED');
});

await check('an upload that breaks off at the lease\'s edge is told so in XML', async () => {
  const lease = await r.oauthRequest({
    method: 'post', uri: 'api/media/asset.json',
    form: { filepath: 'a.jpg', mimetype: 'image/jpeg' },
  });
  const form = new FormData();
  form.append('file', new Blob(['x']), 'a.jpg');
  for (const field of lease.args.fields) form.append(field.name, field.value);
  const answer = await fetch(led(`https:${lease.args.action}`), { method: 'POST', body: form });
  assert.equal(answer.status, 400);
  assert.match(await answer.text(), /<Code>InvalidArgument<\/Code>/);
});

await check('too many calls: the library hears when it may go on', async () => {
  const other = await connect();
  await control('faults', { host: 'oauth.reddit.com', action: 'rate_limit' });
  assert.equal((await refusal(() => other.getMe())).statusCode, 429);
  assert.equal(other.ratelimitRemaining, 0);
  assert.ok(other.ratelimitExpiration > Date.now());
});

await check('who does not say who they are is turned away', async () => {
  const error = await refusal(() => r.oauthRequest(
    { uri: 'api/v1/me', headers: { 'user-agent': 'curl/8.5.0' } }));
  assert.equal(error.statusCode, 429);
});

await check('a wrong secret is a 401, a revoked refresh token a 400', async () => {
  const wrong = new Snoowrap({ ...app, clientSecret: 'wrong', refreshToken: r.refreshToken });
  assert.equal((await refusal(() => wrong.getMe())).statusCode, 401);
  const last = await connect();
  const { refreshToken } = last;
  await last.revokeRefreshToken();
  const dead = new Snoowrap({ ...app, refreshToken });
  assert.equal((await refusal(() => dead.getMe())).statusCode, 400);
});

conclude();
