/** Finds verification tools, the user's own first, and brings those that are missing as far as the caller allows. */
import path from 'node:path';
import { binDir, isExecutable, toolsDir, which } from '../paths.mjs';
import { tools } from './catalogue.mjs';
import { bringGoTool, goToolFile } from './go.mjs';
import { bringPythonTools, pythonToolFile } from './python.mjs';

/**
 * The absolute path of a tool, or undefined when it is not to be had.
 * @param bring - `all` also builds with Go, which takes minutes the first time; `quick` only installs from PyPI; `none`
 */
export async function findTool(name, { bring, env = process.env }) {
  const own = await which(name, env.PATH ?? '');
  if (own) return own;
  const tool = tools[name];
  if (tool.python) {
    if (bring !== 'none') await bringPythonTools(env);
    return existing(pythonToolFile(name));
  }
  if (tool.go) {
    const built = await existing(goToolFile(name, tool));
    if (built) return built;
    if (bring === 'all' && (await bringGoTool(name, tool, env))) return goToolFile(name, tool);
  }
  // promtool comes with Debian's Prometheus, which the embedded platform unpacks.
  const unpacked = path.join(toolsDir, 'prometheus', 'usr', 'bin', name);
  return (await existing(path.join(binDir, name))) ?? existing(unpacked);
}

async function existing(file) {
  return (await isExecutable(file)) ? file : undefined;
}

/** Why a tool is missing and what helps, in one line. */
export function missingLine(name, bring) {
  const { cure, python, go } = tools[name];
  if (go && bring !== 'all') return `${name} (not found; npm run test:platform brings it)`;
  const needs = (python && 'python3 with venv') || (go && 'Go');
  return `${name} (not found${needs ? `, and no ${needs} to bring it with` : ''}: ${cure})`;
}
