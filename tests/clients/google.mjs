// Google's own client library judges the sandbox's Google side:
//
//     npm ci && node google.mjs http://127.0.0.1:8099
//
// The library is as npm has it. The one thing changed is where a host name leads: a request
// interceptor, which is the library's own hook, turns https://www.googleapis.com/x into
// <sandbox>/www.googleapis.com/x. (Its rootUrl option will not do: it drops the base's path, and
// does not reach the token endpoint.) Prints a line per check; exits 1 on any disagreement.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { google } from 'googleapis';
import { check, conclude } from './checks.mjs';

const sandbox = (process.argv[2] ?? '').replace(/\/$/, '');
if (!/^https?:\/\//.test(sandbox)) {
  console.error('usage: node google.mjs <sandbox base url>');
  process.exit(2);
}

const granule = 262144;
const callback = 'http://127.0.0.1:45454/callback';
const channel = 'UCexampleChannel0000001';
const scopes = [
  'openid', 'email', 'profile',
  'https://www.googleapis.com/auth/youtube.upload',
  'https://www.googleapis.com/auth/youtube.readonly',
  'https://www.googleapis.com/auth/youtube.force-ssl',
  'https://www.googleapis.com/auth/yt-analytics.readonly',
];
const samples = new URL('../../samples/', import.meta.url);

// The reason with which Google's envelope refuses; fails when the call is not refused.
async function refusal(act) {
  try {
    await act();
  } catch (error) {
    const body = error.response?.data?.error;
    return typeof body === 'string' ? body : body?.errors?.[0]?.reason;
  }
  throw new assert.AssertionError({ message: 'the call was not refused' });
}

const led = (url) => {
  const real = new URL(url);
  return new URL(`${sandbox}/${real.host}${real.pathname}${real.search}`);
};

function newClient(options = {}) {
  const client = new google.auth.OAuth2({
    clientId: 'sandbox-desktop.apps.googleusercontent.com',
    clientSecret: 'sandbox-google-desktop-secret',
    redirectUri: callback,
    ...options,
  });
  client.transporter.interceptors.request.add({
    resolved: async (request) => Object.assign(request, { url: led(request.url) }),
  });
  return client;
}

const control = (verb, body) =>
  fetch(`${sandbox}/_sandbox/${verb}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

// Fills in the consent page as a person would: every field as found, and one button.
async function consent(authUrl, { account = channel, decision = 'continue' } = {}) {
  const url = led(authUrl);
  const html = await (await fetch(url)).text();
  const plain = (text) =>
    text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) =>
      ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name]);
  const form = new URLSearchParams({ decision });
  for (const [tag] of html.matchAll(/<input [^>]*>/g)) {
    const found = Object.fromEntries(
      [...tag.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, plain(value)]));
    if (found.type !== 'radio' || found.value === account) form.append(found.name, found.value);
  }
  const action = /<form[^>]* action="([^"]*)"/.exec(html)?.[1];
  const answer = await fetch(new URL(plain(action), url),
    { method: 'POST', body: form, redirect: 'manual' });
  assert.equal(answer.status, 302);
  return new URL(answer.headers.get('location'));
}

async function connect(client, parameters = {}) {
  const { codeVerifier, codeChallenge } = await client.generateCodeVerifierAsync();
  const back = await consent(client.generateAuthUrl({
    access_type: 'offline', prompt: 'consent', scope: scopes, state: 'a b&c',
    code_challenge: codeChallenge, code_challenge_method: 'S256', ...parameters,
  }));
  assert.equal(back.searchParams.get('state'), 'a b&c');
  assert.equal(back.searchParams.get('iss'), 'https://accounts.google.com');
  const { tokens } = await client.getToken({ code: back.searchParams.get('code'), codeVerifier });
  client.setCredentials(tokens);
  return tokens;
}

// The sample with a box of its own at the end, so that no run uploads another run's bytes.
async function freshVideo() {
  const tail = Buffer.from(`\0\0\0\x2cfree${randomUUID()}`, 'latin1');
  return Buffer.concat([await readFile(new URL('video.mp4', samples)), tail]);
}

const client = newClient({ forceRefreshOnFailure: true });
const youtube = google.youtube({ version: 'v3', auth: client });
const title = `Bread at dawn ${randomUUID().slice(0, 8)}`;
const video = await freshVideo();
let tokens = {};
let videoId = '';
let session = '';

async function put(bytes, range) {
  return client.request({
    url: session,
    method: 'PUT',
    headers: { 'content-type': 'video/mp4', 'content-range': range },
    body: bytes,
    validateStatus: (status) => status < 400,
  });
}

async function videoOf(id, part) {
  const { data } = await youtube.videos.list({ part, id: [id] });
  return data.items[0];
}

// Moves the sandbox's clock on until processing has ended: nobody has to wait for it.
async function processed(id) {
  for (let seconds = 0; seconds < 60; seconds += 1) {
    const { status } = await videoOf(id, ['status']);
    if (status.uploadStatus !== 'uploaded') return status;
    const moved = await fetch(`${sandbox}/_sandbox/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advance_ms: 1000 }),
    });
    assert.ok(moved.ok);
  }
  throw new Error('processing does not end in a minute of the sandbox');
}

