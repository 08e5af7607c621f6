import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import http from 'node:http';
import { check } from '../clients/checks.mjs';
import { root, text } from './files.mjs';

const analyze = (...words) =>
  spawnSync('systemd-analyze', [...words, `${root}/deploy/herald.service`], { encoding: 'utf8' });

const ready = (port) =>
  new Promise((ended) => {
    const env = { ...process.env, HERALD_OPERATIONS_PORT: String(port) };
    spawn(`${root}/deploy/ready`, { env, stdio: 'ignore' }).on('close', ended);
  });

export async function judge() {
  const known = analyze('--version').status === 0;
  if (!known) console.log('      systemd-analyze is not here: the unit was not judged by it');
  if (known) {
    await check('systemd understands every line of the unit', () => {
      const said = analyze('verify').stderr;
      const rest = said.split('\n').filter((line) => line && !/herald is not executable/.test(line));
      assert.deepEqual(rest, []);
    });
    await check('systemd counts the unit among the guarded', () => {
      const said = analyze('security', '--offline=true').stdout;
      const exposure = Number(/exposure level for herald\.service: ([0-9.]+)/.exec(said)?.[1]);
      assert.ok(exposure <= 2, `${exposure} of 10`);
    });
  }
  await check('the unit gives what is under way the time that the settings do', () => {
    const seconds = Number(/^TimeoutStopSec=(\d+)$/m.exec(text('deploy/herald.service'))[1]);
    assert.ok(seconds > 20 + 25);
    assert.match(text('deploy/docker-compose.yml'), /^ {2}stop_grace_period: 60s$/m);
  });
  await check('herald-ready is content with a 200 and with nothing else', async () => {
    let status = 200;
    let asked = '';
    const server = http.createServer((request, response) => {
      asked = request.url;
      response.writeHead(status).end('x');
    });
    await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address();
    assert.equal(await ready(port), 0);
    assert.equal(asked, '/readyz');
    status = 503;
    assert.equal(await ready(port), 1);
    await new Promise((closed) => server.close(closed));
    assert.equal(await ready(port), 1);
  });
}
