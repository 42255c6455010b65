/** Tools that are built with the machine's Go, in pinned versions; Go proves each module against its checksum database. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { logDir, which } from '../paths.mjs';
import { runStep } from '../processes.mjs';
import { goDir } from './folders.mjs';

const cure = 'Check that Go is recent (go version) and reaches its module proxy (go env GOPROXY).';

/** Where a tool of the catalogue is, once it is built. */
export function goToolFile(name, tool) {
  return path.join(goDir, `${name}-${tool.go.version}`, name);
}

/** Builds a tool of the catalogue; answers whether there is a Go to build it with. */
export async function bringGoTool(name, tool, env = process.env) {
  const go = await which('go', env.PATH ?? '');
  if (!go) return false;
  const { module, version, main, tags, experiment } = tool.go;
  const target = path.dirname(goToolFile(name, tool));
  const partial = `${target}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  await writeFile(path.join(partial, 'go.mod'), goMod(tool.go));
  const args = ['build', '-mod=mod', '-trimpath', '-ldflags', '-s -w', '-o', name];
  if (tags) args.push('-tags', tags);
  await runStep(`Building ${name} ${version}`, go, [...args, main ? `${module}/${main}` : module], {
    cwd: partial,
    env: { ...goEnvironment(env), ...(experiment && { GOEXPERIMENT: experiment }) },
    logDir,
    cure,
  });
  await rm(target, { recursive: true, force: true });
  await rename(partial, target);
  return true;
}

/**
 * A module that requires nothing but the tool. Not `go install`, which refuses tools whose own go.mod replaces something.
 */
export function goMod({ module, version, replace = [] }) {
  const lines = ['module tools', 'go 1.24', `require ${module} ${version}`];
  for (const { from, to, at } of replace) lines.push(`replace ${from} => ${to} ${at}`);
  return `${lines.join('\n\n')}\n`;
}

/** The folder of a module's sources, downloaded when it is not there; undefined without Go. */
export async function moduleFolder({ module, version }, env = process.env) {
  const go = await which('go', env.PATH ?? '');
  if (!go) return undefined;
  const args = ['mod', 'download', '-json', `${module}@${version}`];
  const { output } = await runStep(`Fetching ${module} ${version}`, go, args, {
    cwd: tmpdir(),
    env: goEnvironment(env),
    logDir,
    cure,
  });
  return JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1)).Dir;
}

/** No C compiler is needed, and a workspace round the checkout has no say. */
function goEnvironment(env) {
  return { ...env, CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: '-buildvcs=false' };
}
