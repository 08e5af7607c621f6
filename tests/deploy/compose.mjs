import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import Ajv from 'ajv';
import { check } from '../clients/checks.mjs';
import { compose, roles, text } from './files.mjs';

function schema() {
  const package_ = createRequire(import.meta.url).resolve('dclint');
  let folder = dirname(package_);
  while (!folder.endsWith('/dclint')) folder = dirname(folder);
  return JSON.parse(readFileSync(`${folder}/schemas/compose.schema.json`, 'utf8'));
}

export async function judge() {
  const file = compose();
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false, validateFormats: false });
  const fits = ajv.compile(schema());

  await check('the compose file fits the Compose specification', () => {
    assert.ok(fits(file), JSON.stringify(fits.errors, null, 1));
    assert.ok(!fits({ ...file, services: { x: { images: 'herald' } } }), 'the schema judges nothing');
  });
  await check('the four roles run, under the names that deployments know', () => {
    for (const [service, role] of Object.entries(roles)) {
      assert.deepEqual(file.services[service].command, ['serve', '--role', role]);
    }
    assert.deepEqual(file.services.migrate.command, ['migrate']);
  });
  await check('any order of starts does: nothing waits, all is started again and asked whether it is ready', () => {
    for (const [name, service] of Object.entries(file.services)) {
      assert.equal(service.depends_on, undefined, name);
      if (name === 'migrate') continue;
      assert.equal(service.restart, 'unless-stopped', name);
      assert.ok(service.healthcheck.test.length > 0, name);
    }
    assert.equal(file.services.migrate.restart, 'no');
    assert.deepEqual(file.services.migrate.profiles, ['tools']);
  });
  await check('secrets come by files, and a role has only those that it needs', () => {
    const inner = ['herald_settings', 'herald_vault_key'];
    const wanted = {
      'news-automation-frontend': [],
      'ichat-api-server': ['gateway_settings'],
      'social-media-uploader': inner,
      worker: inner,
      migrate: inner,
      mongodb: ['mongodb_key', 'mongodb_password'],
    };
    for (const [name, service] of Object.entries(file.services)) {
      assert.deepEqual(service.secrets ?? [], wanted[name], name);
      for (const [variable, value] of Object.entries(service.environment ?? {})) {
        if (/SECRET|PASSWORD|KEY|SETTINGS/.test(variable)) {
          assert.match(value, /^\/run\/secrets\//, `${name}: ${variable}`);
        }
        assert.ok(!/URI/.test(variable), `${name}: ${variable} holds a password`);
      }
    }
    const used = new Set(Object.values(file.services).flatMap((service) => service.secrets ?? []));
    assert.deepEqual([...used].sort(), Object.keys(file.secrets).sort());
  });
  await check('the database and the uploader are reached from inside only', () => {
    assert.equal(file.networks.store.internal, true);
    assert.equal(file.networks.doors.internal, true);
    assert.deepEqual(file.services.mongodb.networks, ['store']);
    for (const name of ['mongodb', 'social-media-uploader', 'worker']) {
      assert.equal(file.services[name].ports, undefined, name);
    }
    for (const name of ['ichat-api-server', 'news-automation-frontend']) {
      assert.ok(!file.services[name].networks.includes('store'), name);
      for (const port of file.services[name].ports) assert.match(port, /^127\.0\.0\.1:/);
    }
  });
  await check('a door is named where the one before it looks for it', () => {
    const at = (service, variable) => new URL(file.services[service].environment[variable]);
    const gateway = at('news-automation-frontend', 'HERALD_GATEWAY_URL');
    const uploader = at('ichat-api-server', 'HERALD_UPLOADER_URL');
    for (const [url, front] of [[gateway, 'news-automation-frontend'], [uploader, 'ichat-api-server']]) {
      const behind = file.services[url.hostname];
      assert.ok(behind, url.hostname);
      assert.ok(behind.networks.some((one) => file.services[front].networks.includes(one)), url.hostname);
    }
    assert.deepEqual([gateway.port, uploader.port], ['8080', '8097']);
    assert.match(text('deploy/Dockerfile'), /^EXPOSE 3002 8080 8097$/m);
  });
  await check('no role may write to its image, or gain rights', () => {
    for (const name of [...Object.keys(roles), 'migrate']) {
      const service = file.services[name];
      assert.equal(service.read_only, true, name);
      assert.deepEqual(service.cap_drop, ['ALL'], name);
      assert.deepEqual(service.security_opt, ['no-new-privileges:true'], name);
      assert.ok(service.volumes.includes('/var/lib/herald'), `${name} has nowhere to write`);
    }
    assert.match(text('deploy/Dockerfile'), /^USER herald$/m);
  });
}
