/** The tools from PyPI, in a virtual environment of their own. */
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readIfThere, writeAtomically } from '../files.mjs';
import { logDir, which } from '../paths.mjs';
import { run, runStep } from '../processes.mjs';
import { pythonDir } from './folders.mjs';

const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));
const stateFile = path.join(pythonDir, '.tenant-portal-state');

/** Where a tool of the virtual environment is, once it is there. */
export function pythonToolFile(name) {
  return path.join(pythonDir, 'bin', name);
}

let bringing;

/**
 * Makes sure that the virtual environment holds what requirements.txt asks for; answers whether it does. What failed once is
 * not tried again in this process.
 */
export function bringPythonTools(env = process.env) {
  bringing ??= makeEnvironment(env);
  return bringing;
}

async function makeEnvironment(env) {
  const wanted = await readFile(requirements, 'utf8');
  if ((await readIfThere(stateFile)) === wanted) return true;
  const python = await which('python3', env.PATH ?? '');
  if (!python) return false;
  // What an interrupted run or older requirements left behind.
  await rm(pythonDir, { recursive: true, force: true });
  // Debian's Python can lack what makes a virtual environment.
  const made = await run(python, ['-m', 'venv', pythonDir], { env });
  if (made.code !== 0) return false;
  // Compiling all of it would take longer than compiling what is used.
  const options = ['--disable-pip-version-check', '--no-compile', '--timeout=20', '--retries=2'];
  await runStep(
    'Fetching the scanners that come from PyPI',
    pythonToolFile('python3'),
    ['-m', 'pip', 'install', ...options, '--requirement', requirements],
    { env, logDir, cure: 'Check that pip can install packages (pip download zizmor).' },
  );
  await writeAtomically(stateFile, wanted);
  return true;
}

/** The folder of an installed package (its import name), or undefined. */
export async function packageFolder(name) {
  const code = `import importlib.util as u; s = u.find_spec("${name}"); print(s.submodule_search_locations[0] if s else "")`;
  const answer = await run(pythonToolFile('python3'), ['-c', code]).catch(() => undefined);
  return answer?.code === 0 ? answer.output.trim() || undefined : undefined;
}
