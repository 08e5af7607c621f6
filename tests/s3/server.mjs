// The object store that Herald's S3 folder is tested against: fauxqs keeps the objects, Amazon's own
// signer says what each request's signature must be, and what is here stands between the two. On
// request it refuses, or cuts the connection after the store has done what it was asked for.
//
//   POST /_faults  [{"method": "PUT", "match": "partNumber=", "times": 1, "status": 503,
//                    "code": "SlowDown"}]        refused, without asking the store
//                  "cut": true instead of status: done by the store, but nobody hears of it
//   GET  /_log     what was answered since the last look, one line each: "PUT /bucket/key 200"
import { createHash, createHmac } from 'node:crypto';
import http from 'node:http';
import { SignatureV4 } from '@smithy/signature-v4';
import Fastify from 'fastify';
// Its own front door wants a newer Node for what is not needed here.
import { registerS3Routes } from './node_modules/fauxqs/dist/s3/s3Router.js';
import { S3Store } from './node_modules/fauxqs/dist/s3/s3Store.js';

const credentials = { accessKeyId: 'HERALDTESTKEY', secretAccessKey: 'a+secret/of=tests' };
const region = 'eu-central-1';
const skewMaxMs = 15 * 60 * 1000;

// The hash that the signer is given: Node's.
class Sha256 {
  constructor(secret) {
    this.secret = secret;
    this.reset();
  }
  reset() {
    this.hash = this.secret ? createHmac('sha256', this.secret) : createHash('sha256');
  }
  update(bytes) {
    this.hash.update(bytes);
  }
  async digest() {
    return new Uint8Array(this.hash.digest());
  }
}

const signer = new SignatureV4({
  credentials,
  region,
  service: 's3',
  sha256: Sha256,
  uriEscapePath: false,
  applyChecksum: false,
});

class Refusal extends Error {
  constructor(status, code) {
    super(code);
    Object.assign(this, { status, code });
  }
}

function dateOf(text) {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? '');
  if (!parts) throw new Refusal(403, 'AccessDenied');
  const [, year, month, day, hour, minute, second] = parts.map(Number);
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second));
}

async function judge(request, body) {
  const said = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
    request.headers.authorization ?? '',
  );
  if (!said) throw new Refusal(403, 'AccessDenied');
  const [, key, , where, names, signature] = said;
  if (key !== credentials.accessKeyId) throw new Refusal(403, 'InvalidAccessKeyId');
  if (where !== region) throw new Refusal(400, 'AuthorizationHeaderMalformed');
  const signed = names.split(';');
  for (const name of Object.keys(request.headers)) {
    const must = name === 'host' || name === 'range' || name.startsWith('x-amz-');
    if (must && !signed.includes(name)) throw new Refusal(403, 'AccessDenied');
  }
  const hash = request.headers['x-amz-content-sha256'];
  if (hash !== 'UNSIGNED-PAYLOAD' && hash !== createHash('sha256').update(body).digest('hex')) {
    throw new Refusal(400, 'XAmzContentSHA256Mismatch');
  }
  const signingDate = dateOf(request.headers['x-amz-date']);
  if (Math.abs(signingDate - Date.now()) > skewMaxMs) throw new Refusal(403, 'RequestTimeTooSkewed');
  const url = new URL(request.url, `http://${request.headers.host}`);
  const resigned = await signer.sign(
    {
      method: request.method,
      protocol: 'http:',
      hostname: url.hostname,
      path: request.url.split('?')[0],
      query: Object.fromEntries(url.searchParams),
      headers: Object.fromEntries(signed.map((name) => [name, request.headers[name]])),
    },
    { signingDate },
  );
  if (!resigned.headers.authorization.endsWith(`Signature=${signature}`)) {
    throw new Refusal(403, 'SignatureDoesNotMatch');
  }
}

const store = Fastify({ logger: false, bodyLimit: 64 << 20 });
store.removeAllContentTypeParsers();
store.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, bytes, done) => done(null, bytes));
const objects = new S3Store();
objects.createBucket('herald-media');
registerS3Routes(store, objects);
await store.listen({ port: 0, host: '127.0.0.1' });
const storePort = store.server.address().port;
let faults = [];
let log = [];

const note = (request, status) => log.push(`${request.method} ${request.url} ${status}\n`);

function faultFor(request) {
  const fault = faults.find(
    (one) => one.method === request.method && request.url.includes(one.match ?? ''),
  );
  if (fault && --fault.times <= 0) faults = faults.filter((one) => one !== fault);
  return fault;
}

function forward(request, body, cut, response) {
  const headers = { ...request.headers };
  delete headers.expect;
  // The store wants to know what kind of bytes come, though there be none.
  headers['content-type'] ??= 'application/octet-stream';
  const behind = http.request(
    { host: '127.0.0.1', port: storePort, method: request.method, path: request.url, headers },
    (answer) => {
      note(request, answer.statusCode);
      if (cut) {
        answer.resume();
        answer.on('end', () => request.socket.destroy());
        return;
      }
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    },
  );
  behind.on('error', () => response.destroy());
  behind.end(body);
}

function refuse(request, response, { status, code }) {
  note(request, status);
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code></Error>`);
}

async function serve(request, response) {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  const body = Buffer.concat(pieces);
  if (request.url === '/_faults') {
    faults = JSON.parse(body);
    return response.end();
  }
  if (request.url === '/_log') {
    response.end(log.join(''));
    log = [];
    return;
  }
  try {
    await judge(request, body);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return refuse(request, response, refusal);
  }
  const fault = faultFor(request);
  if (fault?.status) return refuse(request, response, fault);
  forward(request, body, fault?.cut, response);
}

const front = http.createServer((request, response) => {
  serve(request, response).catch((error) => {
    console.error(error);
    response.destroy();
  });
});
front.keepAliveTimeout = 60_000;
front.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${front.address().port}`));
process.on('SIGTERM', () => process.exit(0));
