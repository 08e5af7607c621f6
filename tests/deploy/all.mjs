import { conclude } from '../clients/checks.mjs';

for (const part of ['compose', 'settings', 'packages', 'deploying', 'unit']) {
  console.log(`-- ${part}`);
  await (await import(`./${part}.mjs`)).judge();
}
conclude();
