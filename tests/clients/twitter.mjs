// The widely used client library twitter-api-v2 judges the sandbox's side of X:
//
//     npm ci && node twitter.mjs http://127.0.0.1:8099
//
// The library is as npm has it and asks https://api.x.com/2/...; the one thing changed is where
// that leads: an agent, which is the library's own setting, connects to the sandbox and leaves the
// request as it is. (The sandbox knows the platform by the Host header.) Prints a line per check;
// exits 1 on any disagreement.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { TwitterApi } from 'twitter-api-v2';
import { Led } from './led.mjs';
import { check, conclude } from './checks.mjs';

const sandbox = (process.argv[2] ?? '').replace(/\/$/, '');
if (!/^https?:\/\//.test(sandbox)) {
  console.error('usage: node twitter.mjs <sandbox base url>');
  process.exit(2);
}

const callback = 'http://127.0.0.1:45454/callback';
const scope = ['tweet.read', 'users.read', 'tweet.write', 'media.write', 'offline.access'];
const app = { clientId: 'sandbox-twitter-client', clientSecret: 'sandbox-twitter-secret' };
const samples = new URL('../../samples/', import.meta.url);
const run = randomUUID().slice(0, 8);  // So that no run posts another run's texts.

// The library's error, with the platform's answer in it; fails when the call is not refused.
async function refusal(act) {
  try {
    await act();
  } catch (error) {
    if (error.type === 'response') return error;
    throw error;
  }
  throw new assert.AssertionError({ message: 'the call was not refused' });
}

const settings = { httpAgent: new Led(sandbox) };
const led = (url) => `${sandbox}/${url.replace(/^https:\/\//, '')}`;
const control = async (verb, body = {}) => {
  const answer = await fetch(`${sandbox}/_sandbox/${verb}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  assert.ok(answer.ok, `${verb}: ${answer.status}`);
};
const seen = async (text) => {
  const { entries } = await (await fetch(`${sandbox}/_sandbox/ledger`)).json();
  return entries.filter((entry) => entry.platform === 'twitter' && entry.text === text);
};

// Opens the consent page, presses one of its buttons, and returns where that leads.
async function decide(url, decision = 'allow') {
  const page = await fetch(led(url));
  assert.equal(page.status, 200);
  const account = /name="account" value="(\d+)" checked/.exec(await page.text())[1];
  const answer = await fetch(led(url), {
    method: 'POST', body: new URLSearchParams({ decision, account }), redirect: 'manual',
  });
  assert.equal(answer.status, 302);
  return new URL(answer.headers.get('location'));
}

async function connect(scopes = scope) {
  const client = new TwitterApi(app, settings);
  const link = client.generateOAuth2AuthLink(callback, { scope: scopes, state: 'a b&c' });
  const back = await decide(link.url);
  assert.equal(back.searchParams.get('state'), 'a b&c');
  return client.loginWithOAuth2({
    code: back.searchParams.get('code'), codeVerifier: link.codeVerifier, redirectUri: callback,
  });
}

let session = await connect();
let x = session.client.v2;
let me = '';
let first = '';

await check('a person who cancels comes back with access_denied', async () => {
  const link = new TwitterApi(app, settings).generateOAuth2AuthLink(callback, { scope });
  const back = await decide(link.url, 'cancel');
  assert.equal(back.searchParams.get('error'), 'access_denied');
  assert.equal(back.searchParams.get('state'), link.state);
});

await check('a login brings all tokens', () => {
  assert.equal(session.expiresIn, 7200);
  assert.deepEqual(session.scope, scope);
  assert.ok(session.accessToken && session.refreshToken);
});

await check('a wrong verifier and a second use of a code are refused', async () => {
  const client = new TwitterApi(app, settings);
  const { url, codeVerifier } = client.generateOAuth2AuthLink(callback, { scope: scope.slice(0, 2) });
  const code = (await decide(url)).searchParams.get('code');
  const wrong = await refusal(() => client.loginWithOAuth2(
    { code, codeVerifier: 'x'.repeat(64), redirectUri: callback }));
  assert.match(wrong.data.error_description, /code verifier did not match/);
  await client.loginWithOAuth2({ code, codeVerifier, redirectUri: callback });
  const again = await refusal(() => client.loginWithOAuth2(
    { code, codeVerifier, redirectUri: callback }));
  assert.equal(again.data.error_description,
    'Value passed for the authorization code was invalid.');
});

await check('that second login ended the first, as X does', async () => {
  assert.equal((await refusal(() => x.me())).code, 401);
  session = await connect();
  x = session.client.v2;
});

await check('me knows the account', async () => {
  const { data } = await x.me({ 'user.fields': ['public_metrics', 'verified_type'] });
  assert.equal(data.username, 'bluebakery');
  assert.equal(typeof data.public_metrics.tweet_count, 'number');
  me = data.id;
});

await check('a text is posted, seen once, and read back', async () => {
  const text = `Bread at dawn ${run} https://bakery.example.com/${run}`;
  const { data } = await x.tweet(text);
  first = data.id;
  assert.match(data.text, /https:\/\/t\.co\/\w+$/);
  assert.equal((await seen(text)).length, 1);
  const read = await x.singleTweet(first, { 'tweet.fields': ['entities', 'created_at'] });
  assert.equal(read.data.entities.urls[0].expanded_url, `https://bakery.example.com/${run}`);
});

