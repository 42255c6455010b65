/** Runs the checks of the platform, says what each came to, and names those that could not be run. */
import { CureError, say } from '../output.mjs';
import { findTool, missingLine } from '../tools/find.mjs';
import { checks } from './checks.mjs';
import { renderAll } from './render.mjs';

/**
 * @param bring - see findTool: how far missing tools are brought
 * @param names - keys of {@link checks}; all when empty
 * @returns numbers of passed and failed results, and `notRun`: one line for each check whose tools are missing
 */
export async function runPlatform({ bring, names = [], env = process.env }) {
  const chosen = names.length > 0 ? names : Object.keys(checks);
  const find = tool => findTool(tool, { bring, env });
  const total = { passed: 0, failed: 0, notRun: [] };
  let rendered = chosen.includes('helm');
  for (const name of chosen) {
    const check = checks[name];
    if (check.rendered && !rendered) {
      await renderForOthers(find);
      rendered = true;
    }
    const { programs, missing } = await locate(check.tools, find);
    if (missing.length > 0) {
      total.notRun.push(`not run: ${missing.map(tool => missingLine(tool, bring)).join(', ')}`);
      continue;
    }
    const started = Date.now();
    const results = await attempt(check, programs);
    const problems = results.filter(result => result.problem !== undefined);
    total.passed += results.length - problems.length;
    total.failed += problems.length;
    const seconds = Math.round((Date.now() - started) / 1000);
    const failed = problems.length > 0 ? `, ${problems.length} failed` : '';
    say(
      `${name}: ${results.length - problems.length} passed${failed} (${check.title}; ${seconds} s)`,
    );
    for (const { title, problem } of problems) say(`\n-- ${name}: ${title}\n${problem}\n`);
  }
  total.notRun.forEach(line => say(line));
  return total;
}

async function locate(tools, find) {
  const programs = {};
  for (const tool of tools) programs[tool] = await find(tool);
  return { programs, missing: tools.filter(tool => !programs[tool]) };
}

/** A check that cannot do its work failed; the others go on. */
async function attempt(check, programs) {
  try {
    return await check.run(programs);
  } catch (error) {
    const problem = error instanceof CureError ? error.message : error.stack;
    return [{ title: check.title, problem }];
  }
}

/** Whoever asks for one check gets its input made; what does not render fails. */
async function renderForOthers(find) {
  const { programs, missing } = await locate(checks.helm.tools, find);
  if (missing.length > 0) throw new CureError(missingLine(missing[0], 'all'));
  const problem = (await renderAll(programs)).find(result => result.problem);
  if (problem) throw new CureError(`${problem.title}\n${problem.problem}`);
}
