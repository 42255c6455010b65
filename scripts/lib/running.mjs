/** Whether the portal of this checkout runs. */
import path from 'node:path';
import { readIfThere } from './files.mjs';
import { root } from './paths.mjs';

/** Where the embedded platform keeps its state; SANDBOX_STATE_DIR moves it. */
export function stateDir(env = process.env) {
  return path.resolve(root, env.SANDBOX_STATE_DIR || '.sandbox');
}

/**
 * What the running supervisor wrote about itself, when it answers: `{ url, token, pid }`; undefined when nothing runs.
 * The file alone proves nothing, it stays behind when everything is killed.
 */
export async function runningPortal(directory = stateDir()) {
  const text = await readIfThere(path.join(directory, 'run', 'control.json'));
  if (!text) return undefined;
  try {
    const control = JSON.parse(text);
    const answer = await fetch(`${control.url}/status`, {
      headers: { authorization: `Bearer ${control.token}` },
      signal: AbortSignal.timeout(2000),
    });
    return answer.ok ? control : undefined;
  } catch {
    // Nobody listens there any more.
    return undefined;
  }
}
