/** Runs one tool on one thing and says what it thinks of it. */
import { root } from '../paths.mjs';
import { plain, run } from '../processes.mjs';

/**
 * Runs a tool in the checkout; exit code 0 is a pass.
 * @returns `{ title, problem? }`; the problem is the tool's output, or its exit code when it says nothing
 */
export async function judge(title, program, args, options = {}) {
  const { code, signal, output } = await run(program, args, { cwd: root, ...options });
  if (code === 0) return { title };
  return { title, problem: plain(output).trim() || `ended with ${signal ?? `exit code ${code}`}` };
}