await check('a person who cancels comes back with access_denied', async () => {
  const back = await consent(newClient().generateAuthUrl({ scope: scopes, state: 's' }),
    { decision: 'cancel' });
  assert.equal(back.searchParams.get('error'), 'access_denied');
  assert.equal(back.searchParams.get('state'), 's');
});

await check('consent with PKCE ends in tokens', async () => {
  tokens = await connect(client);
  assert.match(tokens.access_token, /^ya29\./);
  assert.match(tokens.refresh_token, /^1\/\//);
  assert.ok(scopes.every((scope) => scope.length < 8 || tokens.scope.includes(scope)));
});

await check('a client may authenticate by HTTP Basic', async () => {
  const basic = newClient({ clientAuthentication: 'ClientSecretBasic' });
  assert.ok((await connect(basic)).access_token);
});

await check('a wrong verifier is refused', async () => {
  const other = newClient();
  const { codeChallenge } = await other.generateCodeVerifierAsync();
  const back = await consent(other.generateAuthUrl({
    scope: scopes, code_challenge: codeChallenge, code_challenge_method: 'S256',
  }));
  const code = back.searchParams.get('code');
  assert.equal(await refusal(() => other.getToken({ code, codeVerifier: 'x'.repeat(64) })),
    'invalid_grant');
});

await check('the ID token verifies against the published keys', async () => {
  const ticket = await client.verifyIdToken({
    idToken: tokens.id_token,
    audience: 'sandbox-desktop.apps.googleusercontent.com',
  });
  assert.equal(ticket.getPayload().email, 'mia@example.test');
});

await check('tokeninfo and userinfo know the token', async () => {
  const info = await client.getTokenInfo(tokens.access_token);
  assert.equal(info.aud, 'sandbox-desktop.apps.googleusercontent.com');
  assert.ok(info.scopes.includes('https://www.googleapis.com/auth/youtube.upload'));
  const { data } = await google.oauth2({ version: 'v2', auth: client }).userinfo.get();
  assert.equal(data.name, 'Mia Baker');
});

await check('refresh gives an access token and keeps the refresh token', async () => {
  const { credentials } = await client.refreshAccessToken();
  assert.notEqual(credentials.access_token, tokens.access_token);
  assert.equal(credentials.refresh_token, tokens.refresh_token);
});

await check('channels.list names the chosen channel', async () => {
  const { data } = await youtube.channels.list({
    part: ['snippet', 'contentDetails', 'statistics', 'status'], mine: true,
  });
  assert.equal(data.items[0].id, channel);
  assert.equal(data.items[0].snippet.title, 'Blue Bakery');
  assert.equal(typeof data.items[0].statistics.viewCount, 'string');
});

await check('videoCategories.list says what is assignable', async () => {
  const { data } = await youtube.videoCategories.list({ part: ['snippet'], regionCode: 'US' });
  assert.ok(data.items.find((item) => item.id === '22').snippet.assignable);
});

await check('a bad title is refused when the session begins', async () => {
  assert.equal(await refusal(() => client.request({
    url: 'https://www.googleapis.com/upload/youtube/v3/videos?uploadType=resumable&part=snippet',
    method: 'POST',
    data: { snippet: { title: 'a <b>' } },
  })), 'invalidTitle');
});

await check('a resumable session begins', async () => {
  const answer = await client.request({
    url: 'https://www.googleapis.com/upload/youtube/v3/videos'
      + '?uploadType=resumable&part=snippet,status&notifySubscribers=true',
    method: 'POST',
    headers: {
      'x-upload-content-length': String(video.length), 'x-upload-content-type': 'video/mp4',
    },
    data: {
      snippet: { title, description: 'How we bake.', tags: ['bread'], categoryId: '22' },
      status: { privacyStatus: 'public', selfDeclaredMadeForKids: false },
    },
  });
  session = answer.headers.get('location');
  assert.match(session, /upload_id=/);
});

await check('an empty session has no Range, a chunk is counted, a gap is not', async () => {
  const question = `bytes */${video.length}`;
  assert.equal((await put(undefined, question)).headers.get('range'), null);
  const first = await put(video.subarray(0, granule), `bytes 0-${granule - 1}/${video.length}`);
  assert.equal(first.status, 308);
  assert.equal(first.headers.get('range'), `bytes=0-${granule - 1}`);
  const gap = await put(video.subarray(3 * granule, 4 * granule),
    `bytes ${3 * granule}-${4 * granule - 1}/${video.length}`);
  assert.equal(gap.headers.get('range'), `bytes=0-${granule - 1}`);
});

await check('a small chunk is refused in plain text', async () => {
  try {
    await put(video.subarray(granule, granule + 8192),
      `bytes ${granule}-${granule + 8191}/${video.length}`);
    assert.fail('it was taken');
  } catch (error) {
    assert.equal(error.response?.status, 400);
    assert.match(error.response.data, /equal or greater than 262144/);
  }
});

await check('the last chunk makes the video, and the question finds it again', async () => {
  const done = await put(video.subarray(granule),
    `bytes ${granule}-${video.length - 1}/${video.length}`);
  assert.ok(done.status === 200 || done.status === 201);
  assert.equal(done.data.kind, 'youtube#video');
  videoId = done.data.id;
  const again = await put(undefined, `bytes */${video.length}`);
  assert.equal(again.data.id, videoId);
});

await check('the video is processed and public', async () => {
  assert.equal((await processed(videoId)).uploadStatus, 'processed');
  const found = await videoOf(videoId,
    ['snippet', 'status', 'contentDetails', 'statistics', 'processingDetails', 'fileDetails']);
  assert.equal(found.snippet.title, title);
  assert.equal(found.status.privacyStatus, 'public');
  assert.equal(found.contentDetails.duration, 'PT8S');
  assert.equal(found.processingDetails.processingStatus, 'succeeded');
  assert.equal(found.fileDetails.fileSize, String(video.length));
});

await check('the audience sees it once', async () => {
  const { entries } = await (await fetch(`${sandbox}/_sandbox/ledger`)).json();
  assert.equal(entries.filter((e) => e.title === title && e.event === 'post').length, 1);
  const page = await fetch(led(`https://www.youtube.com/watch?v=${videoId}`));
  assert.ok((await page.text()).includes(title));
});

await check('thumbnails.set takes a stream and refuses what is no image', async () => {
  const { data } = await youtube.thumbnails.set({
    videoId,
    media: {
      mimeType: 'image/jpeg',
      body: Readable.from([await readFile(new URL('photo.jpg', samples))]),
    },
  });
  assert.equal(data.kind, 'youtube#thumbnailSetResponse');
  assert.equal(await refusal(() => youtube.thumbnails.set({
    videoId, media: { mimeType: 'image/png', body: 'no image' },
  })), 'invalidImage');
});

await check('comments: a thread, a reply, a list', async () => {
  const { data: thread } = await youtube.commentThreads.insert({
    part: ['snippet'],
    requestBody: {
      snippet: { videoId, topLevelComment: { snippet: { textOriginal: 'Recipe in the link' } } },
    },
  });
  await youtube.comments.insert({
    part: ['snippet'],
    requestBody: { snippet: { parentId: thread.id, textOriginal: 'Thank you' } },
  });
  const { data } = await youtube.commentThreads.list({ part: ['snippet', 'replies'], videoId });
  assert.equal(data.items[0].snippet.topLevelComment.snippet.textOriginal, 'Recipe in the link');
  assert.equal(data.items[0].replies.comments[0].snippet.textOriginal, 'Thank you');
  assert.equal(await refusal(() => youtube.commentThreads.insert({
    part: ['snippet'], requestBody: { snippet: { videoId } },
  })), 'processingFailure');
});

await check('playlists: make one, add, look; uploads come in pages', async () => {
  const { data: playlist } = await youtube.playlists.insert({
    part: ['snippet', 'status'],
    requestBody: { snippet: { title: 'Bread' }, status: { privacyStatus: 'public' } },
  });
  await youtube.playlistItems.insert({
    part: ['snippet'],
    requestBody: {
      snippet: { playlistId: playlist.id, resourceId: { kind: 'youtube#video', videoId } },
    },
  });
  const { data: held } = await youtube.playlistItems.list({
    part: ['id'], playlistId: playlist.id, videoId, maxResults: 1,
  });
  assert.equal(held.pageInfo.totalResults, 1);
  const { data: mine } = await youtube.playlists.list({ part: ['snippet'], mine: true });
  assert.ok(mine.items.length > 0);
  const { data: uploads } = await youtube.playlistItems.list({
    part: ['snippet', 'contentDetails'], playlistId: `UU${channel.slice(2)}`, maxResults: 1,
  });
  assert.equal(uploads.items[0].contentDetails.videoId, videoId);
});

await check('videos.insert by multipart; the same bytes are rejected as a duplicate', async () => {
  const { data } = await youtube.videos.insert({
    part: ['snippet', 'status'],
    requestBody: { snippet: { title }, status: { privacyStatus: 'private' } },
    media: { mimeType: 'video/mp4', body: Readable.from([video]) },
  });
  const status = await processed(data.id);
  assert.equal(status.uploadStatus, 'rejected');
  assert.equal(status.rejectionReason, 'duplicate');
  assert.equal((await youtube.videos.delete({ id: data.id })).status, 204);
});

await check('videos.update changes what is sent', async () => {
  const { data } = await youtube.videos.update({
    part: ['snippet'],
    requestBody: { id: videoId, snippet: { title: `${title}!`, categoryId: '26' } },
  });
  assert.equal(data.snippet.title, `${title}!`);
});

await check('analytics answer a table and refuse nonsense', async () => {
  const analytics = google.youtubeAnalytics({ version: 'v2', auth: client });
  const query = {
    ids: 'channel==MINE', startDate: '2025-01-01', endDate: '2025-01-31', metrics: 'views,likes',
  };
  const { data } = await analytics.reports.query({ ...query, dimensions: 'day', sort: 'day' });
  assert.equal(data.columnHeaders[0].name, 'day');
  assert.equal(data.rows.length, 31);
  assert.equal(await refusal(() => analytics.reports.query({ ...query, dimensions: 'video,day' })),
    'badRequest');
});

await check('errors carry their reason', async () => {
  assert.equal(await refusal(() => youtube.channels.list({ part: ['id'], mine: true, id: ['x'] })),
    'incompatibleParameters');
  assert.equal(await refusal(() => youtube.videos.list({ part: ['status'] })),
    'missingRequiredParameter');
  assert.equal(await refusal(() => youtube.videos.list({ part: ['recipe'], id: ['x'] })),
    'unknownPart');
});

await check('an expired token is refreshed by the library without a word', async () => {
  const before = client.credentials.access_token;
  assert.equal((await control('google/expire-tokens', {})).status, 200);
  await youtube.channels.list({ part: ['id'], mine: true });
  assert.notEqual(client.credentials.access_token, before);
});

await check('revoke ends the refresh token, too', async () => {
  const { access_token: access, refresh_token: refresh } = client.credentials;
  await client.revokeCredentials();
  client.setCredentials({ refresh_token: refresh });
  assert.equal(await refusal(() => client.refreshAccessToken()), 'invalid_grant');
  assert.equal(await refusal(() => client.revokeToken(access)), 'invalid_token');
});

conclude();
