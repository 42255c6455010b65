/** The embedded Git host in a process of its own, with an empty repository: what is pushed there is what is measured. */
import path from 'node:path';
import { startForge } from '../../packages/sandbox/src/forge';
import { sandboxSettings } from '../../packages/sandbox/src/settings';

async function start(): Promise<void> {
  const settings = sandboxSettings({
    repositoryRoot: path.resolve(__dirname, '..', '..'),
    stateDir: process.env.BENCH_FOLDER!,
    tools: { git: 'git' },
  });
  const names = Object.keys(settings.ports) as Array<keyof typeof settings.ports>;
  for (const name of names) settings.ports[name] = 0;
  const { url } = await startForge(settings);
  process.send!({ ready: true, port: Number(new URL(url).port), token: settings.tokens.forge });
}

start().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
