// deploy.sh with a docker that writes down what it is asked and fails where it is told to.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { check } from '../clients/checks.mjs';
import { root } from './files.mjs';

const docker = `#!/bin/bash
printf '%s\\n' "$*" >>"$CALLS"
[[ -z \${FAIL:-} || "$*" != *$FAIL* ]]
`;
const secrets = ['herald.env', 'gateway.env', 'vault.key', 'mongodb.key', 'mongodb.password'];
const compose = (words) => `compose --file docker-compose.yml ${words}`;
const up = (service, patience = 180) =>
  compose(`up --detach --no-deps --wait --wait-timeout ${patience} ${service}`);
const ready = (service) => compose(`exec -T ${service} herald-ready`);
const logs = (service) => compose(`logs --tail 50 ${service}`);
const order = ['worker', 'social-media-uploader', 'ichat-api-server', 'news-automation-frontend'];
const begin = [compose('config --quiet'), up('mongodb'), compose('run --rm --no-deps migrate')];

class Site {
  constructor() {
    this.folder = mkdtempSync(`${tmpdir()}/herald-deploy-`);
    mkdirSync(`${this.folder}/bin`);
    mkdirSync(`${this.folder}/deploy/secrets`, { recursive: true });
    writeFileSync(`${this.folder}/bin/docker`, docker, { mode: 0o755 });
    for (const name of ['deploy.sh', 'new_secrets.sh', 'docker-compose.yml']) {
      copyFileSync(`${root}/deploy/${name}`, `${this.folder}/deploy/${name}`);
    }
    writeFileSync(`${this.folder}/deploy/.env`, '');
    for (const name of secrets) {
      writeFileSync(`${this.folder}/deploy/secrets/${name}`, 'x', { mode: 0o400 });
    }
  }
  run(fail = '', ...words) {
    const calls = `${this.folder}/calls`;
    writeFileSync(calls, '');
    const ended = spawnSync(`${this.folder}/deploy/deploy.sh`, words, {
      encoding: 'utf8',
      env: { PATH: `${this.folder}/bin:${process.env.PATH}`, CALLS: calls, FAIL: fail },
    });
    const asked = readFileSync(calls, 'utf8').split('\n').filter(Boolean);
    return { code: ended.status, asked, said: ended.stdout + ended.stderr };
  }
  end() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function at(name, act) {
  const site = new Site();
  try {
    await check(name, () => act(site));
  } finally {
    site.end();
  }
}

export async function judge() {
  await at('the database is changed first, then each role in turn, each asked whether it is ready', (site) => {
    const { code, asked, said } = site.run();
    assert.equal(code, 0, said);
    assert.deepEqual(asked, [...begin, ...order.flatMap((role) => [up(role), ready(role)])]);
  });
  await at('where the migrations fail no role is touched', (site) => {
    const { code, asked, said } = site.run('migrate');
    assert.equal(code, 1);
    assert.deepEqual(asked, begin);
    assert.match(said, /the services run as before/);
  });
  await at('where the files do not go together nothing is asked for', (site) => {
    const { code, asked } = site.run('config');
    assert.equal(code, 1);
    assert.deepEqual(asked, begin.slice(0, 1));
  });
  await at('without a database nothing is changed', (site) => {
    const { code, asked } = site.run('wait-timeout 180 mongodb');
    assert.equal(code, 1);
    assert.deepEqual(asked, begin.slice(0, 2));
  });
  for (const [i, role] of order.entries()) {
    const before = order.slice(0, i).flatMap((one) => [up(one), ready(one)]);
    await at(`where ${role} does not start, what comes after it stays as it is`, (site) => {
      const { code, asked, said } = site.run(`wait-timeout 180 ${role}`);
      assert.equal(code, 1);
      assert.deepEqual(asked, [...begin, ...before, up(role), logs(role)]);
      assert.ok(said.includes(`On the new image: ${order.slice(0, i).join(' ') || 'none'};`), said);
      for (const rest of order.slice(i + 1)) assert.ok(said.split('not touched:')[1].includes(rest), said);
    });
    await at(`where ${role} starts but is not ready, neither`, (site) => {
      const { code, asked } = site.run(`${role} herald-ready`);
      assert.equal(code, 1);
      assert.deepEqual(asked, [...begin, ...before, up(role), ready(role), logs(role)]);
    });
  }
  await at('run again it goes through', (site) => {
    assert.equal(site.run('ichat-api-server').code, 1);
    assert.equal(site.run().code, 0);
  });
  await at('a secret that others may read, or that is missing, ends it at once', (site) => {
    chmodSync(`${site.folder}/deploy/secrets/vault.key`, 0o644);
    const open = site.run();
    assert.deepEqual([open.code, open.asked.length], [1, 0]);
    assert.match(open.said, /vault\.key has mode 644/);
    rmSync(`${site.folder}/deploy/secrets/vault.key`);
    assert.match(site.run().said, /vault\.key is missing/);
    rmSync(`${site.folder}/deploy/.env`);
    assert.match(site.run().said, /\.env is missing/);
  });
  await at('roles are made anew when it is asked for, the database is not', (site) => {
    const { code, asked } = site.run('', '--recreate');
    assert.equal(code, 0);
    const anew = (role) => up(role).replace(role, `--force-recreate ${role}`);
    assert.deepEqual(asked, [...begin, ...order.flatMap((role) => [anew(role), ready(role)])]);
  });
  await at('patience is as asked, and only a number', (site) => {
    assert.ok(site.run('', '--patience', '9').asked.includes(up('worker', 9)));
    assert.equal(site.run('', '--patience', 'x').code, 1);
    assert.equal(site.run('', '--now').code, 1);
  });
  await at('new_secrets.sh gives each service what it needs, and nobody else may read it', (site) => {
    rmSync(`${site.folder}/deploy/secrets`, { recursive: true });
    const fresh = 'HERALD_JWT_SECRET=j\nHERALD_INTERNAL_SECRET=i\nHERALD_VAULT_KEYS=k1:v\n';
    writeFileSync(`${site.folder}/bin/docker`, `#!/bin/bash\nprintf '${fresh}'\n`, { mode: 0o755 });
    writeFileSync(`${site.folder}/bin/chown`, `#!/bin/bash\necho "$*" >>"$CALLS"\n`, { mode: 0o755 });
    const env = { PATH: `${site.folder}/bin:${process.env.PATH}`, CALLS: `${site.folder}/calls` };
    const ended = spawnSync(`${site.folder}/deploy/new_secrets.sh`, { encoding: 'utf8', env });
    assert.equal(ended.status, 0, ended.stderr);
    const read = (name) => readFileSync(`${site.folder}/deploy/secrets/${name}`, 'utf8');
    for (const name of secrets) {
      assert.equal(statSync(`${site.folder}/deploy/secrets/${name}`).mode & 0o777, 0o400, name);
    }
    assert.equal(read('vault.key'), 'k1:v\n');
    assert.equal(read('gateway.env'), 'HERALD_JWT_SECRET=j\nHERALD_INTERNAL_SECRET=i\n');
    assert.match(read('mongodb.password'), /^[A-Za-z0-9]{40,}$/);
    const uri = /^HERALD_MONGODB_URI=(.*)$/m.exec(read('herald.env'))[1];
    assert.equal(new URL(uri).password, read('mongodb.password'));
    assert.ok(read('mongodb.key').length <= 1024, 'mongod takes no longer one');
    assert.deepEqual(readFileSync(env.CALLS, 'utf8').trim().split('\n'), [
      '10001:10001 secrets/herald.env secrets/gateway.env secrets/vault.key',
      '999:999 secrets/mongodb.key secrets/mongodb.password',
    ]);
  });
  await at('new_secrets.sh touches no secrets that are there', (site) => {
    const ended = spawnSync(`${site.folder}/deploy/new_secrets.sh`, { encoding: 'utf8' });
    assert.equal(ended.status, 1);
    assert.equal(readFileSync(`${site.folder}/deploy/secrets/vault.key`, 'utf8'), 'x');
    assert.ok(existsSync(`${site.folder}/deploy/secrets/herald.env`));
  });
}
