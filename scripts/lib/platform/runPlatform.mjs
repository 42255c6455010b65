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
export async function runPlatform({
  bring,
  names = [],
  from = checks,
  find = tool => findTool(tool, { bring }),
  print = say,
}) {
  const chosen = names.length > 0 ? names : Object.keys(from);
  const total = { passed: 0, failed: 0, notRun: [] };
  let rendered = chosen.includes('helm');
  for (const name of chosen) {
    const check = from[name];
    const needed = check.rendered ? [...check.tools, ...checks.helm.tools] : check.tools;
    const { programs, missing } = await locate(needed, find, bring);
    if (missing.length > 0) {
      const reasons = missing.join(', ');
      total.notRun.push(`not run: ${reasons.startsWith(name) ? '' : `${name}: `}${reasons}`);
      continue;
    }
    if (check.rendered && !rendered) {
      await renderForOthers(programs);
      rendered = true;
    }
    const started = Date.now();
    const results = await attempt(check, programs);
    const problems = results.filter(result => result.problem !== undefined);
    const passed = results.length - problems.length;
    total.passed += passed;
    total.failed += problems.length;
    const seconds = Math.round((Date.now() - started) / 1000);
    const failed = problems.length > 0 ? `, ${problems.length} failed` : '';
    print(`${name}: ${passed} passed${failed} (${check.title}; ${seconds} s)`);
    for (const { title, problem } of problems) print(`\n-- ${name}: ${title}\n${problem}\n`);
  }
  total.notRun.forEach(line => print(line));
  return total;
}

/** The tools that there are, by name, and for each of the others why there is none. */
async function locate(tools, find, bring) {
  const programs = {};
  const missing = [];
  for (const tool of tools) {
    try {
      programs[tool] = await find(tool);
      if (!programs[tool]) missing.push(missingLine(tool, bring));
    } catch (error) {
      // Bringing it failed: what was tried and what helps.
      if (!(error instanceof CureError)) throw error;
      missing.push(`${tool} (${error.message.trim().split('\n').at(-1)})`);
    }
  }
  return { programs, missing };
}

/** A check that cannot do its work, or that found nothing to judge, failed; the others go on. */
async function attempt(check, programs) {
  try {
    const results = await check.run(programs);
    if (results.length > 0) return results;
    return [{ title: check.title, problem: 'there was nothing to judge' }];
  } catch (error) {
    const problem = error instanceof CureError ? error.message : error.stack;
    return [{ title: check.title, problem }];
  }
}

/** Whoever asks for one check gets its input made; what does not render fails. */
async function renderForOthers(programs) {
  const problem = (await renderAll(programs)).find(result => result.problem);
  if (problem) throw new CureError(`${problem.title}\n${problem.problem}`);
}