await check('the same text again is a duplicate', async () => {
  const error = await refusal(() =>
    x.tweet(`Bread at dawn ${run} https://bakery.example.com/${run}`));
  assert.equal(error.code, 403);
  assert.match(error.data.detail, /duplicate content/);
});

await check('a thread is posted in order', async () => {
  const parts = await x.tweetThread([`One ${run}`, `Two ${run}`, { text: `Three ${run}` }]);
  assert.equal(parts.length, 3);
  const [third] = await seen(`Three ${run}`);
  assert.equal(third.parent, parts[1].data.id);
  const { data } = await x.singleTweet(parts[2].data.id,
    { 'tweet.fields': ['conversation_id', 'referenced_tweets'] });
  assert.equal(data.conversation_id, parts[0].data.id);
  assert.deepEqual(data.referenced_tweets, [{ type: 'replied_to', id: parts[1].data.id }]);
});

await check('pictures with alt text', async () => {
  const bytes = await readFile(new URL('photo.jpg', samples));
  const upload = () => x.uploadMedia(bytes, { media_type: 'image/jpeg' }, 64 * 1024);
  const ids = [await upload(), await upload()];
  await x.createMediaMetadata(ids[0], { alt_text: { text: 'Loaves on a shelf' } });
  const { data } = await x.tweet(`Loaves ${run}`, { media: { media_ids: ids } });
  const read = await x.singleTweet(data.id, {
    expansions: ['attachments.media_keys'], 'media.fields': ['alt_text', 'width', 'type'],
  });
  assert.equal(read.includes.media.length, 2);
  assert.equal(read.includes.media[0].alt_text, 'Loaves on a shelf');
  assert.equal(read.includes.media[0].type, 'photo');
  assert.equal((await seen(`Loaves ${run}`))[0].media.length, 2);
});

await check('a film is uploaded in pieces, processed and posted', async () => {
  await control('switches', { 'twitter.video_size': 'practice' });
  const id = await x.uploadMedia(await readFile(new URL('video.mp4', samples)),
    { media_type: 'video/mp4' });
  await x.tweet({ text: `Film ${run}`, media: { media_ids: [id] } });
  assert.equal((await seen(`Film ${run}`))[0].kind, 'video');
});

await check('a film that is too large for X fails in processing', async () => {
  await control('switches', { 'twitter.video_size': 'published' });
  const bytes = await readFile(new URL('video.mp4', samples));
  await assert.rejects(x.uploadMedia(bytes, { media_type: 'video/mp4' }), /processing failed/);
});

