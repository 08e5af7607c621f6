import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
export const text = (path) => readFileSync(`${root}/${path}`, 'utf8');
export const compose = () => parse(text('deploy/docker-compose.yml'), { merge: true });
export const roles = {
  'news-automation-frontend': 'edge',
  'ichat-api-server': 'gateway',
  'social-media-uploader': 'uploader',
  worker: 'worker',
};