await check('a poll, reply settings, a quote', async () => {
  const { data } = await x.tweet(`Rye or wheat? ${run}`,
    { poll: { options: ['Rye', 'Wheat'], duration_minutes: 60 }, reply_settings: 'following' });
  const read = await x.singleTweet(data.id, {
    'tweet.fields': ['reply_settings'], expansions: ['attachments.poll_ids'],
    'poll.fields': ['options', 'duration_minutes'],
  });
  assert.equal(read.data.reply_settings, 'following');
  assert.deepEqual(read.includes.polls[0].options.map(({ label }) => label), ['Rye', 'Wheat']);
  await x.quote(`As we said ${run}`, first);
  assert.equal((await seen(`As we said ${run}`))[0].kind, 'quote');
});

await check('the timeline comes in pages, newest first', async () => {
  const timeline = await x.userTimeline(me, { max_results: 5, 'tweet.fields': ['created_at'] });
  assert.equal(timeline.data.data.length, 5);
  await timeline.fetchNext();
  const ids = timeline.tweets.map(({ id }) => id);
  assert.ok(ids.length > 5 && ids.includes(first));
  assert.deepEqual(ids, ids.toSorted().toReversed());
});

await check('refusals keep their form', async () => {
  const long = await refusal(() => x.tweet('a'.repeat(281)));
  assert.equal(long.code, 400);
  assert.match(long.data.errors[0].message, /^Your Tweet text is too long\./);
  const poll = await refusal(() => x.tweet('?', { poll: { options: ['a'], duration_minutes: 60 } }));
  assert.equal(poll.data.title, 'Invalid Request');
  const media = await refusal(() => x.tweet('?', { media: { media_ids: ['1900000000000000010'] } }));
  assert.equal(media.data.errors[0].message, 'Your media IDs are invalid.');
  const reply = await refusal(() => x.reply('?', '1800000000000000001'));
  assert.match(reply.data.detail, /^Reply to this conversation is not allowed/);
});

await check('the library reads the limits from the headers', async () => {
  await control('faults', { path: '/2/users/me', action: 'rate_limit' });
  const error = await refusal(() => x.me());
  assert.equal(error.code, 429);
  assert.ok(error.rateLimitError);
  assert.equal(error.rateLimit.remaining, 0);
  assert.ok(error.rateLimit.reset > Date.now() / 1000 - 60);
});

await check('one deleted of two: an answer with errors beside the data', async () => {
  const { data: gone } = await x.tweet(`Gone soon ${run}`);
  assert.equal((await x.deleteTweet(gone.id)).data.deleted, true);
  const { data, errors } = await x.tweets([first, gone.id]);
  assert.deepEqual(data.map(({ id }) => id), [first]);
  assert.equal(errors[0].value, gone.id);
  const foreign = await refusal(() => x.deleteTweet('1800000000000000001'));
  assert.equal(foreign.data.detail, 'You are not authorized to delete this Tweet.');
});

await check('metrics come with a post', async () => {
  const { data } = await x.singleTweet(first,
    { 'tweet.fields': ['public_metrics', 'non_public_metrics'] });
  assert.equal(typeof data.public_metrics.retweet_count, 'number');
  assert.equal(typeof data.non_public_metrics.impression_count, 'number');
});

await check('a refresh token works once; used again it ends the family', async () => {
  const client = new TwitterApi(app, settings);
  const renewed = await client.refreshOAuth2Token(session.refreshToken);
  assert.notEqual(renewed.refreshToken, session.refreshToken);
  await renewed.client.v2.me();
  const spent = await refusal(() => client.refreshOAuth2Token(session.refreshToken));
  assert.equal(spent.data.error_description, 'Value passed for the token was invalid.');
  assert.equal((await refusal(() => renewed.client.v2.me())).code, 401);
});

await check('a secret that is wrong is the operator\'s fault', async () => {
  const client = new TwitterApi({ ...app, clientSecret: 'wrong' }, settings);
  const error = await refusal(() => client.refreshOAuth2Token('anything'));
  assert.equal(error.code, 401);
  assert.equal(error.data.error, 'unauthorized_client');
});

await check('revoked is revoked', async () => {
  const last = await connect();
  await new TwitterApi(app, settings).revokeOAuth2Token(last.refreshToken, 'refresh_token');
  assert.equal((await refusal(() => last.client.v2.me())).code, 401);
});

conclude();
